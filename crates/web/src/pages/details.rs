//! What a request's type asks for and the request does not have, as a form (REQ-8).

use askama::Template;

use super::{
    form::{Chosen, Control, FaultLine, Field, Need, Tick, Wrong, id_of},
    frame::{Frame, Place, Reader},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /requests/{id}/details`; `POST` to the same address gives them.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/details.html")]
pub struct DetailsPage {
    pub frame: Frame,
    pub number: i64,
    pub subject: String,
    /// What the type is for, which it has now.
    pub why: String,
    pub draft: Option<i64>,
    /// As what the draft is known to this page.
    pub seen: String,
    pub saved: Option<String>,
    pub fields: Vec<Field>,
    pub ticks: Vec<Tick>,
}

impl DetailsPage {
    pub fn faults(&self) -> Vec<FaultLine> {
        let ticks = self
            .ticks
            .iter()
            .filter_map(|tick| tick.fault.as_ref().map(|wrong| FaultLine::new(&id_of(&tick.name), &tick.words, wrong)));
        self.fields.iter().filter_map(Field::fault_line).chain(ticks).collect()
    }

    pub fn samples() -> Samples<Self> {
        let text = |name: &str, label: &str, why: &str| Field {
            why: Some(why.into()),
            ..Field::new(name, label, Control::Text { value: String::new() })
        };
        let full = Self {
            frame: samples::portal("Details for 4201", Place::MyRequests, Reader::Person(samples::dana())),
            number: 4201,
            subject: "Attachments of skipped tests vanish from the report".into(),
            why: "It is a support request now. For one of these we need a little more.".into(),
            draft: Some(5),
            seen: "5eed".into(),
            saved: None,
            fields: vec![
                text("detail.effect", "Symptoms and effect", "What happens, and whom it keeps from what."),
                Field {
                    need: Need::Optional,
                    ..text("detail.changes", "What changed before", "Upgrades, settings, the network.")
                },
            ],
            ticks: vec![Tick {
                name: "tick.docs_read".into(),
                words: "I looked into the documentation and the articles.".into(),
                chosen: Chosen::No,
                fault: None,
            }],
        };
        let mut wrong = full.clone();
        wrong.subject = LONG_SUBJECT.into();
        wrong.fields[0].fault = Some(Wrong::new("This is still empty.", "still empty"));
        vec![("full", full), ("wrong", wrong)]
    }
}
