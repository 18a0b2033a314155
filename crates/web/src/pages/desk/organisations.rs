//! Organisations: the list, and one with its people, domains, licences and what they see of each other's requests.

use askama::Template;

use super::merge::{ElsewhereRow, EndedRow};
use crate::pages::{
    form::{Amiss, Choice},
    frame::DeskFrame,
    organisation::InvitationsPart,
    parts::{Link, Signal, Tag, When},
    resale::ResalePart,
    samples::{self, Samples},
};

/// `GET /desk/organisations`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/organisations.html")]
pub struct OrganisationsPage {
    pub frame: DeskFrame,
    /// What was looked for.
    pub typed: String,
    /// All, and those that wait for a look.
    pub tabs: Vec<(Link, Here)>,
    pub rows: Vec<Row>,
    pub more: Option<String>,
    /// Whether the reader may bring licences in.
    pub imports: bool,
    /// How many people wait to be let in (REG-3).
    pub waiting: usize,
}

/// Whether a tab is the one that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    Here,
    Elsewhere,
}

impl Here {
    pub fn is_here(&self) -> bool {
        *self == Self::Here
    }
}

#[derive(Clone, Debug)]
pub struct Row {
    pub link: Link,
    pub confirmed: Tag,
    /// What its people see of each other's requests.
    pub sees: String,
}

/// `GET /desk/organisations/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/organisation.html")]
pub struct OrganisationPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub name: String,
    pub confirmed: Tag,
    /// What the reader may set; `None` for who only reads.
    pub acts: Option<Acts>,
    pub sees: String,
    /// Each as it is kept and as it is shown.
    pub domains: Part<(String, String)>,
    /// What was looked for among the domains.
    pub find: String,
    pub licences: Part<LicenceRow>,
    /// For who may ask somebody to join.
    pub invitations: Option<InvitationsPart>,
    pub invites_others: bool,
    /// PLN-5: who files, where the plan names contacts.
    pub contacts: Option<String>,
    pub members: Vec<MemberRow>,
    pub more: Option<String>,
    pub resale: ResalePart,
    /// Those that ended in it (VIS-4).
    pub ended: Vec<EndedRow>,
    /// Who joined another while it was merged into that one.
    pub elsewhere: Vec<ElsewhereRow>,
    /// A form of it that was refused.
    pub amiss: Amiss,
}

/// A page of a list on the page.
#[derive(Clone, Debug)]
pub struct Part<T> {
    pub rows: Vec<T>,
    /// "20 of 500", where the rows are not all.
    pub said: Option<String>,
    /// The next page.
    pub more: Option<String>,
}

impl<T> Part<T> {
    /// Everything there is.
    pub fn whole(rows: Vec<T>) -> Self {
        Self { rows, said: None, more: None }
    }
}

