//! An escalation beside a request: since when it counts, how one does it, and the form for who may (PLN-3).

use askama::Template;

use super::{html::parts, parts::When};

/// `POST …/requests/{id}/escalation`, field `reason`, and `end` to take it back.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/escalation.html")]
pub struct EscalationPart {
    pub since: Option<When>,
    /// In the policy's words: which number to call.
    pub how: Option<String>,
    pub action: String,
    pub act: Option<Act>,
}

/// What its reader may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Escalate,
    End,
}

parts!(EscalationPart);

impl EscalationPart {
    pub fn is_end(&self) -> bool {
        self.act == Some(Act::End)
    }

    /// Not escalated, and its reader may.
    pub fn sample(action: &str) -> Self {
        Self {
            since: None,
            how: Some("Call the number in your contract once the request is filed, and give its number.".into()),
            action: action.into(),
            act: Some(Act::Escalate),
        }
    }
}
