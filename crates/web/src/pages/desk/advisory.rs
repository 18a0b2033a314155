//! The advisory of a security report, as a form (SEC-1).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Signal, Tag},
    samples::{self, Samples},
};

/// `GET /desk/requests/{id}/advisory`; `POST` keeps it, fields `affected`, `text`, `embargo`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/advisory.html")]
pub struct AdvisoryPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub subject: String,
    pub affected: String,
    pub text: String,
    /// ISO 8601, as `<input type="date">` wants it; empty: none agreed yet.
    pub embargo: String,
    /// What stands of the embargo now.
    pub standing: Tag,
    /// "Changed Tue 12:04 by Jana".
    pub changed: Option<String>,
}

impl AdvisoryPage {
    pub fn samples() -> Samples<Self> {
        let full = Self {
            frame: samples::desk("Advisory for 4201"),
            number: 4201,
            subject: "Attachments of other projects can be read".into(),
            affected: "5.11.0 to 5.12.1".into(),
            text: "## Summary\n\nWho knows the number of an attachment could read it.\n".into(),
            embargo: "2026-12-15".into(),
            standing: Tag::new(Signal::Waiting, "Nothing is said before Tuesday 15 December 2026"),
            changed: Some("Changed Tue 24 Nov 12:04 by Jana Petrova".into()),
        };
        let mut empty = full.clone();
        (empty.affected, empty.text, empty.embargo, empty.changed) =
            (String::new(), String::new(), String::new(), None);
        empty.standing = Tag::new(Signal::Soon, "No date is agreed yet");
        vec![("full", full), ("empty", empty)]
    }
}
