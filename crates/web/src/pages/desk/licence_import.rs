//! A table of licences: pasted or chosen, tried, and taken.

use askama::Template;

use crate::pages::{
    desk::list_form::ListForm,
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
    pub form: ListForm,
}

impl LicenceImportPage {
    pub fn samples() -> Samples<Self> {
        let text = "key,organisation,plan,through\nSUB-17,acme.example,hedge,2027-03-31";
        let fault =
            "Line 2: through: “31.3.2027” is no day that we can tell for sure. Write it as 2027-03-31, year first.";
        let ready = "One licence would be added, none would be changed; none says the same already.";
        let states = ListForm::samples(text, &[ready], (&text.replace("2027-03-31", "31.3.2027"), fault));
        let page = |form| Self {
            frame: samples::desk("Import licences"),
            columns: "key, organisation, plan, through".into(),
            form,
        };
        states.map(|(name, form)| (name, page(form))).into()
    }
}
