//! The small things that many pages show: a time, a signal, a face, a strip, opening hours, a notice. Each is a
//! value with its own template, so a page prints it by its name. Wording comes from the handler.

use askama::Template;

use super::html::{Safe, parts};

/// A time as the reader says it, with the exact instant on hover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(source = r#"<time datetime="{{ iso }}" title="{{ exact }}">{{ said }}</time>"#, ext = "html")]
pub struct When {
    /// "Fri 20 Nov 16:40", in the reader's zone.
    pub said: String,
    /// RFC 3339, UTC.
    pub iso: String,
    /// "2026-11-20 16:40:00 UTC".
    pub exact: String,
}

/// What a colour and a shape stand for. Never shown without words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signal {
    #[default]
    Plain,
    Soon,
    Late,
    Waiting,
    Done,
}

impl Signal {
    /// The class in the style sheets.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain-signal",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Waiting => "wait",
            Self::Done => "done",
        }
    }
}

/// Words with a signal: "due 14:40", "48 min late", "Acme's turn since 3 h".
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(source = r#"<span class="tag {{ signal.class() }}">{{ words }}</span>"#, ext = "html")]
pub struct Tag {
    pub signal: Signal,
    pub words: String,
}

impl Tag {
    pub fn new(signal: Signal, words: impl Into<String>) -> Self {
        Self { signal, words: words.into() }
    }
}

/// The initials of a person in a coloured disc; decoration beside the name, so hidden from screen readers.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(source = r#"<span class="face {{ hue }}" aria-hidden="true">{{ initials }}</span>"#, ext = "html")]
pub struct Face {
    pub initials: String,
    hue: &'static str,
}

impl Face {
    /// The first letters of the first and last word; the colour follows from the name.
    pub fn of(name: &str) -> Self {
        let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let first = words.next();
        let last = words.next_back();
        let initials = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
        let sum = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        Self { initials, hue: ["a", "b", "c", "d"][sum % 4] }
    }
}

/// A clock strip, drawn by `words::strip`: once for wide pages, and once for a phone (about 350 units wide),
/// so that its labels stay readable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/strip.html")]
pub struct Strip {
    pub broad: Safe,
    pub slim: Option<Safe>,
}

/// HRS-3: whether somebody is here, until when, and the hours in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Openness {
    /// "Open now, until 18:00 UTC"; "Nobody is here until Mon 08:00 UTC".
    pub now: Tag,
    /// Further sentences: the reader's zone, the weekly hours, the next closed day, the median.
    pub lines: Vec<String>,
}

/// Who else is at a request right now; in a row as faces, whose sentence stands beside them for who does not see them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/presence.html")]
pub struct Presence {
    pub faces: Vec<Face>,
    /// "Ines Kovač is looking"; empty where nobody is there.
    pub said: String,
    /// "Ines Kovač is writing a reply too".
    pub collision: String,
}

/// What just happened, or what stands in the way, above a page.
#[derive(Clone, Debug, PartialEq, Eq, Template)]
#[template(path = "parts/notice.html")]
pub struct Notice {
    pub signal: Signal,
    pub words: String,
    pub link: Option<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub href: String,
}

impl Link {
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// Neighbours in a list by key; `None` where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "parts/pages.html")]
pub struct Pages {
    pub newer: Option<String>,
    pub older: Option<String>,
}

parts!(When, Tag, Face, Strip, Notice, Pages, Presence);

impl Presence {
    pub(crate) fn sample() -> Self {
        Self {
            faces: vec![Face::of("Theo Marsh"), Face::of("Jana Petrova")],
            said: "Theo Marsh is writing a reply, Jana Petrova is looking".into(),
            collision: "Theo Marsh is writing a reply too".into(),
        }
    }
}
