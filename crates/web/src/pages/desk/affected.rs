//! Whom a bug affects: a line for each installation, narrowed by where it stands, by plan, by source and by report.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    parts::When,
    samples::{self, Samples},
};

/// `GET /desk/bugs/{id}/affected`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/affected.html")]
pub struct AffectedPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub title: String,
    /// Which versions have it, and which have the fix.
    pub said: String,
    /// Customers by how they stand, each counted once where their worst installation stands.
    pub tabs: Vec<Tab>,
    /// What it means to stand there.
    pub means: &'static str,
    pub narrow: NarrowAffected,
    pub rows: Vec<AffectedRow>,
    /// Installations that were found.
    pub total: usize,
    pub csv: String,
    pub more: Option<String>,
    /// Whether the reader may import a list of versions.
    pub imports: bool,
    /// Where one writes to exactly those, where the reader may.
    pub write: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Tab {
    pub label: &'static str,
    pub href: String,
    pub count: String,
    pub is_here: bool,
}

/// What the table is narrowed to; `stand` is kept along.
#[derive(Clone, Debug)]
pub struct NarrowAffected {
    pub stand: String,
    pub plans: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub reported: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct AffectedRow {
    pub name: String,
    pub href: String,
    pub version: String,
    /// Instance and edition, as far as they were named.
    pub installation: String,
    pub source: String,
    pub seen: Option<When>,
    pub plan: String,
    pub standing: String,
    pub reported: &'static str,
    pub fix: String,
}

impl AffectedPage {
    pub fn samples() -> Samples<Self> {
        let tab = |label, count: &str, is_here| Tab {
            label,
            href: "/desk/bugs/311/affected".into(),
            count: count.into(),
            is_here,
        };
        let row = |name: &str, version: &str, installation: &str, source: &str, fix: &str| AffectedRow {
            name: name.into(),
            href: "/desk/organisations/3".into(),
            version: version.into(),
            installation: installation.into(),
            source: source.into(),
            seen: (!source.is_empty()).then(|| samples::when("Fri 20 Nov 16:40")),
            plan: "Hedge".into(),
            standing: "paid through Wednesday 31 March 2027".into(),
            reported: "yes",
            fix: fix.into(),
        };
        let full = Self {
            frame: samples::desk("Whom BUG-311 affects"),
            number: 311,
            title: "Exports to CSV lose their last line".into(),
            said: "Versions that have it: from 5.10 before 5.12.2. Fixed in 5.12.2.".into(),
            tabs: vec![
                tab("Affected", "2", true),
                tab("Not known", "1", false),
                tab("Have the fix", "14", false),
                tab("Not affected", "3", false),
            ],
            means: "They run a version that has the bug.",
            narrow: NarrowAffected {
                stand: "affected".into(),
                plans: vec![Choice::new("", "All plans"), Choice::new("hedge", "Hedge").chosen()],
                sources: vec![Choice::new("", "Wherever it is known from"), Choice::new("ping", "The product itself")],
                reported: vec![Choice::new("", "Reported it or not"), Choice::new("no", "Who did not report it")],
            },
            rows: vec![
                row("Acme Robotics", "5.12.1", "prod, team", "the product itself", "5.12.2 is theirs"),
                row("Acme Robotics", "5.11.4", "test", "a list", "5.12.2 is theirs"),
                AffectedRow {
                    standing: "ended on Tuesday 31 March 2026".into(),
                    plan: String::new(),
                    reported: "no",
                    ..row(samples::LONG_SUBJECT, "5.12", "", "a request", "5.12.2 needs a licence")
                },
            ],
            total: 240,
            csv: "/desk/bugs/311/affected.csv".into(),
            more: Some("/desk/bugs/311/affected?from=100".into()),
            imports: true,
            write: Some("/desk/bugs/311/affected/message".into()),
        };
        let unknown = Self {
            means: "Nobody can say whether they are affected: their version, or which versions have the bug, is not known.",
            rows: vec![AffectedRow { reported: "no", ..row("Helio Bank", "not known", "", "", "5.12.2 is theirs") }],
            total: 1,
            more: None,
            ..full.clone()
        };
        let none = Self { rows: vec![], total: 0, more: None, write: None, ..full.clone() };
        vec![("full", full), ("unknown", unknown), ("none", none)]
    }
}
