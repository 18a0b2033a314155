//! What members of staff are told of requests that are theirs or that they watch: on the desk's page, by mail, as they
//! chose. What is told when is `reactions`'.

mod choose;
mod list;
mod tell;

pub use choose::{choices, choose};
pub use list::{Told, list, opened, read_all, unread};
pub use store::notifications::Notification;
pub(crate) use tell::{sweep, tell};
