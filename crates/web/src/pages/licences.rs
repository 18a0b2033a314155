//! What the reader's organisations have paid for, and who files for them.

use askama::Template;

use super::{
    frame::{Frame, Place, Reader},
    parts::{Notice, Signal},
    samples::{self, Samples},
};

/// `GET /licences`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/licences.html")]
pub struct LicencesPage {
    pub frame: Frame,
    /// Empty for who stands alone.
    pub organisations: Vec<Of>,
}

#[derive(Clone, Debug)]
pub struct Of {
    pub name: String,
    /// What the end or the renewal changes.
    pub told: Option<Notice>,
    pub plan: Option<String>,
    pub rows: Vec<Row>,
    /// PLN-5; nothing where everybody files.
    pub contacts: Option<Contacts>,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub name: String,
    pub covers: String,
    pub stands: String,
}

#[derive(Clone, Debug)]
pub struct Contacts {
    pub number: u32,
    /// None is named yet, so every member files.
    pub is_open: bool,
    pub people: Vec<Contact>,
    /// Where one more is named, by who may and while there is room.
    pub naming: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Contact {
    pub name: String,
    pub removal: Option<String>,
}

impl LicencesPage {
    pub fn samples() -> Samples<Self> {
        let dana = || samples::portal("Licences", Place::Elsewhere, Reader::Person(samples::dana()));
        let told = Notice {
            signal: Signal::Soon,
            words: "Your licence is paid through Tuesday 31 March 2026. Nothing changes until Tuesday 14 April 2026."
                .into(),
            link: None,
        };
        let contact =
            |name: &str, removal: Option<&str>| Contact { name: name.into(), removal: removal.map(Into::into) };
        let acme = Of {
            name: "Acme Robotics".into(),
            told: Some(told),
            plan: Some("Hedge".into()),
            rows: vec![Row {
                name: "SUB-17".into(),
                covers: "Team, Hedge, cloud, 40 seats".into(),
                stands: "Paid through Tuesday 31 March 2026".into(),
            }],
            contacts: Some(Contacts {
                number: 5,
                is_open: false,
                people: vec![
                    contact("Ravi Menon", Some("/organisations/3/contacts/5/removal")),
                    contact("Dana Whitlock", None),
                ],
                naming: Some("/organisations/3/contacts".into()),
            }),
        };
        let bare = Of { told: None, plan: None, rows: vec![], contacts: None, ..acme.clone() };
        let page = |organisations| Self { frame: dana(), organisations };
        vec![("full", page(vec![acme])), ("none-known", page(vec![bare])), ("alone", page(vec![]))]
    }
}
