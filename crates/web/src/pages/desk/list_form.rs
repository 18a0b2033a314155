//! The form of every list that comes in whole or not at all: pasted or chosen, tried, and taken.

use axum::http::StatusCode;

/// What such a page shows of it (`desk/import.html`).
#[derive(Clone, Debug)]
pub struct ListForm {
    /// How much can be sent here.
    pub limit: String,
    /// What was sent.
    pub text: String,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// What would come of it, where nothing is wrong.
    pub ready: Vec<String>,
}

impl ListForm {
    pub fn blank(limit: impl Into<String>) -> Self {
        Self { limit: limit.into(), text: String::new(), faults: vec![], ready: vec![] }
    }

    /// What its page is answered with.
    pub(crate) fn status(&self) -> StatusCode {
        if self.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }

    /// Its three states, for a picture of each.
    pub(crate) fn samples(text: &str, ready: &[&str], wrong: (&str, &str)) -> [(&'static str, Self); 3] {
        let blank = Self::blank("2 MiB");
        let ready = ready.iter().map(ToString::to_string).collect();
        let (wrong, fault) = wrong;
        [
            ("blank", blank.clone()),
            ("ready", Self { text: text.into(), ready, ..blank.clone() }),
            ("wrong", Self { text: wrong.into(), faults: vec![fault.into()], ..blank }),
        ]
    }
}
