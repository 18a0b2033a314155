//! The review of a report beside the other acts of a request (BUG-2): it joins a bug that is known or a new one, or is refused with
//! words that its customer reads.

use askama::Template;

use super::bug::RefusalForm;
use crate::pages::{form::Choice, html::parts, parts::Link};

#[derive(Clone, Debug, Template)]
#[template(path = "desk/review.html")]
pub struct ReviewPart {
    pub request: i64,
    pub requester: String,
    /// The bug that it is a report of, with where that stands.
    pub joined: Option<(Link, String)>,
    pub proposed: Vec<ProposedBug>,
    pub title: String,
    pub severities: Vec<Choice>,
    /// For who may answer the customer.
    pub refusal: Option<RefusalForm>,
    /// Whether the reader may accept it.
    pub accepts: bool,
}

/// `POST /desk/requests/{id}/bug`, field `bug` (its number, or `new` with `title` and `severity`).
#[derive(Clone, Debug)]
pub struct ProposedBug {
    pub number: i64,
    pub title: String,
    pub stage: String,
    /// "both say attachments, skipped".
    pub shared: String,
}

parts!(ReviewPart);

impl ReviewPart {
    pub(super) fn sample() -> Self {
        Self {
            request: 4201,
            requester: "Dana Whitlock".into(),
            joined: None,
            proposed: vec![ProposedBug {
                number: 311,
                title: "Attachments of skipped tests vanish from the report".into(),
                stage: "Planned".into(),
                shared: "both say attachments, skipped".into(),
            }],
            title: "Attachments of skipped tests vanish from the report".into(),
            severities: vec![Choice::new("critical", "Critical"), Choice::new("major", "Major").chosen()],
            refusal: Some(RefusalForm::sample(false)),
            accepts: true,
        }
    }

    pub(super) fn sample_joined() -> Self {
        Self {
            joined: Some((
                Link::new("BUG-311 Attachments of skipped tests vanish", "/desk/bugs/311"),
                "Planned".into(),
            )),
            proposed: vec![],
            ..Self::sample()
        }
    }
}
