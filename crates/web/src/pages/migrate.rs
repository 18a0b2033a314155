//! Moving from another system (REQ-6): which systems the tool reads, what cannot come along, and the two ways.

use askama::Template;

use super::{
    form::Wrong,
    frame::{Frame, Place, Reader},
    html::Safe,
    samples::{self, Samples},
};

/// `GET /migrate`; `POST /migrate/systems` counts a system that is not listed.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/migrate.html")]
pub struct MigratePage {
    pub frame: Frame,
    pub title: String,
    /// The policy's words, as HTML.
    pub lead: Safe,
    /// What cannot come along, each as HTML.
    pub limits: Vec<Safe>,
    pub systems: Vec<System>,
    pub list: Safe,
    /// How to do it by oneself.
    pub steps: Vec<Safe>,
    pub builds: Vec<Build>,
    pub listed: Safe,
    pub unlisted: Safe,
    /// The type of a request for it, and its name: "Migration from other TMS".
    pub request_type: String,
    pub request_name: String,
    /// What was typed for a system, and what is wrong with it.
    pub typed: String,
    pub wrong: Option<Wrong>,
    /// The system that was just counted.
    pub counted: Option<Counted>,
}

#[derive(Clone, Debug)]
pub struct System {
    pub key: String,
    pub name: String,
    pub note: Option<Safe>,
}

#[derive(Clone, Debug)]
pub struct Build {
    pub version: String,
    pub platform: String,
    pub name: String,
    pub size: String,
    pub hash: String,
    pub id: i64,
}

#[derive(Clone, Debug)]
pub struct Counted {
    pub name: String,
    /// `/requests/new/migration?system=…`
    pub ask: String,
}

impl MigratePage {
    fn is_signed_in(&self) -> bool {
        matches!(self.frame.reader, Reader::Person(_))
    }

    pub fn samples() -> Samples<Self> {
        let safe = |text: &str| Safe::new(text);
        let system = |key: &str, name: &str, note: Option<&str>| System {
            key: key.into(),
            name: name.into(),
            note: note.map(Safe::new),
        };
        let build = |platform: &str| Build {
            version: "2.4.0".into(),
            platform: platform.into(),
            name: "testport-2.4.0.tar.gz".into(),
            size: "12.4 MB".into(),
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            id: 7,
        };
        let full = Self {
            frame: samples::portal("Moving from another system", Place::Elsewhere, Reader::Person(samples::dana())),
            title: "Moving from another system".into(),
            lead: safe("Bring your manual test cases along, with scenarios, attributes and attachments."),
            limits: vec![safe("Automated test cases need no moving."), safe("Earlier runs cannot be moved.")],
            systems: vec![system("testrail", "TestRail", Some("Through its API.")), system("csv", "CSV file", None)],
            list: safe("The documentation lists the systems that the tool reads."),
            steps: vec![safe("Get the newest build."), safe("Make a dry run.")],
            builds: vec![build("Linux x86-64"), build("Windows x86-64")],
            listed: safe("If yours is listed, create a request of this type."),
            unlisted: safe("If yours is not listed, tell us its name."),
            request_type: "migration".into(),
            request_name: "Migration from other TMS".into(),
            typed: String::new(),
            wrong: None,
            counted: None,
        };
        let visitor = Self {
            frame: samples::portal("Moving from another system", Place::Elsewhere, Reader::Nobody),
            builds: vec![],
            steps: vec![],
            ..full.clone()
        };
        let counted = Self {
            counted: Some(Counted { name: "Oldtest".into(), ask: "/requests/new/migration?system=Oldtest".into() }),
            ..full.clone()
        };
        let wrong = Self { wrong: Some(Wrong::new("This is still empty.", "still empty")), ..full.clone() };
        vec![("full", full), ("visitor", visitor), ("counted", counted), ("wrong", wrong)]
    }
}
