//! A table of licences: pasted or chosen, tried, and taken.

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    samples::{self, Samples},
};

/// `GET /desk/licences/import`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/licence_import.html")]
pub struct LicenceImportPage {
    pub frame: DeskFrame,
    /// The columns that there are.
    pub columns: String,
    /// How much can be sent here.
    pub limit: String,
    /// What was sent.
    pub text: String,
    /// What is wrong with it, by line.
    pub faults: Vec<String>,
    /// What would come of it, where nothing is wrong.
    pub ready: Option<String>,
}

impl LicenceImportPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Import licences"),
            columns: "key, organisation, plan, through".into(),
            limit: "2 MiB".into(),
            text: String::new(),
            faults: vec![],
            ready: None,
        };
        let text = "key,organisation,plan,through\nSUB-17,acme.example,hedge,2027-03-31";
        let ready = Self {
            text: text.into(),
            ready: Some("One licence would be added, none would be changed; none says the same already.".into()),
            ..page.clone()
        };
        let wrong = Self {
            text: text.replace("2027-03-31", "31.3.2027"),
            faults: vec![
                "Line 2: through: “31.3.2027” is no day that we can tell for sure. Write it as 2027-03-31, year first."
                    .into(),
            ],
            ..page.clone()
        };
        vec![("blank", page), ("ready", ready), ("wrong", wrong)]
    }
}
