//! The product's releases: what versions are called and which is newer, which release is the latest where, what was fixed since
//! another one, what it runs on, and what follows when one is withdrawn (BUG-1, 7, 8). Who is told that a fix shipped is
//! `bugs`' to say.

mod accept;
mod alike;
mod catalogue;
pub mod import;
mod no_version;
mod not_taken;
mod notes;
mod place;
mod range;
mod release;
mod runs_on;
mod version;

pub use accept::{Accepted, Asked, Match, Outdated, Verdict, accept};
pub use alike::{Alike, alike};
pub use catalogue::{Catalogue, Fixed, NotReleased, SteppedBack, has_fix};
pub use no_version::{NoVersion, NotOne};
pub use not_taken::NotTaken;
pub use notes::{Change, Note, Reference, anchors};
pub use place::{Edition, Host, Instance, NoName, Place};
pub use range::{End, NoRange, Range, Span};
pub use release::{Product, Release, Rollout, Withdrawal};
pub use runs_on::{Compared, Requirement, Stand, compare};
pub use version::{Installed, Version};
