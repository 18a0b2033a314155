//! Bugs mirrored with the issues of a tracker (BUG-5): what a tracker knows, who wins where both sides changed, what a tracker that
//! calls by webhook says, and what can go wrong. Values that every tracker has; GitHub's words for them are `github`'s. What is
//! sent and kept is the desk's.

mod fault;
pub mod github;
mod hook;
mod mirror;
mod refusal;
mod text;

#[cfg(test)]
mod hook_test;
#[cfg(test)]
mod mirror_test;

pub use fault::{Fault, Retry};
pub use hook::{Heard, NoHook, hear, is_delivery, signed};
pub use mirror::{Act, Agreed, Sides, Taken, Waits, Wish, decide, take};
pub use refusal::TrackerRefusal;
pub use text::{Marked, Reference, hushed, is_repository, marker, plain, reference};

use serde::{Deserialize, Serialize};

use crate::{instant::Instant, releases::Version};

/// Where an issue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueState {
    Open,
    /// Closed, since it is done.
    Completed,
    /// Closed, and it will not be done.
    NotPlanned,
}

/// What of an issue is mirrored. A milestone that is no version counts as none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    pub state: IssueState,
    pub milestone: Option<Version>,
}

impl Default for Face {
    fn default() -> Self {
        Self { state: IssueState::Open, milestone: None }
    }
}

/// An issue, as its tracker tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    pub number: i64,
    /// Where people look at it.
    pub url: String,
    pub title: String,
    pub body: String,
    pub face: Face,
    /// What its milestone is called, whatever that is.
    pub milestone: Option<String>,
    pub updated_at: Instant,
    /// It is a change that is proposed, and no issue.
    pub is_change: bool,
}

/// A comment on an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: i64,
    pub author: String,
    pub body: String,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// A place of issues, as its tracker tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    pub name: String,
    pub has_issues: bool,
    pub is_archived: bool,
    /// Whether the token may change issues; nothing where the tracker does not say it.
    pub may_write: Option<bool>,
}

/// What versions are planned for, or fixed in, is called there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub number: i64,
    pub title: String,
}
