//! What is done to many requests at once: the choice of an act, what it would change, the job, and the list of jobs.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    html::Safe,
    parts::{Link, Signal, Tag, When},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /desk/bulk/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bulk.html")]
pub struct BulkPage {
    pub frame: DeskFrame,
    pub number: i64,
    /// "Give to Ines Kovač"; "What to do with 14 requests".
    pub title: String,
    /// "14 requests".
    pub total: String,
    pub form: Option<ActForm>,
    pub effect: Option<Effect>,
}

/// `POST /desk/bulk/{id}/act`.
#[derive(Clone, Debug)]
pub struct ActForm {
    /// The acts that the reader may do: name, address, and whether it is the one below.
    pub tabs: Vec<(String, String, bool)>,
    /// Its name as it is sent.
    pub act: &'static str,
    pub agents: Vec<Choice>,
    pub teams: Vec<Choice>,
    /// Whose they are there.
    pub within: Vec<Choice>,
    pub priorities: Vec<Choice>,
    pub states: Vec<Choice>,
    /// Texts for replies.
    pub texts: Vec<Choice>,
    /// What the reply does besides.
    pub after: Vec<Choice>,
    pub words: String,
    pub fault: Option<String>,
    /// "Replies are held for 10 seconds, …"
    pub hint: String,
}

/// What it changes, or changed.
#[derive(Clone, Debug)]
pub struct Effect {
    pub stage: Stage,
    /// "By Theo Marsh, Fri 20 Nov 16:40".
    pub by: String,
    pub at: When,
    pub ended: Option<When>,
    /// "Stopped by Theo Marsh", and other things to know.
    pub remarks: Vec<String>,
    /// Looked at, or done: of how many.
    pub so_far: i64,
    pub of: i64,
    /// "12 change", "8 changed"; "2 are left out".
    pub figures: Vec<(String, String)>,
    /// The note or the reply that each gets, and what to know of it.
    pub text: Option<Safe>,
    pub about_text: String,
    pub changed: Vec<Line>,
    pub more_changed: Option<String>,
    pub left: Vec<Line>,
    pub more_left: Option<String>,
    /// Why, and how many.
    pub reasons: Vec<(String, i64)>,
    /// "Give 12 requests to Ines Kovač", of which look, and where to choose anew.
    pub begin: Option<(String, i64)>,
    pub again: Option<String>,
    pub may_stop: bool,
    pub undo: Option<Undo>,
    pub links: Vec<Link>,
}

/// `POST /desk/bulk/{id}/undoing`.
#[derive(Clone, Debug)]
pub struct Undo {
    pub words: String,
    /// PRI-2: the customer reads why a priority goes back.
    pub asks_reason: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Looking,
    Looked,
    Going,
    Over,
}

/// A request of it.
#[derive(Clone, Debug)]
pub struct Line {
    /// None where the reader does not see it.
    pub number: Option<i64>,
    pub subject: String,
    pub organisation: String,
    pub from: String,
    pub to: String,
    pub why: String,
}

/// `GET /desk/bulk`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bulk_list.html")]
pub struct BulkListPage {
    pub frame: DeskFrame,
    pub rows: Vec<JobRow>,
    pub more: Option<String>,
    pub of_all: bool,
}

#[derive(Clone, Debug)]
pub struct JobRow {
    pub href: String,
    pub what: String,
    pub by: String,
    pub at: When,
    pub standing: Tag,
    /// "12 of 14 requests".
    pub count: String,
}

impl Effect {
    /// Above those that change: those that a text goes to change in nothing else.
    pub fn heading(&self) -> &'static str {
        match (self.stage, self.changed.iter().all(|line| line.to.is_empty())) {
            (Stage::Looking | Stage::Looked, false) => "What changes",
            (Stage::Looking | Stage::Looked, true) => "Who gets it",
            (Stage::Going | Stage::Over, false) => "What changed",
            (Stage::Going | Stage::Over, true) => "Who got it",
        }
    }
}

impl BulkPage {
    pub fn is_moving(&self) -> bool {
        self.effect.as_ref().is_some_and(|it| matches!(it.stage, Stage::Looking | Stage::Going))
    }

