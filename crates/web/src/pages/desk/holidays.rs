//! Holidays of the policy: what its lists have, what may be taken into them, and own days (PLN-6).

use askama::Template;

use crate::pages::{
    form::{Choice, Chosen},
    frame::DeskFrame,
    samples::{self, Samples},
};

/// `GET` and `POST /desk/policy/holidays`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/holidays.html")]
pub struct HolidaysPage {
    pub frame: DeskFrame,
    /// What is wrong with what was sent.
    pub faults: Vec<String>,
    /// Countries and their regions.
    pub places: Vec<Choice>,
    pub from: i16,
    pub to: i16,
    /// What the rules of the place do not know.
    pub note: Option<String>,
    pub proposals: Vec<Proposal>,
    /// The lists of the policy, and a new one.
    pub lists: Vec<Choice>,
    pub new_list: String,
    pub new_name: String,
    pub calendars: Vec<Choice>,
    pub own: String,
    pub days: Vec<ListDays>,
    /// Whether the reader may have open requests follow.
    pub may_recompute: bool,
    pub limit: String,
}

/// A day that may be taken.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// "2027-05-17 Whit Monday", as it is sent.
    pub value: String,
    /// "Monday 17 May 2027".
    pub said: String,
    pub name: String,
    pub chosen: Chosen,
    /// Where it stands already.
    pub known: Option<String>,
}

/// The days of a list of the policy that have not passed.
#[derive(Clone, Debug)]
pub struct ListDays {
    pub name: String,
    /// As it is sent, said, and its name.
    pub days: Vec<(String, String, String)>,
}

impl HolidaysPage {
    pub fn samples() -> Samples<Self> {
        let proposal = |value: &str, said: &str, known: Option<&str>| Proposal {
            value: value.into(),
            said: said.into(),
            name: value[11..].into(),
            chosen: if known.is_some() { Chosen::No } else { Chosen::Yes },
            known: known.map(str::to_owned),
        };
        let page = Self {
            frame: samples::desk("Holidays"),
            faults: vec![],
            places: vec![Choice::new("de", "Germany"), Choice::new("de/by", "Germany: Bavaria").chosen()],
            from: 2027,
            to: 2027,
            note: None,
            proposals: vec![
                proposal("2027-01-01 New Year's Day", "Friday 1 January 2027", Some("Public holidays of Bavaria")),
                proposal("2027-05-17 Whit Monday", "Monday 17 May 2027", None),
            ],
            lists: vec![Choice::new("bavaria", "Public holidays of Bavaria").chosen(), Choice::new("", "A new list")],
            new_list: String::new(),
            new_name: String::new(),
            calendars: vec![Choice::new("landshut", "Support desk").chosen()],
            own: "2026-12-24 Christmas Eve".into(),
            days: vec![ListDays {
                name: "Public holidays of Bavaria".into(),
                days: vec![("bavaria 2027-01-01".into(), "Friday 1 January 2027".into(), "New Year's Day".into())],
            }],
            may_recompute: true,
            limit: "2 MiB".into(),
        };
        let blank = Self { proposals: vec![], own: String::new(), ..page.clone() };
        let wrong = Self {
            faults: vec!["Line 4: This event has a time of day. Only whole days can be holidays.".into()],
            ..page.clone()
        };
        vec![("blank", blank), ("proposed", page), ("wrong", wrong)]
    }
}
