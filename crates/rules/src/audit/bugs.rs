//! What becomes of bugs, as entries.

use serde::{Deserialize, Serialize};

use crate::{
    bugs::Did,
    events::BugEvent,
    ids::{BugId, TicketId},
    releases::Version,
};

/// Of a bug, or of a report of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BugAct {
    /// None where a report was refused.
    pub bug: Option<BugId>,
    pub ticket: Option<TicketId>,
    pub did: BugDid,
    /// That a step names.
    pub version: Option<Version>,
    /// To how many somebody wrote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BugDid {
    Filed,
    Step(Did),
    /// BUG-3: the checklist says that it is fixed at once.
    Hotfix,
    /// It says that it is fixed in a planned release.
    Planned,
    /// Somebody wrote to those whom it affects.
    Wrote,
    Joined,
    Left,
    ReportRefused,
    /// BUG-5: its issue in the tracker.
    Linked,
    Unlinked,
    /// Customers read something that was said of it.
    Shown,
    Hidden,
}

/// What was done to the tracker (BUG-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrackerDid {
    Set,
    SecretMade,
    SecretEnded,
    Removed,
}

impl BugAct {
    /// The entry of an event; none where the answers decided nothing, or only words were changed.
    pub fn of(event: &BugEvent) -> Option<Self> {
        let (did, version) = match event {
            BugEvent::Filed { .. } => (BugDid::Filed, None),
            BugEvent::Stepped { did, version, .. } => (BugDid::Step(*did), version.clone()),
            BugEvent::Checked { hotfix: Some(true), .. } => (BugDid::Hotfix, None),
            BugEvent::Checked { hotfix: Some(false), .. } => (BugDid::Planned, None),
            BugEvent::Wrote { .. } => (BugDid::Wrote, None),
            BugEvent::Linked { .. } => (BugDid::Linked, None),
            BugEvent::Unlinked { .. } => (BugDid::Unlinked, None),
            BugEvent::Shown { public: true, .. } => (BugDid::Shown, None),
            BugEvent::Shown { public: false, .. } => (BugDid::Hidden, None),
            BugEvent::Checked { hotfix: None, .. } | BugEvent::Amended { .. } | BugEvent::Told { .. } => return None,
        };
        let people = match event {
            BugEvent::Wrote { people, .. } => Some(*people),
            _ => None,
        };
        Some(Self { bug: Some(event.bug()), ticket: None, did, version, people })
    }
}
