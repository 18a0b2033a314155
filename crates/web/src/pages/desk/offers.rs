//! What may stand where somebody types a question, as the desk's script shows it under the field.

use askama::Template;

use crate::pages::samples::Samples;

/// `GET /desk/search/offers`, a fragment.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/offers.html")]
pub struct OffersPart {
    pub offers: Vec<Offered>,
}

#[derive(Clone, Debug)]
pub struct Offered {
    /// What is offered.
    pub text: String,
    /// What the policy calls it.
    pub name: Option<String>,
    /// The field's text with it, and where the cursor stands then, in UTF-16 units.
    pub whole: String,
    pub cursor: usize,
}

impl OffersPart {
    pub fn samples() -> Samples<Self> {
        let offer = |text: &str, name: Option<&str>| Offered {
            text: text.into(),
            name: name.map(str::to_owned),
            whole: format!("turn:ours type:{text} "),
            cursor: 20,
        };
        let offers = vec![offer("bug", Some("Bug report")), offer("question", Some("Question"))];
        vec![("full", Self { offers }), ("empty", Self { offers: vec![] })]
    }
}
