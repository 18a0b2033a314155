//! A passage or a file is redacted (PRV-2): what is there, what stays, and that nobody can bring it back. One sheet at two
//! doors; it works without script, which only fills in what one selects.

use askama::Template;

use super::{
    form::Choice,
    frame::{DeskFrame, Frame, Place, Reader},
    html::parts,
    parts::Link,
    samples::{self, Samples},
};

/// `GET /requests/{id}/redaction/{place}`, `GET /attachments/{id}/redaction`; `POST` shows what stays, or does it.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/redaction.html")]
pub struct RedactionPage {
    pub frame: Frame,
    pub sheet: RedactionSheet,
}

/// The same at the desk.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/redaction.html")]
pub struct DeskRedactionPage {
    pub frame: DeskFrame,
    pub sheet: RedactionSheet,
}

#[derive(Clone, Debug, Template)]
#[template(path = "parts/redaction.html")]
pub struct RedactionSheet {
    pub action: String,
    /// Where it is read: "/requests/4201#m17".
    pub back: Link,
    pub about: About,
    /// Staff choose one; customers need none.
    pub reasons: Vec<Choice>,
    pub words: String,
    pub fault: Option<String>,
}

#[derive(Clone, Debug)]
pub enum About {
    Passage(Passage),
    File(File),
    /// Nothing that this reader may redact, and why.
    Nothing(String),
}

#[derive(Clone, Debug, Default)]
pub struct Passage {
    /// As it was written.
    pub text: String,
    /// What was given, and room for one more. Sent as `passage.0`, `passage.1`.
    pub passages: Vec<String>,
    pub stays: Option<Stays>,
}

/// What stays of the text.
#[derive(Clone, Debug, Default)]
pub struct Stays {
    /// "It stands here twice".
    pub times: String,
    pub parts: Vec<Part>,
    pub passages: Vec<String>,
    /// "It also stands in 2 other messages and in one draft"; taken out there too by default.
    pub elsewhere: Option<String>,
    /// Requests with a copy of a message, where it is redacted by itself.
    pub copies: Vec<Link>,
}

#[derive(Clone, Debug)]
pub enum Part {
    Words(String),
    Mark(String),
}

#[derive(Clone, Debug)]
pub struct File {
    pub name: String,
    /// "log, 14.2 MB".
    pub facts: String,
    /// Names of files that go with it.
    pub with: Vec<String>,
}

parts!(RedactionSheet);

impl RedactionSheet {
    fn passage(stays: Option<Stays>) -> Self {
        let passages = match &stays {
            Some(stays) => [stays.passages.clone(), vec![String::new()]].concat(),
            None => vec![String::new()],
        };
        Self {
            action: "/requests/4201/redaction/message-17".into(),
            back: Link::new("4201 Attachments of skipped tests vanish", "/requests/4201#m17"),
            about: About::Passage(Passage {
                text: "The runner signs in with ci-runner and tulip-4711.\n\nAfter that it uploads the launch.".into(),
                passages,
                stays,
            }),
            reasons: vec![],
            words: String::new(),
            fault: None,
        }
    }

    fn stays() -> Stays {
        Stays {
            times: "It stands here once.".into(),
            parts: vec![
                Part::Words("The runner signs in with ci-runner and ".into()),
                Part::Mark("redacted by the customer, Thursday 26 November 2026".into()),
                Part::Words(".\n\nAfter that it uploads the launch.".into()),
            ],
            passages: vec!["tulip-4711".into()],
            elsewhere: Some("It also stands in 2 other messages and in one draft.".into()),
            copies: vec![Link::new("request 4310", "/requests/4310")],
        }
    }

    fn file() -> Self {
        let file = File {
            name: "logs.zip".into(),
            facts: "archive, 14.2 MB".into(),
            with: vec!["logs.zip: server.log".into(), "logs.zip: runner.log".into()],
        };
        let action = "/attachments/4/redaction".into();
        Self { action, about: About::File(file), ..Self::passage(None) }
    }
}

impl RedactionPage {
    pub fn samples() -> Samples<Self> {
        let page = |sheet| Self {
            frame: samples::portal("Redact something of 4201", Place::MyRequests, Reader::Person(samples::dana())),
            sheet,
        };
        let mut wrong = RedactionSheet::passage(None);
        wrong.fault = Some("Nothing was redacted: this passage does not stand there, or not any more.".into());
        vec![
            ("passage", page(RedactionSheet::passage(None))),
            ("stays", page(RedactionSheet::passage(Some(RedactionSheet::stays())))),
            ("wrong", page(wrong)),
            ("file", page(RedactionSheet::file())),
        ]
    }
}

impl DeskRedactionPage {
    pub fn samples() -> Samples<Self> {
        let page = |mut sheet: RedactionSheet| {
            sheet.reasons = vec![
                Choice::new("secret", "It holds a secret: a password, a key, a token"),
                Choice::new("other", "Something else, which I say below"),
            ];
            Self { frame: samples::desk("Redact something of 4201"), sheet }
        };
        vec![
            ("stays", page(RedactionSheet::passage(Some(RedactionSheet::stays())))),
            ("file", page(RedactionSheet::file())),
        ]
    }
}
