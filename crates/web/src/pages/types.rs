//! Choosing a type of request: on the home page and at `/requests/new`. The texts are the policy's.

use askama::Template;

use super::{
    frame::{Frame, Place, Reader},
    html::parts,
    parts::Openness,
    samples::{self, Samples},
};

/// `GET /requests/new`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/types.html")]
pub struct TypesPage {
    pub frame: Frame,
    pub types: TypePicker,
    pub openness: Openness,
    /// The page for moving from another system, where the policy speaks of it.
    pub moving: Option<String>,
}

/// The types that the reader may file, in the policy's order.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/type_picker.html")]
pub struct TypePicker {
    pub types: Vec<TypeChoice>,
}

#[derive(Clone, Debug)]
pub struct TypeChoice {
    /// The last part of `/requests/new/{type}`.
    pub key: String,
    /// In the reader's words: "Something contradicts the documentation".
    pub wish: String,
    /// One line on what happens next.
    pub next: String,
}

parts!(TypePicker);

impl TypesPage {
    pub fn samples() -> Samples<Self> {
        let page = |reader| Self {
            frame: samples::portal("What do you need?", Place::Ask, reader),
            types: TypePicker::sample(),
            openness: samples::closed_now(),
            moving: Some("/migrate".into()),
        };
        vec![("full", page(Reader::Person(samples::dana()))), ("visitor", page(Reader::Nobody))]
    }
}

impl TypePicker {
    pub(crate) fn sample() -> Self {
        let types = [
            ("question", "I have a question", "One answer settles it"),
            ("support", "Something doesn’t work for us", "We look into it together"),
            ("bug", "Something contradicts the documentation", "A bug, in the latest release"),
            ("feature", "I wish it could …", "A suggestion; no promise, no deadline"),
            ("security", "I found a security problem", "Always urgent, seen by few"),
            ("migration", "We come from another system", "Move your test cases"),
        ];
        Self {
            types: types
                .map(|(key, wish, next)| TypeChoice { key: key.into(), wish: wish.into(), next: next.into() })
                .into(),
        }
    }
}
