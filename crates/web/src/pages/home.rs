//! The portal's first page: how can we help, is somebody here, and what became of my requests.

use askama::Template;

use super::{
    banner,
    frame::{Frame, Place, Reader},
    html::Safe,
    parts::{Openness, Signal, Tag},
    releases::Newest,
    requests::{Asked, crowded_list, sample_list},
    samples::{self, LONG_SUBJECT, Samples},
    types::TypePicker,
};

/// `GET /`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/home.html")]
pub struct HomePage {
    pub frame: Frame,
    pub types: TypePicker,
    pub openness: Openness,
    pub mine: Mine,
    /// The release that is the latest.
    pub newest: Option<Newest>,
    /// How the reader's organisation stands with its licence; nothing where none is known.
    pub licence: Option<String>,
}

/// The reader's own requests, newest first, a handful.
#[derive(Clone, Debug)]
pub enum Mine {
    /// A visitor has none to show.
    Visitor,
    Requests(Vec<Asked>),
}

impl HomePage {
    pub fn samples() -> Samples<Self> {
        let page = |reader, mine, openness| Self {
            frame: samples::portal("Home", Place::Elsewhere, reader),
            types: TypePicker::sample(),
            openness,
            newest: Some(Newest {
                version: "5.12.1".into(),
                href: "/releases/5.12.1".into(),
                about: "hotfix, 19 Nov".into(),
                says: Safe::new("Sign-in with nested LDAP groups; two more fixes."),
            }),
            licence: matches!(mine, Mine::Requests(_))
                .then(|| "Acme Robotics: paid through Wednesday 31 March 2027.".into()),
            mine,
        };
        let dana = || Reader::Person(samples::dana());
        let mut long = sample_list();
        long[0].subject = LONG_SUBJECT.into();
        long[0].turn = Tag::new(Signal::Soon, "due tomorrow 09:45, in 26 working minutes");
        let mut unwritable = page(dana(), Mine::Requests(sample_list()), samples::open_now());
        unwritable.frame.banner = Some(banner::kind());
        vec![
            ("unwritable", unwritable),
            ("visitor", page(Reader::Nobody, Mine::Visitor, samples::open_now())),
            ("full", page(dana(), Mine::Requests(sample_list()), samples::open_now())),
            ("empty", page(dana(), Mine::Requests(vec![]), samples::closed_now())),
            ("crowded", page(dana(), Mine::Requests(crowded_list()), samples::open_now())),
            ("long-words", page(dana(), Mine::Requests(long), samples::closed_now())),
        ]
    }
}
