//! What staff wrote to somebody because a bug affects them, with the form that answers it.

use askama::Template;

use super::{
    frame::{Frame, Place, Reader},
    html::Safe,
    parts::{Link, When},
    samples::{self, Samples},
};

/// `GET` and `POST /messages/{id}`, field `body`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/message.html")]
pub struct MessagePage {
    pub frame: Frame,
    pub number: i64,
    pub subject: String,
    pub text: Safe,
    pub at: When,
    /// The request that their answer opened.
    pub request: Option<Link>,
    /// What was typed, and what is wrong with it.
    pub body: String,
    pub fault: Option<String>,
}

impl MessagePage {
    pub fn samples() -> Samples<Self> {
        let full = Self {
            frame: samples::portal(
                "Exports in 5.12.1 lose their last line",
                Place::Elsewhere,
                Reader::Person(samples::dana()),
            ),
            number: 4,
            subject: "Exports in 5.12.1 lose their last line".into(),
            text: Safe::new("<p>Dear Dana,</p><p>please do not rely on exports of 5.12.1.</p>"),
            at: samples::when("Fri 20 Nov 16:40"),
            request: None,
            body: String::new(),
            fault: None,
        };
        let answered = Self { request: Some(Link::new("4201", "/requests/4201")), ..full.clone() };
        let wrong = Self { fault: Some("This is still empty.".into()), ..full.clone() };
        vec![("full", full), ("answered", answered), ("wrong", wrong)]
    }
}
