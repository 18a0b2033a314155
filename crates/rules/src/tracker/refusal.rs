//! Why something cannot be done with the tracker, or with the issue of a bug.

use super::Fault;
use crate::ids::BugId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrackerRefusal {
    /// Its address is no address of https that can be read in one way.
    BadBase,
    /// Not "owner/name".
    BadRepository,
    TokenMissing,
    /// The token is for another address: it is given anew, so that nobody is sent it who should not have it.
    TokenForOtherHost,
    /// No tracker is set up.
    NoTracker,
    /// The bug has an issue, or one is being made.
    HasIssue,
    /// The bug has none.
    NoIssue,
    /// The issue is another bug's.
    OfAnother {
        bug: BugId,
    },
    /// Nothing that names an issue.
    NoReference,
    /// An issue of another place than the one that is mirrored.
    OtherRepository {
        named: String,
        ours: String,
    },
    /// A change that is proposed, and no issue.
    IsChange,
    CommentMissing,
    CommentTooLong {
        characters: usize,
        most: usize,
    },
    /// The tracker was asked, and this came of it.
    Faulty(Fault),
}
