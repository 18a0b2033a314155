//! The tracker with whose issues bugs are mirrored, for administrators.

use askama::Template;

use crate::pages::{
    desk::evidence::Fact,
    frame::DeskFrame,
    parts::{Link, Notice, Signal},
    samples::{self, Samples},
};

/// `GET /desk/tracker`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/tracker.html")]
pub struct TrackerPage {
    pub frame: DeskFrame,
    pub base_url: String,
    pub repository: String,
    /// Whether one is set up.
    pub is_set: bool,
    /// Where it is to call.
    pub hook: String,
    /// The secret that was made just now.
    pub secret: Option<String>,
    pub has_before: bool,
    pub facts: Vec<Fact>,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// Bugs of which staff are asked something, or where something went wrong, each with what.
    pub asking: Vec<(Link, String)>,
}

impl TrackerPage {
    pub fn samples() -> Samples<Self> {
        let set = Self {
            frame: samples::desk("Tracker"),
            base_url: "https://api.github.com".into(),
            repository: "acme/shop".into(),
            is_set: true,
            hook: "https://help.example.com/hooks/github".into(),
            secret: None,
            has_before: true,
            facts: vec![
                Fact::new("Set up", "Fri 20 Nov 16:40 by Ada Lindqvist"),
                Fact::new("Linked bugs", "41"),
                Fact::new("It called last", "today 10:12"),
                Fact::new("Its changes were read last", "today 10:00"),
                Fact::new("Calls that nobody signed", "3, the last one yesterday 23:10"),
            ],
            fault: None,
            asking: vec![(
                Link::new("BUG-311 Attachments vanish", "/desk/bugs/311#tracker"),
                "It is closed in the tracker as done, in no version yet.".into(),
            )],
        };
        let mut wrong = set.clone();
        wrong.fault = Some("api.github.com does not know the token (401). It may have run out or been revoked.".into());
        let mut tried = set.clone();
        tried.frame.notice = Some(Notice {
            signal: Signal::Done,
            words: "acme/shop answers, and its issues can be read.".into(),
            link: None,
        });
        let made = Self { secret: Some("07".repeat(32)), ..set.clone() };
        let none = Self {
            is_set: false,
            repository: String::new(),
            has_before: false,
            facts: vec![],
            asking: vec![],
            ..set.clone()
        };
        vec![("set", set), ("wrong-token", wrong), ("tried", tried), ("secret", made), ("none", none)]
    }
}
