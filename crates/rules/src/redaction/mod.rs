//! What redaction is (PRV-2): where a request holds words, which passage of them is meant, and the mark that stands in its
//! place. Who may is `access`'; what else goes with it is the desk's.

mod mark;
mod passage;
mod place;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use mark::{Mark, Piece, pieces};
pub use passage::{LONGEST, NoPassage, Passage, Print, find, find_printed, replaced};
pub use place::{NoPlace, Place};

/// On whose behalf something was redacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redactor {
    Customer,
    Support,
}

/// What staff say of why. Each is a fact; nothing of what was redacted is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A password, a key, a token.
    Secret,
    /// What says something of a person.
    Personal,
    /// It belongs to somebody else, or to another request.
    Misplaced,
    /// What the customer's side asked for.
    Asked,
    /// What is said beside it.
    Other,
}

impl Reason {
    pub const ALL: [Reason; 5] = [Reason::Secret, Reason::Personal, Reason::Misplaced, Reason::Asked, Reason::Other];

    /// Its name in forms and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Secret => "secret",
            Reason::Personal => "personal",
            Reason::Misplaced => "misplaced",
            Reason::Asked => "asked",
            Reason::Other => "other",
        }
    }

    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}

/// Characters of a passage, at least, for a customer to have it taken out of what others wrote.
pub const QUOTE: usize = 6;
