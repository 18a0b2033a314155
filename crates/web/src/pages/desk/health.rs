//! How the desk stands, line by line.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Signal, Tag},
    samples::{self, Samples},
};

/// `GET /desk/health`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/health.html")]
pub struct HealthPage {
    pub frame: DeskFrame,
    /// What all of it comes to.
    pub said: String,
    pub rows: Vec<HealthRow>,
}

#[derive(Clone, Debug)]
pub struct HealthRow {
    pub what: String,
    pub standing: Tag,
    pub said: String,
    /// What to do, and where.
    pub now: Option<String>,
    pub page: Option<&'static str>,
}

impl HealthPage {
    pub fn samples() -> Samples<Self> {
        let row = |what: &str, standing, said: &str, now: Option<&str>| HealthRow {
            what: what.into(),
            standing,
            said: said.into(),
            now: now.map(Into::into),
            page: (what == "Mail").then_some("/desk/outbox"),
        };
        let well = || Tag::new(Signal::Done, "Well");
        let page = Self {
            frame: samples::desk("Health"),
            said: "2 of 4 need a look.".into(),
            rows: vec![
                row("What is written", well(), "Everything that is written is kept.", None),
                row("Room on the disk", well(), "41 GB of 120 GB are free.", None),
                row(
                    "Last backup",
                    Tag::new(Signal::Soon, "Watch"),
                    "This desk does not know of any.",
                    Some("Have firstline backup FOLDER run each night, and keep the folders on another machine."),
                ),
                row(
                    "Mail",
                    Tag::new(Signal::Late, "Wrong"),
                    "3 that wait have failed, 1 failed for good. No mail was taken of late.",
                    Some("Open the outbox."),
                ),
            ],
        };
        vec![("mixed", page)]
    }
}
