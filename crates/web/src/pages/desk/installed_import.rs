//! A list of installed versions: pasted or chosen, tried, and taken.

use askama::Template;

use crate::pages::{
    desk::list_form::ListForm,
    frame::DeskFrame,
    samples::{self, Samples},
};

/// `GET /desk/installed/import`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/installed_import.html")]
pub struct InstalledImportPage {
    pub frame: DeskFrame,
    /// The columns that there are.
    pub columns: String,
    pub form: ListForm,
}

impl InstalledImportPage {
    pub fn samples() -> Samples<Self> {
        let text = "organisation,version,instance,seen\nacme.example,5.12.1,prod,2026-11-20";
        let fault = "Line 2: “20.11.2026” is no day that we can tell for sure. Write it as 2026-11-28, year first.";
        let ready = "One installation would be added, none would be changed; none is known to run what the list says.";
        let states = ListForm::samples(text, &[ready], (&text.replace("2026-11-20", "20.11.2026"), fault));
        let page = |form| Self {
            frame: samples::desk("Import installed versions"),
            columns: "organisation, licence, version, edition, instance, seen".into(),
            form,
        };
        states.map(|(name, form)| (name, page(form))).into()
    }
}
