//! A release as a value: when it came, for which editions, how long it is supported, what changed, what it runs on, and whether
//! it was withdrawn. A hotfix is a release whose version says so.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Edition, Instance, Note, Requirement, Version};
use crate::instant::Instant;

/// What is released: its name as the policy gives it, its editions and the instances of its cloud.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    pub name: String,
    pub editions: BTreeSet<Edition>,
    pub instances: BTreeSet<Instance>,
}

/// A release or a hotfix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    pub version: Version,
    /// In the zone of the desk's hours; ENT-2 goes by it.
    pub released_on: Date,
    /// For all unless it names some.
    pub editions: BTreeSet<Edition>,
    /// The last day on which it is supported; without an end unless given.
    pub supported_until: Option<Date>,
    /// What is said before the list of changes, as Markdown.
    pub summary: String,
    /// Where its notes stand elsewhere.
    pub link: Option<String>,
    pub notes: Vec<Note>,
    pub runs_on: Vec<Requirement>,
    pub withdrawn: Option<Withdrawal>,
}

/// That a release was taken back (BUG-7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    pub on: Date,
    /// For customers to read.
    pub why: String,
    /// What to use.
    pub instead: Option<Version>,
}

/// That a version reached an instance; an older one than before is a step back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rollout {
    pub instance: Instance,
    pub version: Version,
    pub at: Instant,
}

impl Release {
    /// With nothing said of it but its day.
    pub fn new(version: Version, released_on: Date) -> Self {
        Self {
            version,
            released_on,
            editions: BTreeSet::new(),
            supported_until: None,
            summary: String::new(),
            link: None,
            notes: Vec::new(),
            runs_on: Vec::new(),
            withdrawn: None,
        }
    }

    /// Whether it is for an edition; one that nobody named may be any.
    pub fn is_for(&self, edition: Option<&Edition>) -> bool {
        self.editions.is_empty() || edition.is_none_or(|edition| self.editions.contains(edition))
    }

    /// Published, and not taken back.
    pub fn is_live(&self) -> bool {
        self.withdrawn.is_none()
    }

    pub fn is_supported(&self, today: Date) -> bool {
        self.supported_until.is_none_or(|until| today <= until)
    }
}
