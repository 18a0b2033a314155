//! The bug queue: the board by where bugs stand, or a list that is narrowed.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    html::parts,
    parts::{Signal, Tag},
    samples::{self, Samples},
};

/// `GET /desk/bugs`; with `stage`, `area`, `severity` or `q` as a list.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bugs.html")]
pub struct BugsPage {
    pub frame: DeskFrame,
    pub narrow: Narrow,
    pub columns: Vec<BugColumn>,
    /// Instead of the columns, where something was asked for.
    pub found: Option<Vec<BugCard>>,
    /// Whether the reader files bugs.
    pub files: bool,
}

/// What the list is narrowed to.
#[derive(Clone, Debug)]
pub struct Narrow {
    pub text: String,
    pub stages: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub severities: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct BugColumn {
    pub name: String,
    pub count: String,
    pub cards: Vec<BugCard>,
    /// The whole list of a column that is cut.
    pub more: Option<String>,
}

/// A bug in a column or a list.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bug_card.html")]
pub struct BugCard {
    pub number: i64,
    pub title: String,
    pub severity: Tag,
    /// "for 5.13", "hotfix 5.12.1-hotfix.2", "in 5.12.2".
    pub version: Option<String>,
    /// "came back", "late", "hotfix".
    pub marks: Vec<Tag>,
    /// "4 organisations, 12 reports".
    pub reported: String,
    /// "Hedge 3, Grove 1".
    pub plans: String,
    /// Where it stands, in a list.
    pub stage: Option<String>,
    pub area: Option<String>,
}

parts!(BugCard);

impl BugCard {
    pub(super) fn sample(number: i64, title: &str) -> Self {
        Self {
            number,
            title: title.into(),
            severity: Tag::new(Signal::Soon, "Major"),
            version: Some("for 5.13".into()),
            marks: vec![],
            reported: "4 organisations, 12 reports".into(),
            plans: "Hedge 3, Grove 1".into(),
            stage: None,
            area: Some("Launches".into()),
        }
    }
}

impl BugsPage {
    pub fn samples() -> Samples<Self> {
        let mut urgent = BugCard::sample(311, "Attachments of skipped tests vanish from the report");
        urgent.severity = Tag::new(Signal::Late, "Critical");
        urgent.version = Some("hotfix 5.12.1-hotfix.2".into());
        urgent.marks = vec![Tag::new(Signal::Late, "fixed at once"), Tag::new(Signal::Soon, "came back")];
        let mut internal = BugCard::sample(
            318,
            "A webhook with a certificate of its own authority is tried for ever and fills the log",
        );
        (internal.reported, internal.plans, internal.version) = ("found by our own tests".into(), String::new(), None);
        let column = |name: &str, cards: Vec<BugCard>| BugColumn {
            name: name.into(),
            count: cards.len().to_string(),
            cards,
            more: None,
        };
        let columns = vec![
            column("New", vec![internal.clone()]),
            column("Confirmed", vec![]),
            column("Planned", vec![urgent.clone(), BugCard::sample(305, "Exports to CSV lose the last line")]),
            column("In work", vec![BugCard::sample(300, "Sorting by duration forgets the page")]),
            column("Fixed, not released", vec![]),
            BugColumn {
                more: Some("/desk/bugs?stage=released".into()),
                ..column("Released", vec![internal.clone(); 3])
            },
        ];
        let narrow = Narrow {
            text: String::new(),
            stages: vec![Choice::new("", "Anywhere"), Choice::new("planned", "Planned")],
            areas: vec![Choice::new("", "Everything"), Choice::new("launches", "Launches")],
            severities: vec![Choice::new("", "All"), Choice::new("critical", "Critical")],
        };
        let board = Self { frame: samples::desk("Bugs"), narrow, columns, found: None, files: true };
        let mut list = board.clone();
        list.narrow.text = "export".into();
        urgent.stage = Some("Planned".into());
        list.found = Some(vec![urgent]);
        let mut none = list.clone();
        none.found = Some(vec![]);
        let mut empty = board.clone();
        empty.columns.iter_mut().for_each(|it| it.cards.clear());
        empty.files = false;
        vec![("board", board), ("list", list), ("none", none), ("empty", empty)]
    }
}
