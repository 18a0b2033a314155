//! The shape of `export.json`, version 1. Names are part of it: what changes here changes docs/export.md and the number.

use std::collections::BTreeMap;

use rules::{
    access::{Grant, Role},
    entitlement::Terms,
    events::{Audience, Channel, Event, Secrecy, State, Verdict},
    ids::{AttachmentId, MessageId, OrganisationId, PersonId, Seq, TicketId},
    instant::Instant,
    keys::{DetailKey, PriorityKey, TickKey, TypeKey},
};
use serde::Serialize;

/// The version of the shape.
pub const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
pub(super) struct Export {
    pub firstline_export: u32,
    pub made_at: Instant,
    /// `customer`: what they may see themselves; `staff`: all of it, for a request for information.
    pub seen_by: &'static str,
    /// Requests that concern them and that who made this may not see (VIS-2).
    #[serde(skip_serializing_if = "is_none_left")]
    pub left_out: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<Organisation>,
    pub people: Vec<Person>,
    pub requests: Vec<Request>,
}

fn is_none_left(left_out: &usize) -> bool {
    *left_out == 0
}

#[derive(Debug, Serialize)]
pub(super) struct Organisation {
    pub number: OrganisationId,
    pub name: String,
    pub domains: Vec<String>,
    pub licences: Vec<KeptLicence>,
    /// Who files or filed for it, and for whom it does or did (ENT-4).
    pub resellers: Vec<Resale>,
}

#[derive(Debug, Serialize)]
pub(super) struct Resale {
    pub filed_for: OrganisationId,
    pub filed_by: Option<OrganisationId>,
    pub offered_to: Option<String>,
    pub offered_at: Instant,
    pub taken_at: Option<Instant>,
    pub ended_at: Option<Instant>,
}

#[derive(Debug, Serialize)]
pub(super) struct KeptLicence {
    pub key: Option<String>,
    pub product: String,
    pub edition: String,
    pub seats: Option<u32>,
    #[serde(flatten)]
    pub terms: serde_json::Value,
}

impl KeptLicence {
    pub(super) fn of(kept: store::licences::Kept) -> Self {
        let Terms { external_key, product, edition, seats, deployment, plan, kind, through } = kept.terms;
        let terms = serde_json::json!({
            "deployment": deployment, "plan": plan, "kind": kind.as_str(), "through": through,
        });
        Self { key: external_key, product, edition, seats, terms }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct Person {
    pub number: PersonId,
    pub name: String,
    pub zone: Option<String>,
    /// What their browser asked for last.
    pub language: Option<String>,
    pub since: Instant,
    pub addresses: Vec<Address>,
    pub roles: Vec<Grant>,
    pub memberships: Vec<Membership>,
    pub sessions: Vec<Session>,
    pub devices: Vec<Device>,
    pub drafts: Vec<Draft>,
}

#[derive(Debug, Serialize)]
pub(super) struct Address {
    pub address: String,
    pub proven_at: Instant,
}

#[derive(Debug, Serialize)]
pub(super) struct Membership {
    pub organisation: OrganisationId,
    pub name: String,
    pub role: Role,
    pub since: Instant,
    pub until: Option<Instant>,
}

/// A browser that is signed in; the secret that proves it is no part.
#[derive(Debug, Serialize)]
pub(super) struct Session {
    pub network: String,
    pub browser: String,
    pub since: Instant,
    pub last_seen: Instant,
}

/// A browser that shows notifications while the desk is closed; the keys and the secret address by which it is reached are
/// no part.
#[derive(Debug, Serialize)]
pub(super) struct Device {
    pub browser: String,
    pub since: Instant,
    pub last_sent: Option<Instant>,
}

#[derive(Debug, Serialize)]
pub(super) struct Draft {
    pub purpose: String,
    pub fields: BTreeMap<String, String>,
    pub saved_at: Instant,
}

#[derive(Debug, Serialize)]
pub(super) struct Request {
    pub number: TicketId,
    pub request_type: TypeKey,
    pub subject: String,
    pub requester: PersonId,
    pub organisation: Option<OrganisationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reseller: Option<OrganisationId>,
    pub secrecy: Secrecy,
    pub channel: Channel,
    pub state: State,
    pub wished: PriorityKey,
    pub decided: PriorityKey,
    pub filed_at: Instant,
    pub details: Vec<(DetailKey, String)>,
    pub ticks: Vec<TickKey>,
    pub messages: Vec<Message>,
    pub files: Vec<Attached>,
    pub happened: Vec<Happened>,
    pub ratings: Vec<Rating>,
    pub mails: Vec<Mail>,
}

#[derive(Debug, Serialize)]
pub(super) struct Message {
    pub number: MessageId,
    /// `customer`, `staff` or `machine`, with the person's number and name where it is one.
    pub author: &'static str,
    pub person: Option<PersonId>,
    pub name: Option<String>,
    pub audience: Audience,
    pub written_at: Instant,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Attached {
    pub number: AttachmentId,
    pub message: Option<MessageId>,
    pub name: String,
    pub media_type: String,
    pub bytes: i64,
    pub sha256: String,
    /// Where it lies in the archive.
    pub path: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Happened {
    pub number: Seq,
    pub at: Instant,
    pub what: Event,
    /// The words that somebody gave for it.
    pub words: Option<String>,
}

/// What somebody said after its end.
#[derive(Debug, Serialize)]
pub(super) struct Rating {
    pub person: PersonId,
    pub verdict: Verdict,
    pub words: String,
    pub at: Instant,
}

/// A mail about the request to who is exported; letters with a secret link are about none.
#[derive(Debug, Serialize)]
pub(super) struct Mail {
    pub to: String,
    pub subject: String,
    pub written_at: Instant,
    pub outcome: Option<String>,
}
