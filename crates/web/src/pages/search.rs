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
    /// Whose address was typed.
    pub person: Option<Result>,
    pub requests: Vec<Result>,
    pub passages: Vec<Result>,
    /// What is to be known of them: that the words are not all there, that the index is being made.
    pub notes: Vec<String>,
    /// What to say when there is nothing.
    pub empty: String,
    /// Where else to go then.
    pub instead: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub struct Result {
    pub href: String,
    pub name: String,
    /// "17, Bug report, solved, filed Fri 20 Nov".
    pub about: String,
    pub excerpt: Vec<Bit>,
}

parts!(Results);

impl Results {
    pub fn is_empty(&self) -> bool {
        self.person.is_none() && self.requests.is_empty() && self.passages.is_empty()
    }

    fn sample(base: &str) -> Self {
        let bit = |text: &str, is_hit| Bit { text: text.into(), is_hit };
        let result = |href: String, name: &str, about: &str| Result {
            href,
            name: name.into(),
            about: about.into(),
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
            person: None,
            requests: vec![
                result(
                    format!("{base}/4182"),
                    "Launches stay in “processing”",
                    "4182, Bug report, solved, Dana Whitlock",
                ),
                result(format!("{base}/4144"), LONG_SUBJECT, "4144, Support request, with us, Omar Haddad"),
            ],
            passages: vec![result("/support#bugs".into(), "Bugs and their fixes", "Support page")],
            notes: vec![],
            empty: String::new(),
            instead: vec![],
        }
    }

    fn nothing() -> Self {
        Self {
            typed: "quixotry".into(),
            person: None,
            requests: vec![],
            passages: vec![],
            notes: vec!["The search is still being built; more may be found in a minute.".into()],
            empty: "Nothing that you can see has this word. Try fewer or other words.".into(),
            instead: vec![
                ("Ask us".into(), "/requests/new".into()),
                ("Read the support page".into(), "/support".into()),
            ],
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
        let person = Result {
            href: "/desk/organisations/4".into(),
            name: "Dana Whitlock".into(),
            about: "dana@acme.example · Acme".into(),
            excerpt: vec![],
        };
        let address = Results { person: Some(person), passages: vec![], ..full.clone() };
        vec![("full", page(full)), ("address", page(address)), ("empty", page(Results::nothing()))]
    }
}
