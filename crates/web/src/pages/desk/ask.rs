//! A question of the filter language on a page: what is wrong with it, chosen by clicks, kept as a view.

use askama::Template;

use crate::pages::{form::Choice, html::parts};

/// Beside the rows or results of a question.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/ask.html")]
pub struct Ask {
    /// As it was asked.
    pub text: String,
    pub fault: Option<Faulty>,
    /// What looks like a condition and was looked for as words.
    pub hints: Vec<String>,
    pub fields: Vec<ByClick>,
    /// Whether the fields stand open.
    pub is_open: bool,
    /// None where the reader may not change the view that they look at.
    pub keep: Option<Keep>,
    /// What can be asked, and what it means.
    pub examples: &'static [(&'static str, &'static str)],
}

/// Why a question makes no sense, and the place.
#[derive(Clone, Debug)]
pub struct Faulty {
    pub words: String,
    pub before: String,
    pub part: String,
    pub after: String,
}

/// A field to click, or to fill.
#[derive(Clone, Debug)]
pub struct ByClick {
    pub name: &'static str,
    pub label: &'static str,
    /// Empty where it is written.
    pub options: Vec<Choice>,
    pub value: String,
    pub hint: &'static str,
}

/// The form that keeps a question.
#[derive(Clone, Debug)]
pub struct Keep {
    /// Of a kept one its own.
    pub address: String,
    pub name: String,
    pub fault: Option<String>,
    pub shared: bool,
    pub may_share: bool,
    pub kept: Kept,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Yes,
    No,
}

parts!(Ask);

impl Keep {
    pub fn is_kept(&self) -> bool {
        self.kept == Kept::Yes
    }

    pub fn is_open(&self) -> bool {
        self.fault.is_some() || !self.is_kept() && !self.name.is_empty()
    }
}

/// The whole language on one page.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("type:bug,question", "of one of these types; commas part alternatives"),
    ("priority:>=high", "high and what is above it"),
    ("is:needs-answer", "in “Needs an answer”; also late, open, done, unassigned, mine, escalated, confidential"),
    ("turn:ours", "whose turn it is, ours or theirs"),
    ("org:acme", "of organisations whose names begin so; also a number or a domain"),
    ("from:dana@acme.example", "filed by a person; “me” is you"),
    ("agent:ines", "taken by somebody; also “me” and “none”"),
    ("team:platform", "of a team; “mine” for those that you are in, and “none”"),
    ("state:waiting", "new, open, waiting, developers, to-confirm, solved, closed"),
    ("due:<2h", "due in less than two hours, or late; also today, tomorrow, >1d"),
    ("filed:<7d", "less than seven days ago; also 2026-11, >=2026-11-05, 2026-11-01..2026-11-15"),
    ("updated:today", "changed today; “since:” asks for how long it is in its state"),
    ("version:5.12.1", "what a form asked for, by its key; version:5.* for a beginning"),
    ("“stack overflow”", "these words behind each other"),
    ("-type:bug", "a dash turns a condition or a word round"),
    ("sort:filed", "the newest first; also -filed, updated, -updated, due"),
];

impl Ask {
    pub(crate) fn sample() -> Self {
        let choice = |value: &str, label: &str| Choice::new(value, label);
        Self {
            text: "type:bug priority:>=high is:needs-answer".into(),
            fault: None,
            hints: vec!["“tpye:” is no filter, so it was looked for as a word. Did you mean “type:”?".into()],
            fields: vec![
                ByClick {
                    name: "type",
                    label: "Type",
                    options: vec![
                        choice("", "Any"),
                        choice("bug", "Bug report").chosen(),
                        choice("question", "Question"),
                    ],
                    value: String::new(),
                    hint: "",
                },
                ByClick {
                    name: "org",
                    label: "Organisation",
                    options: vec![],
                    value: "acme".into(),
                    hint: "Beginning of a name",
                },
            ],
            is_open: true,
            keep: Some(Keep {
                address: "/desk/views".into(),
                name: String::new(),
                fault: None,
                shared: false,
                may_share: true,
                kept: Kept::No,
            }),
            examples: EXAMPLES,
        }
    }

    pub(crate) fn kept_sample() -> Self {
        let sample = Self::sample();
        let keep = sample.keep.clone().map(|keep| Keep {
            address: "/desk/views/saved/3".into(),
            name: "Bugs that burn".into(),
            shared: true,
            kept: Kept::Yes,
            fault: Some("Please say what it is called.".into()),
            ..keep
        });
        Self { keep, hints: vec![], is_open: false, ..sample }
    }

    pub(crate) fn faulty_sample() -> Self {
        let fault = Faulty {
            words: "“type:” does not know “bgu”. Did you mean “bug”? It knows question, support, bug, feature.".into(),
            before: "turn:ours ".into(),
            part: "type:bgu".into(),
            after: " priority:>=high".into(),
        };
        Self {
            text: "turn:ours type:bgu priority:>=high".into(),
            fault: Some(fault),
            keep: None,
            hints: vec![],
            is_open: false,
            ..Self::sample()
        }
    }
}
