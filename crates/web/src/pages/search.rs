//! Results of a search, on the portal and on the desk: requests with the passage that shows why they were found, and what
//! the support policy says.

use askama::Template;
use rules::search::Bit;

use super::{
    desk::ask::Ask,
    frame::{DeskFrame, Frame, Place, Reader},
    html::parts,
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /search`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/search.html")]
pub struct SearchPage {
    pub frame: Frame,
    pub results: Results,
}

/// `GET /desk/search`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/search.html")]
pub struct DeskSearchPage {
    pub frame: DeskFrame,
    pub ask: Ask,
    pub results: Results,
}

/// What was found.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/results.html")]
pub struct Results {
    /// What was typed.
    pub typed: String,
    /// Whose name or address was typed, and organisations; on the desk.
    pub people: Vec<Result>,
    pub organisations: Vec<Result>,
    pub requests: Vec<Result>,
    pub passages: Vec<Result>,
    /// What is to be known of them: that the words are not all there, that the index is being made.
    pub notes: Vec<String>,
    /// What to say when there is nothing.
    pub empty: String,
    /// Where else to go then.
    pub instead: Vec<(String, String)>,
    pub turns: Turns,
}

/// Where the pages before and behind are, and where all of it stands in the order of time.
#[derive(Clone, Debug, Default)]
pub struct Turns {
    pub before: Option<String>,
    pub next: Option<String>,
    pub all: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Result {
    pub href: String,
    /// With the words that were looked for.
    pub name: Vec<Bit>,
    /// "17, Bug report, solved, filed Fri 20 Nov".
    pub about: String,
    /// Where else it leads: a person's organisation, their account.
    pub also: Vec<(String, String)>,
    pub excerpt: Vec<Bit>,
    /// Where the excerpt stands: "Ines Moreau's note, 12 Nov".
    pub place: String,
}

parts!(Results);

/// A name in which nothing is marked.
pub fn plain(name: &str) -> Vec<Bit> {
    vec![Bit { text: name.to_owned(), is_hit: false }]
}

impl Results {
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.organisations.is_empty() && self.requests.is_empty() && self.passages.is_empty()
    }

    fn sample(base: &str) -> Self {
        let bit = |text: &str, is_hit| Bit { text: text.into(), is_hit };
        let result = |href: String, name: &str, about: &str| Result {
            href,
            name: plain(name),
            about: about.into(),
            also: vec![],
            place: "app.log".into(),
            excerpt: vec![
                bit("…since the upgrade every ", false),
                bit("launch", true),
                bit(" stays in “processing”, and the log says ", false),
                bit("closing", true),
                bit(" timed out…", false),
            ],
        };
        Self {
            typed: "launch closing".into(),
            people: vec![],
            organisations: vec![],
            requests: vec![
                Result {
                    name: vec![bit("Launches", true), bit(" stay in “processing”", false)],
                    ..result(format!("{base}/4182"), "", "4182, Bug report, solved, Dana Whitlock")
                },
                result(format!("{base}/4144"), LONG_SUBJECT, "4144, Support request, with us, Omar Haddad"),
            ],
            passages: vec![result("/support#bugs".into(), "Bugs and their fixes", "Support page")],
            notes: vec![],
            empty: String::new(),
            instead: vec![],
            turns: Turns {
                before: Some(format!("{base}?q=launch&page=1")),
                next: Some(format!("{base}?q=launch&page=3")),
                all: Some(format!("{base}?q=launch+sort%3Aupdated")),
            },
        }
    }

    fn nothing() -> Self {
        Self {
            typed: "quixotry".into(),
            people: vec![],
            organisations: vec![],
            requests: vec![],
            passages: vec![],
            notes: vec!["The search is still being built; more may be found in a minute.".into()],
            empty: "Nothing that you can see has this word. Try fewer or other words.".into(),
            instead: vec![
                ("Ask us".into(), "/requests/new".into()),
                ("Read the support page".into(), "/support".into()),
            ],
            turns: Turns::default(),
        }
    }
}

impl SearchPage {
    pub fn samples() -> Samples<Self> {
        let page = |results| Self {
            frame: samples::portal("Search", Place::Elsewhere, Reader::Person(samples::dana())),
            results,
        };
        vec![("full", page(Results::sample("/requests"))), ("empty", page(Results::nothing()))]
    }
}

impl DeskSearchPage {
    pub fn samples() -> Samples<Self> {
        let page = |results| Self { frame: samples::desk("Search"), ask: Ask::sample(), results };
        let full = Results::sample("/desk/requests");
        let named = |href: &str, name: &str, about: &str, also: &[(&str, &str)]| Result {
            href: href.into(),
            name: plain(name),
            about: about.into(),
            also: also.iter().map(|(label, href)| ((*label).to_owned(), (*href).to_owned())).collect(),
            excerpt: vec![],
            place: String::new(),
        };
        let dana = ("/desk/search?q=from%3Adana%40acme.example", "Dana Whitlock", "dana@acme.example");
        let also = [("Acme", "/desk/organisations/4"), ("Account", "/desk/people/7")];
        let names = Results {
            people: vec![named(dana.0, dana.1, dana.2, &also)],
            organisations: vec![named("/desk/organisations/4", "Acme", "", &[("Requests", "/desk/search?q=org%3A4")])],
            passages: vec![],
            ..full.clone()
        };
        vec![("full", page(full)), ("names", page(names)), ("empty", page(Results::nothing()))]
    }
}
