//! The issue of a bug, what staff are asked of it, and what is said here and there: a part of a bug's page.

use askama::Template;

use crate::pages::{
    html::{Safe, parts},
    parts::{Link, Signal, Tag, When},
};

#[derive(Clone, Debug, Default, Template)]
#[template(path = "desk/bug_tracker.html")]
pub struct TrackerPart {
    pub number: i64,
    /// The repository that is mirrored; none where no tracker is set up.
    pub repository: Option<String>,
    pub issue: Option<IssueLine>,
    /// What waits for staff.
    pub asks: Option<String>,
    /// What went wrong.
    pub fault: Option<String>,
    /// Whether its reader changes something of it.
    pub manages: bool,
    /// Whether an issue can be made of it.
    pub creates: bool,
    pub comments: Vec<CommentLine>,
    pub says: bool,
    /// What was typed and not taken.
    pub typed: String,
}

#[derive(Clone, Debug, Default)]
pub struct IssueLine {
    /// "acme/shop#12"; none while it is made.
    pub link: Option<Link>,
    pub state: Option<Tag>,
    pub milestone: Option<String>,
    pub synced: Option<When>,
    /// It is in another repository than the one that is mirrored.
    pub is_elsewhere: bool,
}

#[derive(Clone, Debug)]
pub struct CommentLine {
    pub id: i64,
    pub author: String,
    /// "in the tracker", or nothing.
    pub place: &'static str,
    pub at: When,
    pub body: Safe,
    /// It is longer there.
    pub is_cut: bool,
    pub is_public: bool,
    /// It is on its way to the tracker.
    pub on_its_way: bool,
}

parts!(TrackerPart);

impl TrackerPart {
    /// Linked, with what was said.
    pub(crate) fn sample() -> Self {
        let comment = |id, author: &str, body: &str| CommentLine {
            id,
            author: author.into(),
            place: "in the tracker",
            at: crate::pages::samples::when("Fri 27 Nov 10:12"),
            body: Safe::new(format!("<p>{body}</p>")),
            is_cut: false,
            is_public: false,
            on_its_way: false,
        };
        Self {
            number: 311,
            repository: Some("acme/shop".into()),
            issue: Some(IssueLine {
                link: Some(Link::new("acme/shop#12", "https://github.com/acme/shop/issues/12")),
                state: Some(Tag::new(Signal::Plain, "Open")),
                milestone: Some("5.13".into()),
                synced: Some(crate::pages::samples::when("Fri 27 Nov 10:15")),
                is_elsewhere: false,
            }),
            manages: true,
            comments: vec![
                comment(1, "octo-dev", "It needs a launch with a skipped setup."),
                CommentLine { is_public: true, place: "", ..comment(2, "Jana Petrova", "We see why, and work on it.") },
            ],
            says: true,
            ..Self::default()
        }
    }

    /// Closed there, in no version yet.
    pub(crate) fn asking() -> Self {
        let mut it = Self::sample();
        it.asks = Some(
            "It is closed in the tracker as done, in no version yet. Say in which version it is fixed, or have it opened again there."
                .into(),
        );
        if let Some(issue) = &mut it.issue {
            issue.state = Some(Tag::new(Signal::Done, "Closed as done"));
            issue.milestone = None;
        }
        it
    }

    pub(crate) fn failed() -> Self {
        let fault = "api.github.com does not know the token (401). It may have run out or been revoked: make another one there, and give it here.";
        Self { fault: Some(fault.into()), ..Self::sample() }
    }

    pub(crate) fn unlinked() -> Self {
        Self { issue: None, comments: vec![], creates: true, ..Self::sample() }
    }
}
