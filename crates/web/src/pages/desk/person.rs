//! Somebody's account as administrators see it, and what came of an erasure (PRV-1, PRV-3).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Link, When},
    samples::{self, Samples},
};

/// `GET /desk/people/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/person.html")]
pub struct PersonPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub title: String,
    pub name: String,
    pub since: When,
    pub addresses: Vec<String>,
    pub organisations: Vec<Link>,
    pub roles: String,
    pub requests: String,
    pub sessions: String,
    /// What has to be typed to erase them.
    pub expected: String,
    /// When they were erased.
    pub erased: Option<When>,
}

/// `GET /desk/organisations/{id}/data`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/erasure.html")]
pub struct OrganisationDataPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub name: String,
    /// "17 requests".
    pub requests: String,
    /// "4 people, former ones too".
    pub people: String,
}

/// What came of an erasure: the list by which it proves itself.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/erased.html")]
pub struct ErasedPage {
    pub frame: DeskFrame,
    pub title: String,
    pub said: String,
    pub places: Vec<(String, u64)>,
}

impl PersonPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Dana Whitlock"),
            number: 4,
            title: "Dana Whitlock".into(),
            name: "Dana Whitlock".into(),
            since: samples::when("3 Mar 2025"),
            addresses: vec!["dana@acme-robotics.example".into()],
            organisations: vec![Link::new("Acme Robotics", "/desk/organisations/3")],
            roles: "none: a customer".into(),
            requests: "17".into(),
            sessions: "2 browsers".into(),
            expected: "dana@acme-robotics.example".into(),
            erased: None,
        };
        let erased = Self {
            frame: samples::desk("Person 4"),
            title: "Person 4".into(),
            erased: Some(samples::when("today 12:04")),
            ..page.clone()
        };
        vec![("full", page), ("erased", erased)]
    }
}

impl OrganisationDataPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Data of Acme Robotics"),
            number: 3,
            name: "Acme Robotics".into(),
            requests: "17 requests".into(),
            people: "4 people, former ones too".into(),
        };
        vec![("full", page)]
    }
}

impl ErasedPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Erased"),
            title: "Organisation 3 is erased".into(),
            said: "2 of its people are erased with it.".into(),
            places: vec![("mails".into(), 12), ("messages".into(), 41), ("advisories".into(), 0)],
        };
        vec![("full", page)]
    }
}
