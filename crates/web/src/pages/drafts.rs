//! What the reader began and did not send.

use askama::Template;

use super::{
    frame::{Frame, Place, Reader},
    parts::When,
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /drafts`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/drafts.html")]
pub struct DraftsPage {
    pub frame: Frame,
    pub drafts: Vec<DraftLine>,
}

#[derive(Clone, Debug)]
pub struct DraftLine {
    /// `/drafts/{id}` for a new request, the request's page for a reply.
    pub href: String,
    /// Where a press of "Throw away" goes: `POST /drafts/{id}` with `do=discard`.
    pub discard: String,
    /// The subject, or the beginning of the text.
    pub title: String,
    /// "Bug report", "Reply to 4201".
    pub about: String,
    pub saved: When,
}

impl DraftsPage {
    pub fn samples() -> Samples<Self> {
        let line = |id: i64, title: &str, about: &str| DraftLine {
            href: format!("/drafts/{id}"),
            discard: format!("/drafts/{id}"),
            title: title.into(),
            about: about.into(),
            saved: samples::when("today 12:04"),
        };
        let page = |drafts| Self {
            frame: samples::portal("Drafts", Place::Elsewhere, Reader::Person(samples::dana())),
            drafts,
        };
        vec![
            (
                "full",
                page(vec![
                    line(5, "Attachments of skipped tests vanish", "Bug report"),
                    line(6, LONG_SUBJECT, "Reply to 4188"),
                ]),
            ),
            ("empty", page(vec![])),
        ]
    }
}
