//! Releases on the desk: all of them and where they run, one to publish or to change, and a list to take.

use askama::Template;

use crate::pages::{
    desk::list_form::ListForm,
    form::{Choice, Chosen},
    frame::DeskFrame,
    html::Safe,
    parts::{Link, Signal, Tag},
    releases::{Entry, Section},
    samples::{self, Samples},
};

/// `GET /desk/releases`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/releases.html")]
pub struct DeskReleasesPage {
    pub frame: DeskFrame,
    /// Whether the reader publishes them.
    pub manages: bool,
    pub releases: Vec<Row>,
    pub instances: Vec<Instance>,
    /// What can be rolled out.
    pub versions: Vec<String>,
    /// Why a roll-out was refused.
    pub fault: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub version: String,
    pub day: String,
    pub tags: Vec<Tag>,
    pub counts: String,
    /// "team, enterprise"; "all".
    pub editions: String,
    /// "eu1, us1".
    pub on: String,
}

/// An instance of the cloud, and what runs there.
#[derive(Clone, Debug)]
pub struct Instance {
    pub name: String,
    /// What it runs, and whether that is the latest.
    pub runs: Option<Tag>,
    pub since: String,
}

/// `GET /desk/releases/{version}`, and a new one.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/release.html")]
pub struct DeskReleasePage {
    pub frame: DeskFrame,
    pub title: String,
    pub action: String,
    pub is_new: bool,
    pub manages: bool,
    pub tags: Vec<Tag>,
    /// Its page for everybody.
    pub public: Option<Link>,
    pub version: String,
    /// As browsers write it: 2026-11-26.
    pub date: String,
    pub supported_until: String,
    pub editions: Vec<Choice>,
    pub notes: String,
    /// What is wrong, a sentence each.
    pub faults: Vec<String>,
    /// What would come of it, where nothing is wrong.
    pub ready: Vec<String>,
    pub preview: Vec<Section>,
    pub withdrawal: Option<Withdrawal>,
}

/// To take it back.
#[derive(Clone, Debug, Default)]
pub struct Withdrawal {
    pub why: String,
    pub instead: String,
    pub versions: Vec<String>,
    pub faults: Vec<String>,
    /// What would follow.
    pub ready: Vec<String>,
}

/// `GET /desk/releases/import`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/release_import.html")]
pub struct ReleaseImportPage {
    pub frame: DeskFrame,
    pub form: ListForm,
}

impl DeskReleasesPage {
    pub fn samples() -> Samples<Self> {
        let row = |version: &str, tag: Tag, on: &str| Row {
            version: version.into(),
            day: "26 November 2026".into(),
            tags: vec![tag],
            counts: "3 fixed, 2 added".into(),
            editions: "all".into(),
            on: on.into(),
        };
        let page = Self {
            frame: samples::desk("Releases"),
            manages: true,
            releases: vec![
                row("5.12.1-hotfix.1", Tag::new(Signal::Done, "the latest"), "eu1"),
                row("5.12.1", Tag::new(Signal::Late, "withdrawn, use 5.12.1-hotfix.1"), ""),
                row("5.12", Tag::new(Signal::Plain, "supported until 30 November 2027"), "us1"),
            ],
            instances: vec![
                Instance {
                    name: "eu1".into(),
                    runs: Some(Tag::new(Signal::Done, "5.12.1-hotfix.1")),
                    since: "since Thu 26 Nov 09:12".into(),
                },
                Instance {
                    name: "us1".into(),
                    runs: Some(Tag::new(Signal::Soon, "5.12")),
                    since: "since Mon 2 Nov 08:00".into(),
                },
                Instance { name: "ap1".into(), runs: None, since: String::new() },
            ],
            versions: vec!["5.12.1-hotfix.1".into(), "5.12".into()],
            fault: None,
        };
        let read = Self { manages: false, ..page.clone() };
        let none = Self { releases: vec![], instances: vec![], versions: vec![], ..page.clone() };
        let wrong =
            Self { fault: Some("5.12.1 was withdrawn; 5.12.1-hotfix.1 is to be used instead.".into()), ..page.clone() };
        vec![("full", page), ("read", read), ("none", none), ("wrong", wrong)]
    }
}

impl DeskReleasePage {
    pub fn samples() -> Samples<Self> {
        let known = Self {
            frame: samples::desk("5.12.1"),
            title: "5.12.1".into(),
            action: "/desk/releases/5.12.1".into(),
            is_new: false,
            manages: true,
            tags: vec![Tag::new(Signal::Done, "the latest")],
            public: Some(Link::new("Its page for everybody", "/releases/5.12.1")),
            version: "5.12.1".into(),
            date: "2026-11-26".into(),
            supported_until: "2027-11-30".into(),
            editions: vec![
                Choice { chosen: Chosen::Yes, ..Choice::new("team", "team") },
                Choice::new("enterprise", "enterprise"),
            ],
            notes: "### Fixed\n\n- Exports to CSV no longer lose their last line (BUG-311)\n".into(),
            faults: vec![],
            ready: vec![],
            preview: vec![],
            withdrawal: Some(Withdrawal { versions: vec!["5.12".into(), "5.11.4".into()], ..Withdrawal::default() }),
        };
        let section = Section {
            heading: "Fixed".into(),
            id: "changes-fixed".into(),
            entries: vec![Entry {
                anchor: "v5.12.1-bug-311".into(),
                text: Safe::new("<p>Exports to CSV no longer lose their last line (BUG-311)</p>"),
            }],
        };
        let new = Self {
            title: "A new release".into(),
            action: "/desk/releases".into(),
            is_new: true,
            tags: vec![],
            public: None,
            withdrawal: None,
            ready: vec!["5.12.1 of 2026-11-26 would be published: one entry, one of them a fix.".into()],
            preview: vec![section],
            ..known.clone()
        };
        let wrong = Self {
            notes: "### Repairs\n\n- Exports".into(),
            faults: vec!["Line 1: “Repairs” is no kind of changes. They are Added, Changed, Deprecated, Removed, Fixed and Security. Write, for example: ### Fixed".into()],
            ready: vec![],
            preview: vec![],
            ..new.clone()
        };
        let mut back = known.clone();
        back.withdrawal = Some(Withdrawal {
            why: "It loses results.".into(),
            instead: "5.12".into(),
            ready: vec![
                "5.12.1 would be withdrawn.".into(),
                "The latest release would step back from 5.12.1 to 5.12.".into(),
            ],
            ..known.withdrawal.clone().unwrap_or_default()
        });
        vec![("known", known), ("new", new), ("wrong", wrong), ("withdrawing", back)]
    }
}

impl ReleaseImportPage {
    pub fn samples() -> Samples<Self> {
        let text = "## [5.12.1] - 2026-11-26\n\n### Fixed\n\n- Exports are whole\n";
        let ready = [
            "5.12.1 of 2026-11-26 would be published: one entry, one of them a fix.",
            "3 releases say the same already.",
        ];
        let fault = "Line 1: “26.11.2026” is no day that everybody reads alike. Write, for example: 2026-11-26";
        let states = ListForm::samples(text, &ready, (&text.replace("2026-11-26", "26.11.2026"), fault));
        states.map(|(name, form)| (name, Self { frame: samples::desk("Import releases"), form })).into()
    }
}
