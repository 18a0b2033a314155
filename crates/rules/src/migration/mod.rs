//! Moving from another system (REQ-6): how a system is called, and what the tool's report of a dry run says. Which systems
//! the tool reads is the policy's.

mod report;
mod system;

pub use report::{Loss, MOST_BYTES, NoReport, Report, Totals};
pub use system::{normal, tidy};
