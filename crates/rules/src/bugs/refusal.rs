//! Why something cannot be done with a bug or with a report of one.

use super::NotMoved;
use crate::{ids::BugId, keys::TypeKey};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BugRefusal {
    NotMoved(NotMoved),
    /// Anything else is a question or a support request first (REQ-4).
    NotAReport {
        request_type: TypeKey,
    },
    /// The report joined one before.
    InBug(BugId),
    NotInBug,
    /// There is none of that number.
    NoSuchBug {
        written: String,
    },
    /// It was refused, so nothing joins it.
    WasRefused(BugId),
    /// The policy fixes nothing at once.
    NoChecklist,
    /// Of those who are meant nobody can be written to.
    NobodyToWriteTo,
    /// Nobody asked this customer to confirm a fix.
    NothingToConfirm,
}
