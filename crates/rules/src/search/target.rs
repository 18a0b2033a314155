//! What may answer somebody's question before it is asked, as it is kept and as a form names it: `request/17`,
//! `section/hours`, `scope/framework`.

use std::{fmt, str::FromStr};

use super::passages::{PassageOf, SECTIONS};
use crate::{ids::TicketId, keys::is_key};

/// An answer that can be shown and opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Request(TicketId),
    Passage(PassageOf),
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Request(id) => write!(f, "request/{id}"),
            Target::Passage(PassageOf::Section(id)) => write!(f, "section/{id}"),
            Target::Passage(PassageOf::Scope(key)) => write!(f, "scope/{key}"),
        }
    }
}

/// What names nothing that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTarget;

impl fmt::Display for NoTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this names no answer")
    }
}

impl FromStr for Target {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        match text.split_once('/').ok_or(NoTarget)? {
            ("request", id) => id.parse().ok().filter(|id: &TicketId| id.0 > 0).map(Target::Request).ok_or(NoTarget),
            ("section", id) => {
                let known = SECTIONS.iter().find(|(known, _)| *known == id).ok_or(NoTarget)?;
                Ok(Target::Passage(PassageOf::Section(known.0)))
            }
            ("scope", key) if is_key(key) => Ok(Target::Passage(PassageOf::Scope(key.into()))),
            _ => Err(NoTarget),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_7_an_answer_reads_back_as_it_is_written() {
        for text in ["request/17", "section/hours", "scope/framework"] {
            assert_eq!(text.parse::<Target>().map(|target| target.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "request/", "request/-1", "request/x", "section/cellar", "scope/A b", "bug/1"] {
            assert_eq!(text.parse::<Target>(), Err(NoTarget), "{text}");
        }
    }
}
