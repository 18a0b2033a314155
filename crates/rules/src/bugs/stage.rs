//! Where a bug stands and what was done to it, each in a word: for lists, the journal and the audit, which hold no text.

use serde::{Deserialize, Serialize};

use super::{Refused, State, Step};
use crate::{ids::BugId, keys::EntryKey, releases::Version};

/// A column of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    New,
    Confirmed,
    Planned,
    InWork,
    Fixed,
    Released,
    Refused,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Did {
    Confirmed,
    Planned,
    Unplanned,
    Started,
    Fixed,
    Unfixed,
    FoundAgain,
    Refused,
    Reconsidered,
    /// What is out changed where it stands.
    Settled,
}

/// Why it is none, without the words for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedFor {
    WorksAsDocumented,
    DuplicateOf(BugId),
    NotReproducible,
    OutOfScope(EntryKey),
}

impl Stage {
    /// In the order in which a bug passes them.
    pub const ALL: [Stage; 7] =
        [Stage::New, Stage::Confirmed, Stage::Planned, Stage::InWork, Stage::Fixed, Stage::Released, Stage::Refused];

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::New | Stage::Confirmed | Stage::Planned | Stage::InWork)
    }

    /// Whether its fix exists.
    pub fn is_fixed(self) -> bool {
        matches!(self, Stage::Fixed | Stage::Released)
    }
}

impl State {
    pub fn stage(&self) -> Stage {
        match self {
            State::New => Stage::New,
            State::Confirmed => Stage::Confirmed,
            State::Planned { .. } => Stage::Planned,
            State::InWork { .. } => Stage::InWork,
            State::Fixed => Stage::Fixed,
            State::Released => Stage::Released,
            State::Refused(_) => Stage::Refused,
        }
    }

    /// The version for which it is planned.
    pub fn planned(&self) -> Option<&Version> {
        match self {
            State::Planned { version } | State::InWork { planned: Some(version) } => Some(version),
            _ => None,
        }
    }
}

impl Step {
    pub fn did(&self) -> Did {
        match self {
            Step::Confirm => Did::Confirmed,
            Step::Plan { .. } => Did::Planned,
            Step::Unplan => Did::Unplanned,
            Step::Start => Did::Started,
            Step::Fix { .. } => Did::Fixed,
            Step::Unfix { .. } => Did::Unfixed,
            Step::FoundAgain { .. } => Did::FoundAgain,
            Step::Refuse(_) => Did::Refused,
            Step::Reconsider => Did::Reconsidered,
        }
    }

    /// The version that it names.
    pub fn version(&self) -> Option<&Version> {
        match self {
            Step::Plan { version } | Step::Fix { version } | Step::Unfix { version } | Step::FoundAgain { version } => {
                Some(version)
            }
            Step::Confirm | Step::Unplan | Step::Start | Step::Refuse(_) | Step::Reconsider => None,
        }
    }
}

impl Refused {
    /// Why, without the words for it.
    pub fn kind(&self) -> RefusedFor {
        match self {
            Refused::WorksAsDocumented { .. } => RefusedFor::WorksAsDocumented,
            Refused::DuplicateOf(bug) => RefusedFor::DuplicateOf(*bug),
            Refused::NotReproducible { .. } => RefusedFor::NotReproducible,
            Refused::OutOfScope { entry } => RefusedFor::OutOfScope(entry.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_2_every_step_that_names_a_version_says_which() {
        let version = Version::read("5.13").expect("a version");
        let fix = Step::Fix { version: version.clone() };
        assert_eq!((fix.did(), fix.version()), (Did::Fixed, Some(&version)));
        assert_eq!(Step::Start.version(), None);
        let in_work = State::InWork { planned: Some(version.clone()) };
        assert_eq!((in_work.stage(), in_work.planned()), (Stage::InWork, Some(&version)));
        assert_eq!(Stage::ALL.iter().filter(|stage| stage.is_open()).count(), 4);
        assert_eq!(Stage::ALL.iter().filter(|stage| stage.is_fixed()).count(), 2);
    }
}
