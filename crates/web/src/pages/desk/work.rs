//! Work that waits or failed: the outbox of mails, and everything else that was parked.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Signal, Tag, When},
    samples::{self, Samples},
};

/// `GET /desk/outbox`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/outbox.html")]
pub struct OutboxPage {
    pub frame: DeskFrame,
    pub parked: Vec<WorkRow>,
    pub waiting: Vec<WorkRow>,
    pub refused: Vec<RefusedRow>,
    pub more: Option<String>,
    /// Why what was just wanted was not done.
    pub fault: Option<String>,
}

/// `GET /desk/parked`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/parked.html")]
pub struct ParkedPage {
    pub frame: DeskFrame,
    pub rows: Vec<WorkRow>,
    pub more: Option<String>,
    pub dropped: Vec<DroppedRow>,
    /// Security reports whose senders have not proven their address yet; for the security role alone.
    pub reports: Option<i64>,
    /// Whether the reader may open the outbox.
    pub mails: bool,
    pub fault: Option<String>,
}

/// One piece of work.
#[derive(Clone, Debug)]
pub struct WorkRow {
    pub job: i64,
    /// "Reply", "the monthly report".
    pub what: String,
    /// What it is of use for.
    pub about: String,
    pub request: Option<i64>,
    pub to: Option<String>,
    pub tries: String,
    pub standing: Tag,
    pub when: When,
    pub fault: Option<String>,
    /// It failed, so it can be given up.
    pub failed: bool,
    /// `/desk/outbox` or `/desk/parked`.
    pub home: &'static str,
}

#[derive(Clone, Debug)]
pub struct RefusedRow {
    pub what: String,
    pub request: Option<i64>,
    pub to: String,
    pub when: When,
    pub answer: String,
    /// Its number, where it can be sent again.
    pub again: Option<i64>,
    /// "Theo Marsh sent it again, …", and what came of it.
    pub came: String,
}

#[derive(Clone, Debug)]
pub struct DroppedRow {
    pub what: String,
    pub request: Option<i64>,
    pub reason: String,
    pub by: String,
    pub when: When,
}

fn row(job: i64, what: &str, fault: Option<&str>, standing: Tag, home: &'static str) -> WorkRow {
    WorkRow {
        job,
        what: what.into(),
        about: "Somebody waits for it.".into(),
        request: (home == "/desk/outbox").then_some(1042),
        to: (home == "/desk/outbox").then(|| "dana@acme-robotics.example".into()),
        tries: "3 tries".into(),
        standing,
        when: samples::when("Fri 20 Nov 14:40"),
        fault: fault.map(Into::into),
        failed: fault.is_some(),
        home,
    }
}

fn refused(again: Option<i64>, came: &str) -> RefusedRow {
    RefusedRow {
        what: "Reply".into(),
        request: Some(1038),
        to: "nobody@acme-robotics.example".into(),
        when: samples::when("Thu 19 Nov 10:12"),
        answer: "550 5.1.1 No such user here".into(),
        again,
        came: came.into(),
    }
}

impl OutboxPage {
    pub fn samples() -> Samples<Self> {
        let said = "451 4.7.1 Greylisting in action, please come back later";
        let came = "Theo Marsh sent it again, Fri 20 Nov 09:02. The server took it Fri 20 Nov 09:02.";
        let page = Self {
            frame: samples::desk("Outbox"),
            parked: vec![row(
                9,
                "Receipt",
                Some(samples::LONG_SUBJECT),
                Tag::new(Signal::Late, "not tried any more"),
                "/desk/outbox",
            )],
            waiting: vec![
                row(17, "Reply", Some(said), Tag::new(Signal::Soon, "tried again"), "/desk/outbox"),
                row(18, "Customer replied", None, Tag::new(Signal::Waiting, "goes out"), "/desk/outbox"),
            ],
            refused: vec![refused(Some(31), ""), refused(None, came)],
            more: Some("/desk/outbox?after=1.17".into()),
            fault: None,
        };
        let none = Self { parked: vec![], waiting: vec![], refused: vec![], more: None, ..page.clone() };
        let fault = Some("Say why it is given up.".into());
        vec![("full", page), ("none", Self { fault, ..none })]
    }
}

impl ParkedPage {
    pub fn samples() -> Samples<Self> {
        let parked = || Tag::new(Signal::Late, "not tried any more");
        let page = Self {
            frame: samples::desk("Parked work"),
            rows: vec![row(4, "the monthly report", Some("the database is locked"), parked(), "/desk/parked")],
            more: None,
            dropped: vec![DroppedRow {
                what: "a mail".into(),
                request: Some(1042),
                reason: "Dana was told by phone.".into(),
                by: "Theo Marsh".into(),
                when: samples::when("Thu 19 Nov 10:12"),
            }],
            reports: Some(2),
            mails: true,
            fault: None,
        };
        let none = Self { rows: vec![], dropped: vec![], reports: None, ..page.clone() };
        vec![("one", page), ("none", none)]
    }
}