/// What staff set of an organisation.
#[derive(Clone, Debug)]
pub struct Acts {
    pub confirms: bool,
    /// Empty while it is unconfirmed.
    pub sharing: Vec<Choice>,
    /// The regions of the policy; empty where it has none (PLN-3).
    pub regions: Vec<Choice>,
    /// Where it runs the product: editions and instances; empty where the policy names none (BUG-4).
    pub editions: Vec<Choice>,
    pub instances: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct LicenceRow {
    /// How it is called, and its page.
    pub link: Link,
    pub what: String,
    pub stands: Tag,
}

#[derive(Clone, Debug)]
pub struct MemberRow {
    pub id: i64,
    pub name: String,
    pub address: String,
    pub role: String,
    pub roles: Vec<Choice>,
    pub since: When,
}

impl OrganisationsPage {
    pub fn samples() -> Samples<Self> {
        let tabs = vec![
            (Link::new("All", "/desk/organisations"), Here::Here),
            (Link::new("Waiting for a look", "/desk/organisations?only=unconfirmed"), Here::Elsewhere),
        ];
        let row = |name: &str, confirmed| Row {
            link: Link::new(name, "/desk/organisations/3"),
            confirmed,
            sees: "each their own".into(),
        };
        let rows = vec![
            row("Acme Robotics", Tag::new(Signal::Done, "confirmed")),
            row("Halfmoon", Tag::new(Signal::Soon, "waits for a look")),
        ];
        let page = |typed: &str, rows, more| Self {
            frame: samples::desk("Organisations"),
            typed: typed.into(),
            tabs: tabs.clone(),
            rows,
            more,
            imports: true,
            waiting: 2,
        };
        vec![
            ("full", page("", rows, Some("/desk/organisations?after=Halfmoon".into()))),
            ("nothing", page("zzz", vec![], None)),
        ]
    }
}

impl MemberRow {
    fn sample(id: i64, name: &str, address: &str) -> Self {
        Self {
            id,
            name: name.into(),
            address: address.into(),
            role: "manager".into(),
            roles: vec![Choice::new("member", "Member"), Choice::new("manager", "Manager").chosen()],
            since: samples::when("3 Mar 2025"),
        }
    }
}

impl OrganisationPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Acme Robotics"),
            number: 3,
            name: "Acme Robotics".into(),
            confirmed: Tag::new(Signal::Done, "confirmed"),
            acts: Some(Acts {
                confirms: false,
                sharing: vec![
                    Choice::new("own", "Each their own").chosen(),
                    Choice::new("everyone", "Everyone sees all"),
                ],
                regions: vec![Choice::new("", "No region").chosen(), Choice::new("emea", "Europe and Africa")],
                editions: vec![],
                instances: vec![Choice::new("", "Not known"), Choice::new("eu1", "eu1").chosen()],
            }),
            sees: "each their own".into(),
            domains: Part::whole(vec![("acme.example".into(), "acme.example".into())]),
            find: String::new(),
            licences: Part::whole(vec![LicenceRow {
                link: Link::new("L-17", "/desk/organisations/3/licences/7"),
                what: "Enterprise, server".into(),
                stands: Tag::new(Signal::Plain, "paid through 5 January 2027"),
            }]),
            invitations: Some(InvitationsPart::sample("/desk/organisations/3")),
            resale: ResalePart::sample("/desk/organisations/3"),
            invites_others: false,
            contacts: Some("The plan has 2 named contacts. Dana Whitlock and Ravi Menon file.".into()),
            members: vec![
                MemberRow::sample(4, "Dana Whitlock", "dana@acme.example"),
                MemberRow::sample(5, "Ravi Menon", "ravi@acme.example"),
            ],
            more: Some("/desk/organisations/3?after=5".into()),
            ended: vec![EndedRow::sample()],
            elsewhere: vec![ElsewhereRow::sample()],
            amiss: Amiss::default(),
        };
        let waits = Self {
            confirmed: Tag::new(Signal::Soon, "waits for a look"),
            acts: Some(Acts { confirms: true, sharing: vec![], regions: vec![], editions: vec![], instances: vec![] }),
            licences: Part::whole(vec![]),
            contacts: None,
            domains: Part::whole(vec![]),
            members: vec![],
            more: None,
            ended: vec![],
            elsewhere: vec![],
            ..page.clone()
        };
        let amiss = Amiss {
            at: "domain".into(),
            typed: "gmail.com".into(),
            words: "gmail.com belongs to everybody who has a mailbox there.".into(),
        };
        vec![
            ("full", page.clone()),
            ("amiss", Self { amiss, ..page.clone() }),
            ("many", page.clone().of_many()),
            ("unconfirmed", waits),
            ("reads", Self { acts: None, invitations: None, ..page }),
        ]
    }

    /// With more entries than a page holds.
    fn of_many(self) -> Self {
        Self {
            domains: Part {
                rows: vec![
                    ("acme.example".into(), "acme.example".into()),
                    ("xn--bcher-kva.example".into(), "bücher.example (xn--bcher-kva.example)".into()),
                ],
                said: Some("2 of 500".into()),
                more: Some("/desk/organisations/3?find=acme&domains_after=xn--bcher-kva.example#domains".into()),
            },
            find: "acme".into(),
            licences: Part {
                said: Some("1 of 200".into()),
                more: Some("/desk/organisations/3?licences_after=7#licences".into()),
                ..self.licences
            },
            ..self
        }
    }
}
