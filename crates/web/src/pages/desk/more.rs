//! What is done with a request more rarely: who sees it, what it has to do with, closing it as not covered, promising the
//! next word.

use askama::Template;

use crate::pages::{form::Choice, html::parts};

#[derive(Clone, Debug, Template)]
#[template(path = "desk/more.html")]
pub struct More {
    pub number: i64,
    /// Whether the reader watches it.
    pub watches: bool,
    /// The value of `secrecy` and the words of the button; `None` where it follows from the type.
    pub secrecy: Option<(String, String)>,
    /// Entries of the scope under which it may be closed (SCO-1); empty where it may not.
    pub scope: Vec<Choice>,
    /// Whether the reader may link, merge, add people.
    pub may_tie: bool,
    pub may_merge: bool,
    /// The other request that was chosen to be tied with this one; the sheet is open then.
    pub other: Option<i64>,
    /// Requests that it is linked with.
    pub links: Vec<i64>,
    /// Whether it is a security report, whose advisory the reader keeps.
    pub advisory: bool,
    /// Who was added, and may be taken off.
    pub people: Vec<(i64, String)>,
}

parts!(More);

/// Beside what is with the developers: by when the customer hears next (FRT-7).
#[derive(Clone, Debug, Template)]
#[template(path = "desk/next_word.html")]
pub struct NextWord {
    pub number: i64,
    /// What is promised now, in words.
    pub words: String,
    pub is_late: bool,
    /// Working days and their words: 1, "1 working day".
    pub offered: Vec<(u16, String)>,
}

parts!(NextWord);

impl More {
    pub(crate) fn sample() -> Self {
        Self {
            number: 4201,
            watches: false,
            other: None,
            secrecy: Some(("confidential".into(), "Make it confidential".into())),
            scope: vec![
                Choice::new("", "Choose an entry"),
                Choice::new("databases", "Operating databases"),
                Choice::new("pipelines", "CI pipelines"),
            ],
            may_tie: true,
            may_merge: true,
            links: vec![4144],
            advisory: false,
            people: vec![(8, "Ravi Patel".into())],
        }
    }
}

impl NextWord {
    pub(crate) fn sample() -> Self {
        Self {
            number: 4201,
            words: "Nothing is promised to the customer yet.".into(),
            is_late: false,
            offered: [1, 3, 5, 10].map(|days| (days, format!("{days} working days"))).into(),
        }
    }
}
