//! Who files for an organisation and for whom it files (ENT-4), as a part of its pages.

use askama::Template;

use super::{form::Amiss, html::parts, parts::When, samples};

#[derive(Clone, Debug, Template)]
#[template(path = "parts/resale.html")]
pub struct ResalePart {
    /// The page that it stands on.
    pub base: String,
    pub what: String,
    /// Who files for it, and for whom it files.
    pub lists: [ResaleList; 2],
    /// Whether the reader may change it.
    pub acts: bool,
    /// What is asked for, and the button.
    pub asks: String,
    pub does: String,
    pub amiss: Amiss,
}

#[derive(Clone, Debug)]
pub struct ResaleList {
    pub title: String,
    pub rows: Vec<ResaleRow>,
}

#[derive(Clone, Debug)]
pub struct ResaleRow {
    pub id: i64,
    pub with: String,
    /// "since", "offered".
    pub stands: String,
    pub since: When,
    /// Of an offer.
    pub until: Option<When>,
    /// "End", "Withdraw".
    pub end: String,
}

parts!(ResalePart);

impl ResalePart {
    pub(crate) fn sample(base: &str) -> Self {
        let row = |id, with: &str, until: Option<&str>| ResaleRow {
            id,
            with: with.into(),
            stands: if until.is_some() { "offered" } else { "since" }.into(),
            since: samples::when("3 Mar 2025"),
            until: until.map(samples::when),
            end: if until.is_some() { "Withdraw" } else { "End" }.into(),
        };
        Self {
            base: base.into(),
            what: "A reseller files requests for an organisation that lets it: that one’s licence counts, and both see them.".into(),
            lists: [
                ResaleList {
                    title: "File for it".into(),
                    rows: vec![row(1, "Northwind Partners", None), row(2, "kim@resell.example", Some("2 Apr 2025"))],
                },
                ResaleList { title: "It files for".into(), rows: vec![] },
            ],
            acts: true,
            asks: "Address of a manager at your reseller".into(),
            does: "Ask them".into(),
            amiss: Amiss::default(),
        }
    }
}
