//! Tokens with which programs come, to make, look through and revoke.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::When,
    samples::{self, Samples},
};

/// `GET /desk/tokens`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/tokens.html")]
pub struct TokensPage {
    pub frame: DeskFrame,
    /// Where programs come to.
    pub door: String,
    /// The columns that such a table may have.
    pub columns: String,
    /// The one that was made just now.
    pub made: Option<String>,
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub id: i64,
    pub name: String,
    pub permits: String,
    pub made_by: String,
    pub made: When,
    pub used: Option<When>,
    pub revoked: Option<When>,
}

impl TokensPage {
    pub fn samples() -> Samples<Self> {
        let row = |id, name: &str, used: Option<&str>, revoked: Option<&str>| Row {
            id,
            name: name.into(),
            permits: "imports licences".into(),
            made_by: "Ada Lindqvist".into(),
            made: samples::when("3 Mar 2025"),
            used: used.map(samples::when),
            revoked: revoked.map(samples::when),
        };
        let rows = vec![
            row(3, "Books, every night", Some("today 02:00"), None),
            Row { permits: "reads requests".into(), ..row(2, "The wall in the office", None, None) },
            row(1, "The old books", Some("2 Mar 2025"), Some("3 Mar 2025")),
        ];
        let page = Self {
            frame: samples::desk("Tokens of programs"),
            door: "https://help.example.com/api".into(),
            columns: "key, organisation, plan, through".into(),
            made: None,
            rows,
        };
        let made = Self {
            made: Some("firstline_0707070707070707070707070707070707070707070707070707070707070707".into()),
            ..page.clone()
        };
        let none = Self { rows: vec![], ..page.clone() };
        vec![("full", page), ("made", made), ("empty", none)]
    }
}
