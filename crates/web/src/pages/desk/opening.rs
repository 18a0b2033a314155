//! The digest at the opening, as things stand now.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Signal, Tag, When},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /desk/opening`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/opening.html")]
pub struct OpeningPage {
    pub frame: DeskFrame,
    /// None where the desk has not opened today.
    pub opened: Option<Opened>,
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub struct Opened {
    pub at: When,
    pub closed_from: When,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub name: &'static str,
    pub rows: Vec<Row>,
    pub empty: &'static str,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub number: i64,
    pub subject: String,
    pub priority: String,
    /// The organisation, else who filed it.
    pub whose: String,
    /// "Ines Kovač", "Platform, nobody yet".
    pub on_it: String,
    pub due: Tag,
}

impl OpeningPage {
    pub fn samples() -> Samples<Self> {
        let row = |number, subject: &str, priority: &str, on_it: &str, due| Row {
            number,
            subject: subject.into(),
            priority: priority.into(),
            whose: "Helio Bank".into(),
            on_it: on_it.into(),
            due,
        };
        let parts = |came, due| {
            vec![
                Part { name: "Came while the desk was closed", rows: came, empty: "Nothing that needs an answer." },
                Part { name: "Late, or due today", rows: due, empty: "Nothing else." },
            ]
        };
        let came = vec![
            row(
                4197,
                "LDAP sign-in fails for one group only",
                "Urgent",
                "Jana Petrova",
                Tag::new(Signal::Soon, "due 12:31"),
            ),
            row(4201, LONG_SUBJECT, "Medium", "Platform, nobody yet", Tag::new(Signal::Plain, "due 14:40")),
        ];
        let due =
            vec![row(4182, "Launches stay in “processing”", "High", "You", Tag::new(Signal::Late, "48 min late"))];
        let opened = Some(Opened { at: samples::when("09:00"), closed_from: samples::when("Fri 20 Nov 18:00") });
        let page = |opened, parts| Self { frame: samples::desk("The desk opens"), opened, parts };
        vec![
            ("full", page(opened.clone(), parts(came, due))),
            ("calm", page(opened, parts(vec![], vec![]))),
            ("closed", page(None, vec![])),
        ]
    }
}
