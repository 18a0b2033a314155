//! Dana of Acme, her requests, and instants to tell them by.

use rules::{
    entitlement::{Kind, Terms},
    events::{Channel, Secrecy},
    ids::{OrganisationId, PersonId, PolicyVersionId, TicketId},
    instant::Instant,
    keys::{PriorityKey, TypeKey},
};
use store::{
    Tx,
    licences::Said,
    people,
    policy::{self, NewVersion},
    tickets::{self, NewTicket},
};

/// Minutes after a Friday in November.
pub(crate) fn minute(minutes: i64) -> Instant {
    let friday: Instant = "2026-11-20T08:00:00Z".parse().unwrap();
    Instant::from_micros(friday.micros() + minutes * 60_000_000).unwrap()
}

pub(crate) async fn person(tx: &Tx, name: &str) -> PersonId {
    people::insert(tx, name, minute(0)).await.unwrap()
}

pub(crate) async fn terms(tx: &Tx) -> PolicyVersionId {
    let new = NewVersion {
        source: "[product]",
        compiled: "{}",
        hash: "1f",
        applied_by: None,
        applied_at: minute(0),
        from: minute(0),
    };
    policy::insert(tx, new).await.unwrap()
}

/// What is told of a request; the rest is alike.
#[derive(Clone, Copy)]
pub(crate) struct Filing {
    pub(crate) requester: PersonId,
    pub(crate) organisation: Option<OrganisationId>,
    pub(crate) reseller: Option<OrganisationId>,
    pub(crate) secrecy: Secrecy,
    pub(crate) filed_at: Instant,
    pub(crate) terms: PolicyVersionId,
}

pub(crate) async fn file(tx: &Tx, filing: Filing) -> TicketId {
    file_about(tx, filing, "Launches do not close").await
}

pub(crate) async fn file_about(tx: &Tx, filing: Filing, subject: &str) -> TicketId {
    let new = NewTicket {
        request_type: &TypeKey::new("bug"),
        subject,
        requester: filing.requester,
        organisation: filing.organisation,
        reseller: filing.reseller,
        product: "testops",
        channel: Channel::Portal,
        parent: None,
        wish: &PriorityKey::new("high"),
        priority: &PriorityKey::new("medium"),
        plan: None,
        terms: filing.terms,
        secrecy: filing.secrecy,
        filed_at: filing.filed_at,
        sent_form: None,
    };
    tickets::insert(tx, &new).await.unwrap()
}

/// An open request of Dana's, and Dana.
pub(crate) async fn danas_request(tx: &Tx) -> (TicketId, PersonId) {
    let requester = person(tx, "Dana").await;
    let terms = terms(tx).await;
    let filing =
        Filing { requester, organisation: None, reseller: None, secrecy: Secrecy::Open, filed_at: minute(1), terms };
    (file(tx, filing).await, requester)
}

/// A paid licence without an end.
pub(crate) fn licence() -> Terms {
    Terms {
        external_key: None,
        product: "Relay".to_owned(),
        edition: String::new(),
        deployment: None,
        plan: None,
        kind: Kind::Paid,
        seats: None,
        through: None,
    }
}

/// Said by nobody whom we know.
pub(crate) fn said() -> Said {
    Said { by: None, token: None, now: minute(0) }
}