    pub fn samples() -> Samples<Self> {
        let line = |number: i64, subject: &str, why: &str| Line {
            number: Some(number),
            subject: subject.into(),
            organisation: "Acme Robotics".into(),
            from: "Nobody".into(),
            to: "Ines Kovač".into(),
            why: why.into(),
        };
        let hidden = Line { number: None, ..line(0, "", "") };
        let figures = |all: [(&str, &str); 2]| all.map(|(n, words)| (n.to_owned(), words.to_owned())).into();
        let effect = Effect {
            stage: Stage::Looked,
            by: "Theo Marsh".into(),
            at: samples::when("Fri 20 Nov 16:40"),
            ended: None,
            remarks: vec![],
            so_far: 14,
            of: 14,
            figures: figures([("12", "change"), ("2", "are left out")]),
            text: None,
            about_text: String::new(),
            changed: vec![
                line(4182, "Launches stay in “processing” after the upgrade", ""),
                line(4197, LONG_SUBJECT, ""),
                hidden,
            ],
            more_changed: Some("/desk/bulk/7?changed=25".into()),
            left: vec![line(4190, "Which ports must be open?", "It is so already.")],
            more_left: None,
            reasons: vec![("It is so already.".into(), 2)],
            begin: Some(("Give 12 requests to Ines Kovač".into(), 1)),
            again: Some("/desk/bulk/7?act=assign".into()),
            may_stop: false,
            undo: None,
            links: vec![],
        };
        let page = |title: &str, form, effect| Self {
            frame: samples::desk("Work in bulk"),
            number: 7,
            title: title.into(),
            total: "14 requests".into(),
            form,
            effect,
        };
        let going =
            Effect { stage: Stage::Going, so_far: 5, begin: None, again: None, may_stop: true, ..effect.clone() };
        let undo = Some(Undo { words: "Put 12 requests back".into(), asks_reason: true });
        let over = Effect {
            stage: Stage::Over,
            ended: Some(samples::when("Fri 20 Nov 16:41")),
            remarks: vec!["Theo Marsh stopped it.".into()],
            text: Some(Safe::new("<p>The fix is in 26.2.1.</p>")),
            about_text: "Each got this.".into(),
            undo,
            begin: None,
            again: None,
            ..effect.clone()
        };
        let mut samples = vec![
            ("looked", page("Give to Ines Kovač", None, Some(effect.clone()))),
            ("looking", page("Give to Ines Kovač", None, Some(Effect { stage: Stage::Looking, ..going.clone() }))),
            ("going", page("Give to Ines Kovač", None, Some(going))),
            ("over", page("Give to Ines Kovač", None, Some(over))),
        ];
        for act in ["assign", "team", "priority", "state", "note", "reply"] {
            samples.push((act, page("What to do with 14 requests", Some(ActForm::sample(act)), None)));
        }
        samples
    }
}

impl ActForm {
    fn sample(act: &'static str) -> Self {
        let choices = |all: &[&str]| all.iter().map(|it| Choice::new(*it, *it)).collect::<Vec<_>>();
        let tab = |name: &str| (name.to_owned(), format!("/desk/bulk/7?act={name}"), name == act);
        Self {
            tabs: ["assign", "team", "priority", "state", "note", "reply"].map(tab).into(),
            act,
            agents: choices(&["Nobody", "Ines Kovač", "Theo Marsh"]),
            teams: choices(&["Platform", "Imports", "No team: out of the one that they are in"]),
            within: choices(&["Who has one keeps it", "The next in the team’s line"]),
            priorities: choices(&["Low", "Medium", "High"]),
            states: choices(&["Open", "Solved"]),
            texts: choices(&["My own words", "Fixed in the next release"]),
            after: choices(&["Then it is their turn", "Then it is solved"]),
            words: String::new(),
            fault: (act == "note").then(|| "This is still empty, and we need it. Please fill it in.".to_owned()),
            hint: "Each request gets a reply of its own.".into(),
        }
    }
}

impl BulkListPage {
    pub fn samples() -> Samples<Self> {
        let row = |what: &str, standing: Tag| JobRow {
            href: "/desk/bulk/7".into(),
            what: what.into(),
            by: "Theo Marsh".into(),
            at: samples::when("Fri 20 Nov 16:40"),
            standing,
            count: "12 of 14 requests".into(),
        };
        let rows = vec![
            row("Assign", Tag::new(Signal::Waiting, "goes on")),
            row("Reply", Tag::new(Signal::Done, "done")),
            row("State", Tag::new(Signal::Soon, "stopped")),
        ];
        let page =
            Self { frame: samples::desk("Work in bulk"), rows, more: Some("/desk/bulk?before=3".into()), of_all: true };
        let none = Self { rows: vec![], more: None, of_all: false, ..page.clone() };
        vec![("full", page), ("none", none)]
    }
}
