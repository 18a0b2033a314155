//! Releases: published, amended, withdrawn, rolled out to the cloud, imported (BUG-1, 4, 7, 8); and the version of a report, judged by
//! them. Who is told that a fix shipped is `bugs`' to say.

mod catalogue;
mod import;
mod judge;
mod place;
mod publish;
mod roll_out;
mod summary;
mod take;
mod withdraw;

pub(crate) use catalogue::Known;
pub use catalogue::{catalogue, today};
pub use import::import;
pub(crate) use judge::version_fault;
pub use judge::{Judged, compare, judge};
pub(crate) use place::place_of;
pub use place::{set_place, where_it_runs};
pub use publish::{ToPublish, publish};
pub use roll_out::{RolledOut, ToRollOut, roll_out};
pub use store::releases::OrganisationPlace;
pub use summary::{FixTold, Summary};
pub use take::NotDone;
pub use withdraw::{ToWithdraw, withdraw};
