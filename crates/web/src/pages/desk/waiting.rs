//! People who wait to be let in (REG-3).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::When,
    samples::{self, Samples},
};

/// `GET /desk/people/waiting`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/waiting.html")]
pub struct WaitingPage {
    pub frame: DeskFrame,
    pub rows: Vec<WaitingRow>,
    /// Whether the reader lets people in.
    pub acts: bool,
}

#[derive(Clone, Debug)]
pub struct WaitingRow {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub since: When,
    /// When they were turned away, and why.
    pub turned_away: Option<(When, String)>,
}

impl WaitingPage {
    pub fn samples() -> Samples<Self> {
        let row = |id, name: &str, address: &str, turned_away| WaitingRow {
            id,
            name: name.into(),
            address: address.into(),
            since: samples::when("Mon 09:12"),
            turned_away,
        };
        let full = Self {
            frame: samples::desk("People who wait"),
            rows: vec![
                row(41, "Mila Novak", "mila.novak@gmail.example", None),
                row(
                    40,
                    "Otto Lind",
                    "otto@freemail.example",
                    Some((
                        samples::when("Tue 11:40"),
                        "We know no company behind this address. Please use your work address.".into(),
                    )),
                ),
            ],
            acts: true,
        };
        let none = Self { rows: vec![], ..full.clone() };
        vec![("two", full), ("none", none)]
    }
}
