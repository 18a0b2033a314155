//! The reader's account: who they are here, and on which devices they are signed in (REG-6).

use askama::Template;

use super::{
    frame::{Frame, Here, Place, Reader},
    parts::{Link, When},
    samples::{self, Samples},
};

/// `GET /account`; `POST /account/sessions/{id}/revocation`, `POST /account/sign-out-everywhere`.
#[derive(Clone, Debug, Template)]
#[template(path = "account/account.html")]
pub struct AccountPage {
    pub frame: Frame,
    pub name: String,
    pub address: String,
    /// Whether it has to be proven once more.
    pub is_doubted: bool,
    /// Empty: the account stands alone.
    pub organisations: Vec<Link>,
    pub sessions: Vec<Session>,
    pub export: Export,
    pub invitations: Vec<Asked>,
    /// Organisations that ask the reader's to file for them (ENT-4).
    pub resales: Vec<Offer>,
}

/// `GET /proof/{token}`: the address is proven once more (REG-7).
#[derive(Clone, Debug, Template)]
#[template(path = "account/proof.html")]
pub struct ProofPage {
    pub frame: Frame,
    pub action: String,
    pub address: String,
}

impl ProofPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::portal("Confirm your address", Place::Elsewhere, Reader::Nobody),
            action: "/proof/k3Jd0".into(),
            address: "dana.whitlock-with-a-very-long-name@quality-engineering.acme-robotics.example".into(),
        };
        vec![("full", page)]
    }
}

/// An invitation to join an organisation.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: i64,
    /// The organisation's.
    pub name: String,
    /// Who asks, and as what.
    pub words: String,
}

/// Somebody's organisation is asked to file for another (ENT-4).
#[derive(Clone, Debug)]
pub struct Offer {
    pub id: i64,
    /// Of the organisation that asks.
    pub name: String,
    /// Those that the reader could take it on for.
    pub takers: Vec<(i64, String)>,
}

/// One's own data as an archive (PRV-3).
#[derive(Clone, Debug)]
pub enum Export {
    None,
    /// It is being made, since then.
    Making(When),
    /// It lies ready.
    Ready {
        id: i64,
        size: String,
        made: When,
        until: When,
    },
}

#[derive(Clone, Debug)]
pub struct Session {
    pub id: i64,
    /// "Firefox on Linux".
    pub device: String,
    /// "203.0.113.7".
    pub network: String,
    pub signed_in: When,
    pub last_seen: When,
    pub here: Here,
}

impl AccountPage {
    pub fn samples() -> Samples<Self> {
        let session = |id, device: &str, here| Session {
            id,
            device: device.into(),
            network: "203.0.113.7".into(),
            signed_in: samples::when("Mon 9 Nov 08:12"),
            last_seen: samples::when("today 12:04"),
            here,
        };
        let page = |sessions| Self {
            frame: samples::portal("Account", Place::Elsewhere, Reader::Person(samples::dana())),
            name: "Dana Whitlock".into(),
            address: "dana@acme-robotics.example".into(),
            is_doubted: false,
            organisations: vec![Link::new("Acme Robotics", "/organisations/3")],
            sessions,
            export: Export::None,
            invitations: vec![],
            resales: vec![],
        };
        let ready = Export::Ready {
            id: 4,
            size: "34 MB".into(),
            made: samples::when("today 12:04"),
            until: samples::when("Thu 3 Dec 12:04"),
        };
        let one = page(vec![session(1, "Firefox on Linux", Here::Here)]);
        let alone = Self { organisations: vec![], ..one.clone() };
        let asked = Asked {
            id: 2,
            name: "Halfmoon".into(),
            words: "leila@halfmoon.example asks you to join as a member".into(),
        };
        let offer = |takers| Offer { id: 4, name: "Halfmoon".into(), takers };
        let making = Export::Making(samples::when("today 12:04"));
        vec![
            ("making", Self { export: making, ..one.clone() }),
            ("ready", Self { export: ready, ..one.clone() }),
            (
                "invited",
                Self {
                    invitations: vec![asked],
                    resales: vec![offer(vec![(3, "Northwind Partners".into())]), offer(vec![])],
                    ..alone.clone()
                },
            ),
            ("doubted", Self { is_doubted: true, ..one.clone() }),
            ("alone", alone),
            ("one", one),
            (
                "several",
                page(vec![
                    session(1, "Firefox on Linux", Here::Here),
                    session(2, "Safari on iPhone", Here::Elsewhere),
                    session(
                        3,
                        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0",
                        Here::Elsewhere,
                    ),
                ]),
            ),
        ]
    }
}
