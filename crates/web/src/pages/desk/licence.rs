//! One licence of an organisation: what it says, how it stands, and who changed what.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    parts::{Link, Signal, Tag, When},
    samples::{self, Samples},
};

/// `GET /desk/organisations/{id}/licences/{licence}`, and the form of a new one.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/licence.html")]
pub struct LicencePage {
    pub frame: DeskFrame,
    pub organisation: Link,
    pub heading: String,
    /// Where the form is sent; `None` for who only reads.
    pub action: Option<String>,
    pub send: String,
    /// Nothing for a new one.
    pub stands: Option<Tag>,
    pub covers: String,
    /// Where it is ended, while it lasts.
    pub ends: Option<String>,
    pub choices: Vec<Choices>,
    pub asked: Vec<Asked>,
    /// The newest first.
    pub changes: Vec<Change>,
}

/// A field of a line.
#[derive(Clone, Debug)]
pub struct Asked {
    pub name: String,
    pub label: String,
    pub why: String,
    pub value: String,
    /// The input's type.
    pub kind: String,
    pub fault: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Choices {
    pub name: String,
    pub label: String,
    pub options: Vec<Choice>,
    pub fault: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub at: When,
    pub by: String,
    pub what: Vec<String>,
}

impl LicencePage {
    pub fn samples() -> Samples<Self> {
        let asked = |name: &str, label: &str, value: &str| Asked {
            name: name.into(),
            label: label.into(),
            why: "As your books have it.".into(),
            value: value.into(),
            kind: "text".into(),
            fault: None,
        };
        let plans = vec![Choice::new("", "None"), Choice::new("hedge", "Hedge").chosen()];
        let page = Self {
            frame: samples::desk("Licence SUB-17"),
            organisation: Link::new("Acme Robotics", "/desk/organisations/3"),
            heading: "Licence SUB-17".into(),
            action: Some("/desk/organisations/3/licences/7".into()),
            send: "Change it".into(),
            stands: Some(Tag::new(Signal::Plain, "paid through Wednesday 31 March 2027")),
            covers: "Team, Hedge, cloud, 40 seats".into(),
            ends: Some("/desk/organisations/3/licences/7/end".into()),
            choices: vec![Choices { name: "plan".into(), label: "Plan".into(), options: plans, fault: None }],
            asked: vec![asked("seats", "Seats", "40"), asked("key", "Key", "SUB-17")],
            changes: vec![
                Change {
                    at: samples::when("today 09:12"),
                    by: "Ines Kovač".into(),
                    what: vec![
                        "paid through Wednesday 31 March 2027 (before: paid through Tuesday 31 March 2026)".into(),
                        "plan: Hedge (before: Seedling)".into(),
                    ],
                },
                Change {
                    at: samples::when("3 Mar 2025"),
                    by: "A program, by the token “Nightly books”".into(),
                    what: vec!["given for every deployment, paid through Tuesday 31 March 2026".into()],
                },
            ],
        };
        let mut wrong = page.clone();
        wrong.asked[0].fault = Some("“many” is no number of seats. Write a whole number, or leave it empty.".into());
        let new = Self {
            heading: "A licence for Acme Robotics".into(),
            stands: None,
            ends: None,
            covers: String::new(),
            changes: vec![],
            ..page.clone()
        };
        vec![
            ("full", page.clone()),
            ("wrong", wrong),
            ("new", new),
            ("reads", Self { action: None, ends: None, ..page }),
        ]
    }
}
