//! How a request went, asked after its end: on its page, and behind the links of a mail without signing in.

use askama::Template;
use rules::events::Verdict;

use super::{
    frame::{Frame, Place, Reader},
    html::parts,
    samples::{self, Samples},
};

/// `POST` to `action`, fields `verdict` and `words`.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/rating.html")]
pub struct RatingForm {
    pub action: String,
    /// What was said before.
    pub said: Option<Verdict>,
    pub words: String,
}

parts!(RatingForm);

impl RatingForm {
    pub fn is_good(&self) -> bool {
        self.said == Some(Verdict::Good)
    }

    pub fn is_bad(&self) -> bool {
        self.said == Some(Verdict::Bad)
    }

    pub(crate) fn sample() -> Self {
        Self { action: "/requests/4201/rating".into(), said: None, words: String::new() }
    }
}

/// `GET /rating/{ticket}/{person}/{signature}`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/rating.html")]
pub struct RatingPage {
    pub frame: Frame,
    pub number: i64,
    pub form: RatingForm,
    /// The answer that was clicked in the mail: a script sends it, and without one a button does.
    pub clicked: Option<String>,
}

impl RatingPage {
    pub fn samples() -> Samples<Self> {
        let full = Self {
            frame: samples::portal("How did it go?", Place::Elsewhere, Reader::Nobody),
            number: 4201,
            form: RatingForm::sample(),
            clicked: None,
        };
        let clicked = Self { clicked: Some("good".into()), ..full.clone() };
        let mut said = full.clone();
        said.form.said = Some(Verdict::Bad);
        said.form.words = "It still happens every Monday.".into();
        vec![("full", full), ("clicked", clicked), ("said", said)]
    }
}
