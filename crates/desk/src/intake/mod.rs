//! Security reports of people who are not signed in, where the policy takes them (SEC-1): kept apart until a link proves the
//! address, then a request of a registered person like any other (REG-8). Nobody of the staff reads what waits: who wrote it
//! is not known yet.

mod confirm;
mod report;

pub use confirm::{Confirmed, Waiting, confirm, waiting};
pub use report::{Report, report};
