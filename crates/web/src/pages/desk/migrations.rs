//! What the desk knows of moving (REQ-6): systems that are missed, with their counts, and the builds of the tool.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    migrate::Build,
    parts::When,
    samples::{self, Samples},
};

/// `GET /desk/migrations`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/migrations.html")]
pub struct MigrationsPage {
    pub frame: DeskFrame,
    pub systems: Vec<Missed>,
    pub builds: Vec<Build>,
}

#[derive(Clone, Debug)]
pub struct Missed {
    pub name: String,
    pub voices: i64,
    pub last: When,
}

impl MigrationsPage {
    pub fn samples() -> Samples<Self> {
        let missed = |name: &str, voices| Missed { name: name.into(), voices, last: samples::when("today 12:04") };
        let build = Build {
            version: "2.4.0".into(),
            platform: "Linux x86-64".into(),
            name: "testport-2.4.0.tar.gz".into(),
            size: "12.4 MB".into(),
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            id: 7,
        };
        let page = |systems, builds| Self { frame: samples::desk("Migrations"), systems, builds };
        vec![
            ("full", page(vec![missed("Oldtest", 12), missed("Caseboard", 1)], vec![build])),
            ("empty", page(vec![], vec![])),
        ]
    }
}
