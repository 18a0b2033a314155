//! Organisations: confirmed, renamed and known by their domains, what their people see of each other's requests, who
//! belongs to them and who goes on when somebody leaves (REG-4, 5, 7; VIS-1, 4).

mod announce;
mod domains;
mod list;
mod members;
mod name;
mod sharing;
mod show;

pub(crate) use announce::{KIND, step};
pub use domains::{claim, release};
pub use list::{Page, list};
pub use members::{Leaving, end_membership, set_role};
pub use name::{confirm, rename};
pub use sharing::{NewSharing, set_sharing};
pub use show::{MEMBERS, Shown, show};
pub use store::organisations::{Listed, Member, Organisation};
