//! Lists of requests for customers: one's own, and the organisation's where one may see them.

use askama::Template;

use super::{
    frame::{Frame, Here, Place, Reader},
    html::{Safe, parts},
    parts::{Pages, Signal, Tag, When},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /requests`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/requests.html")]
pub struct RequestsPage {
    pub frame: Frame,
    /// "Mine", and the organisation's where the reader may see it; no tabs for a single one.
    pub lists: Vec<List>,
    pub requests: Vec<Asked>,
    pub pages: Pages,
    /// Why the colleagues' requests are not here, and how to get them (VIS-1).
    pub colleagues: Option<Colleagues>,
}

#[derive(Clone, Debug)]
pub struct List {
    pub name: String,
    pub href: String,
    pub here: Here,
}

/// A request in a customer's list.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/asked.html")]
pub struct Asked {
    pub number: i64,
    pub subject: String,
    /// "Bug report".
    pub kind: String,
    /// Who filed it, in an organisation's list.
    pub requester: Option<String>,
    /// For whom it was filed, where the reader belongs to several organisations.
    pub organisation: Option<String>,
    /// "Waiting for you".
    pub state: String,
    pub filed: When,
    /// The few pixels of `words::strip`, while a clock runs.
    pub strip: Option<Safe>,
    /// "due Tue 14:40", "answered in 2 h 10", "your turn since 3 h".
    pub turn: Tag,
}

parts!(Asked);

/// Why colleagues' requests are not here, and the organisations for which they can be asked for.
#[derive(Clone, Debug)]
pub struct Colleagues {
    pub why: String,
    pub asks: Vec<(i64, String)>,
}

impl RequestsPage {
    pub fn samples() -> Samples<Self> {
        let page = |requests| Self {
            frame: samples::portal("My requests", Place::MyRequests, Reader::Person(samples::dana())),
            lists: vec![
                List { name: "Mine".into(), href: "/requests".into(), here: Here::Here },
                List { name: "Acme Robotics".into(), href: "/requests?of=organisation".into(), here: Here::Elsewhere },
            ],
            requests,
            pages: Pages::default(),
            colleagues: None,
        };
        let mut crowded = page(crowded_list());
        crowded.pages.older = Some("/requests?before=4101".into());
        let mut empty = page(vec![]);
        empty.lists.clear();
        empty.colleagues = Some(Colleagues {
            why: "You see the requests that you filed. To see those of your colleagues, file a support request of low priority and ask for it.".into(),
            asks: vec![(3, "Acme Robotics".into())],
        });
        vec![("full", page(sample_list())), ("crowded", crowded), ("empty", empty)]
    }
}

pub(crate) fn sample_list() -> Vec<Asked> {
    let asked = |number, subject: &str, kind: &str, state: &str, strip, turn| Asked {
        number,
        subject: subject.into(),
        kind: kind.into(),
        requester: None,
        organisation: None,
        state: state.into(),
        filed: samples::when("Fri 20 Nov 16:40"),
        strip,
        turn,
    };
    vec![
        asked(
            4201,
            "Attachments of skipped tests vanish from the report",
            "Bug report",
            "With us",
            Some(samples::bar(67, Signal::Plain)),
            Tag::new(Signal::Plain, "due Tue 14:40"),
        ),
        asked(
            4188,
            "Which ports must be open between runner and server?",
            "Question",
            "Ines asked you something",
            None,
            Tag::new(Signal::Waiting, "your turn since 3 h"),
        ),
        asked(
            4144,
            "Screenshots gone after closing",
            "Support request",
            "Solved",
            None,
            Tag::new(Signal::Done, "answered in 2 h 10"),
        ),
    ]
}

pub(crate) fn crowded_list() -> Vec<Asked> {
    let mut list: Vec<Asked> = sample_list().into_iter().cycle().take(40).collect();
    for (asked, number) in list.iter_mut().zip(4101..) {
        asked.number = number;
    }
    list[3].subject = LONG_SUBJECT.into();
    list[4].strip = Some(samples::bar(100, Signal::Late));
    list[4].turn = Tag::new(Signal::Late, "48 min late");
    list
}
