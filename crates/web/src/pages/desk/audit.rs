//! The audit: who did what to rights and people's data, to look through and to take out.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    parts::{Link, When},
    samples::{self, Samples},
};

/// `GET /desk/audit`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/audit.html")]
pub struct AuditPage {
    pub frame: DeskFrame,
    /// What was looked for, as it was typed.
    pub person: String,
    pub thing: String,
    pub areas: Vec<Choice>,
    pub from: String,
    pub until: String,
    pub is_filtered: bool,
    /// What was looked for and does not exist.
    pub missing: Option<String>,
    pub rows: Vec<Row>,
    pub more: Option<String>,
    /// Number and hash of the newest entry.
    pub head: String,
    /// What was looked for, for the links of the export.
    pub query: String,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub number: i64,
    pub when: When,
    pub who: String,
    /// The number of who did it; none for the desk itself.
    pub whose: Option<i64>,
    pub what: String,
    /// To what it concerns.
    pub links: Vec<Link>,
}

impl AuditPage {
    pub fn samples() -> Samples<Self> {
        let row = |number, who: &str, what: &str, links| Row {
            number,
            when: samples::when("today 12:04"),
            who: who.into(),
            whose: (who != "the desk").then_some(7),
            what: what.into(),
            links,
        };
        let request = || vec![Link::new("Request", "/desk/requests/1001")];
        let organisation = || vec![Link::new("Organisation", "/desk/organisations/3")];
        let rows = vec![
            row(41, "Ada Lindqvist", "gave Ines Kovač these roles at the desk: agent, security", vec![]),
            row(40, "Ines Kovač", "read file 17 of #1001 as it came, with its secrets", request()),
            row(39, "the desk", "doubts the address of Dana Whitlock: its proof is too old", vec![]),
            row(
                38,
                "Theo Marsh",
                "wrote licence 9 of Acme Robotics: paid, plan hedge, for server, 1200 seats, through 2027-01-05",
                organisation(),
            ),
            row(
                37,
                "Ada Lindqvist",
                "set what is seen in Acme Robotics: everybody sees all requests, earlier ones too",
                organisation(),
            ),
        ];
        let page = Self {
            frame: samples::desk("Audit"),
            person: String::new(),
            thing: String::new(),
            areas: vec![Choice::new("", "Everything").chosen(), Choice::new("staff", "Roles at the desk")],
            from: String::new(),
            until: String::new(),
            is_filtered: false,
            missing: None,
            rows,
            more: Some("/desk/audit?at=1&before=37".into()),
            head: "41:13dab23a514974861de64d727d02dee45ad935b5dba231c92f162ef8ceabf67d".into(),
            query: String::new(),
        };
        let nobody = Self {
            person: "dana@nowhere.example".into(),
            is_filtered: true,
            missing: Some("Nobody has the address or the number dana@nowhere.example.".into()),
            rows: vec![],
            more: None,
            ..page.clone()
        };
        let none = Self { rows: vec![], more: None, ..page.clone() };
        vec![("full", page), ("nobody", nobody), ("empty", none)]
    }
}
