//! What happens to a bug: by ids, versions and states, without a text.

use serde::{Deserialize, Serialize};

use crate::{
    bugs::{Did, Source, Stage},
    ids::{BugCommentId, BugId, CircularId},
    releases::Version,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BugEvent {
    /// From a report, or by staff (BUG-2, BUG-6).
    Filed {
        bug: BugId,
        source: Source,
    },
    /// What is said of it was changed.
    Amended {
        bug: BugId,
    },
    Stepped {
        bug: BugId,
        did: Did,
        from: Stage,
        to: Stage,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        version: Option<Version>,
    },
    /// BUG-3: the checklist was answered. `hotfix`: what it decided; nothing while it is open.
    Checked {
        bug: BugId,
        hotfix: Option<bool>,
    },
    /// BUG-4: so many were told where its fix stands, and so many requests moved.
    Told {
        bug: BugId,
        people: u64,
        requests: u64,
    },
    /// BUG-5: it has an issue in the tracker, or has it no more.
    Linked {
        bug: BugId,
    },
    Unlinked {
        bug: BugId,
    },
    /// Customers read something that was said of it, or not any more.
    Shown {
        bug: BugId,
        comment: BugCommentId,
        public: bool,
    },
    /// Somebody wrote to so many of those whom it affects.
    Wrote {
        bug: BugId,
        circular: CircularId,
        people: u64,
    },
}

impl BugEvent {
    pub fn bug(&self) -> BugId {
        match self {
            BugEvent::Filed { bug, .. }
            | BugEvent::Amended { bug }
            | BugEvent::Stepped { bug, .. }
            | BugEvent::Checked { bug, .. }
            | BugEvent::Told { bug, .. }
            | BugEvent::Wrote { bug, .. }
            | BugEvent::Linked { bug }
            | BugEvent::Unlinked { bug }
            | BugEvent::Shown { bug, .. } => *bug,
        }
    }
}
