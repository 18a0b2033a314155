//! Requests that look like one, with what can be done about it (REQ-11).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::When,
    samples::{self, Samples},
};

/// `GET /desk/requests/{id}/alike`. The request's page takes the section `alike` of it.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/alike.html")]
pub struct AlikePage {
    pub frame: DeskFrame,
    pub number: i64,
    pub subject: String,
    /// The likest first.
    pub rows: Vec<AlikeRow>,
    pub may_link: bool,
}

#[derive(Clone, Debug)]
pub struct AlikeRow {
    pub number: i64,
    pub subject: String,
    /// "Bug report".
    pub kind: String,
    /// "With us".
    pub state: String,
    pub filed: When,
    /// Whether this request may end in it.
    pub may_merge: bool,
}

impl AlikePage {
    pub fn samples() -> Samples<Self> {
        let row = |number, subject: &str, kind: &str, state: &str| AlikeRow {
            number,
            subject: subject.into(),
            kind: kind.into(),
            state: state.into(),
            filed: samples::when("Mon 09:12"),
            may_merge: state != "Solved",
        };
        let full = Self {
            frame: samples::desk("Like 4201"),
            number: 4201,
            subject: "Attachments vanish after closing a launch".into(),
            rows: vec![
                row(4144, "Screenshots gone after closing a launch", "Bug report", "With us"),
                row(4182, "Launches stay in “processing” after the upgrade", "Support request", "Solved"),
            ],
            may_link: true,
        };
        let none = Self { rows: vec![], ..full.clone() };
        vec![("two", full), ("none", none)]
    }
}
