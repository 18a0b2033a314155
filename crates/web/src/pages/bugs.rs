//! Known bugs for customers, and the bug beside their own request.

use askama::Template;

use super::{
    desk::evidence::Fact,
    frame::{Frame, Place, Reader},
    html::{Safe, parts},
    parts::{Link, Notice, Signal, Tag, When},
    samples::{self, Samples},
};

/// `GET /bugs`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/bugs.html")]
pub struct KnownBugsPage {
    pub frame: Frame,
    pub bugs: Vec<KnownLine>,
}

#[derive(Clone, Debug)]
pub struct KnownLine {
    pub number: i64,
    pub title: String,
    /// "Planned for 5.13", "Fixed in 5.12.2".
    pub stands: Tag,
    pub area: Option<String>,
}

/// `GET /bugs/{id}`; `POST /bugs/{id}/following` follows it, with `end` no more.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/bug.html")]
pub struct KnownBugPage {
    pub frame: Frame,
    pub number: i64,
    pub title: String,
    pub stands: Tag,
    /// What it is, in the product team's words.
    pub said: Safe,
    pub way_around: Option<Safe>,
    pub facts: Vec<Fact>,
    /// What was said of it since, and when.
    pub said_since: Vec<(When, Safe)>,
    /// The releases with the fix.
    pub out: Vec<Link>,
    /// Whether the reader follows it; nothing where nobody is signed in.
    pub follows: Option<bool>,
}

/// Beside a customer's request: what became of the bug that it reports.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/fix.html")]
pub struct FixPart {
    pub request: i64,
    pub name: String,
    /// A hotfix looks otherwise than a planned release.
    pub tag: Tag,
    pub words: String,
    /// The release that has it.
    pub release: Option<Link>,
    /// The known bug.
    pub bug: Option<Link>,
    /// Where the reader is asked to confirm it: the version, and what they typed.
    pub asked: Option<AskedFix>,
}

/// `POST /requests/{id}/closure` for "it works", `POST /requests/{id}/still-there` with `version` and `text` else.
#[derive(Clone, Debug)]
pub struct AskedFix {
    pub version: String,
    pub text: String,
    pub fault: Option<String>,
}

parts!(FixPart);

impl KnownBugsPage {
    pub fn samples() -> Samples<Self> {
        let line = |number, title: &str, stands: Tag| KnownLine {
            number,
            title: title.into(),
            stands,
            area: Some("Launches".into()),
        };
        let page = Self {
            frame: samples::portal("Known bugs", Place::Elsewhere, Reader::Person(samples::dana())),
            bugs: vec![
                line(
                    311,
                    "Attachments of skipped tests vanish",
                    Tag::new(Signal::Soon, "Hotfix 5.12.1-hotfix.2 in work"),
                ),
                line(305, "Exports to CSV lose the last line", Tag::new(Signal::Plain, "Planned for 5.13")),
                line(290, "Signing in by SAML asks twice", Tag::new(Signal::Done, "Fixed in 5.12.2")),
            ],
        };
        let mut none = page.clone();
        none.bugs.clear();
        vec![("some", page), ("none", none)]
    }
}

impl KnownBugPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::portal(
                "Attachments of skipped tests vanish",
                Place::Elsewhere,
                Reader::Person(samples::dana()),
            ),
            number: 311,
            title: "Attachments of skipped tests vanish".into(),
            stands: Tag::new(Signal::Plain, "Planned for 5.13"),
            said: Safe::new("<p>Attachments of skipped tests are missing in reports.</p>"),
            way_around: Some(Safe::new("<p>Run the report again with <code>--all</code>.</p>")),
            facts: vec![Fact::new("Since", "5.11"), Fact::new("Versions that have it", "5.11 to 5.12.1")],
            said_since: vec![(samples::when("Fri 27 Nov 10:12"), Safe::new("<p>We see why, and work on it.</p>"))],
            out: vec![],
            follows: Some(false),
        };
        let mut fixed = page.clone();
        fixed.stands = Tag::new(Signal::Done, "Fixed in 5.12.2");
        fixed.out = vec![Link::new("5.12.2", "/releases/5.12.2")];
        fixed.follows = Some(true);
        let mut stranger = page.clone();
        stranger.follows = None;
        stranger.frame.reader = Reader::Nobody;
        stranger.way_around = None;
        let mut followed = page.clone();
        followed.frame.notice = Some(Notice {
            signal: Signal::Done,
            words: "You follow it. We write to you once it is fixed.".into(),
            link: None,
        });
        vec![("planned", page), ("fixed", fixed), ("stranger", stranger), ("followed", followed)]
    }
}

impl FixPart {
    pub(super) fn sample() -> Self {
        Self {
            request: 4201,
            name: "BUG-311".into(),
            tag: Tag::new(Signal::Plain, "Planned release"),
            words: "It is planned for the release 5.13.".into(),
            release: None,
            bug: Some(Link::new("What is known of it", "/bugs/311")),
            asked: None,
        }
    }

    pub(super) fn sample_asked() -> Self {
        Self {
            tag: Tag::new(Signal::Done, "Fixed"),
            words: "It is fixed in 5.12.2.".into(),
            release: Some(Link::new("What is in 5.12.2", "/releases/5.12.2")),
            asked: Some(AskedFix { version: "5.12.2".into(), text: String::new(), fault: None }),
            ..Self::sample()
        }
    }
}
