//! What a request's type asks for and the request does not have: after a conversion, or when staff filed it (REQ-8).

use std::collections::{BTreeMap, BTreeSet};

use rules::{
    events::{Channel, Event, TicketEvent},
    keys::{DetailKey, TickKey},
    policy::{Detail, Policy, Text, When},
    refusal::Fault,
};
use store::{attachments::Attachment, tickets::Ticket};

use super::{
    Shown,
    form::{Filled, check_form},
};
use crate::{Desk, Result};

/// What is asked for and not there, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacks {
    pub details: Vec<DetailKey>,
    pub ticks: Vec<TickKey>,
}

impl Lacks {
    pub fn is_empty(&self) -> bool {
        self.details.is_empty() && self.ticks.is_empty()
    }

    /// What a page or a mail calls the details. Ticks say "I have", so they are only counted.
    pub fn labels<'a>(&self, policy: &'a Policy) -> impl Iterator<Item = &'a Text> {
        self.details.iter().filter_map(|key| Some(&policy.details.get(key)?.label))
    }
}

/// What a request lacks of what its type asks for in the policy now in force. One that is over lacks nothing.
pub async fn lacks(desk: &Desk, ticket: &Ticket) -> Result<Lacks> {
    if ticket.state.is_over() {
        return Ok(Lacks::default());
    }
    let conn = desk.store.read();
    let (details, ticks, files) = futures_util::future::try_join3(
        store::tickets::details(conn, ticket.id),
        store::tickets::ticks(conn, ticket.id),
        store::attachments::of_ticket(conn, ticket.id),
    )
    .await?;
    Ok(lacking(desk.policy().await?.policy(), ticket, &filled(ticket, details, ticks, &files)))
}

/// The same for a request that a page shows. What the portal's form let through holds all that was asked of it then; it is
/// asked for more only when its type became another (POL-3).
pub fn lacks_of(policy: &Policy, shown: &Shown) -> Lacks {
    let ticket = &shown.ticket;
    let is_complete = shown.happened.iter().any(|it| match &it.entry.event {
        Event::Ticket(_, TicketEvent::Opened(opened)) => {
            opened.channel == Channel::Portal && opened.request_type == ticket.request_type
        }
        _ => false,
    });
    if is_complete || ticket.state.is_over() {
        return Lacks::default();
    }
    lacking(policy, ticket, &filled(ticket, shown.details.clone(), shown.ticks.clone(), &shown.files))
}

/// The details of its type that a request does not have, required or not, in the order of the form; without those that
/// what was chosen before rules out (PLN-4).
pub fn open_details<'a>(policy: &'a Policy, shown: &Shown) -> Vec<(&'a DetailKey, &'a Detail)> {
    let (ticket, files) = (&shown.ticket, files_of(&shown.files));
    let held = filled(ticket, shown.details.clone(), vec![], &[]);
    let (deployment, area) = held.chosen(policy, &ticket.request_type);
    let is_ruled_out = |when: &When| {
        let deployment =
            deployment.as_ref().is_some_and(|it| !when.deployment.is_empty() && !when.deployment.contains(it));
        deployment || area.as_ref().is_some_and(|it| !when.area.is_empty() && !when.area.contains(it))
    };
    let form = policy.form_of(&ticket.request_type).into_iter();
    let is_open = |key: &DetailKey| held.details.get(key).is_none_or(|it| it.trim().is_empty()) && !files.contains(key);
    form.filter(|(key, detail)| is_open(key) && !detail.when.as_ref().is_some_and(is_ruled_out)).collect()
}

/// What the form of the request's type holds by now.
pub(super) fn filled(
    ticket: &Ticket,
    details: Vec<(DetailKey, String)>,
    ticks: Vec<TickKey>,
    files: &[Attachment],
) -> Filled {
    Filled {
        subject: ticket.subject.clone(),
        details: details.into_iter().collect(),
        ticks: ticks.into_iter().collect(),
        files: files_of(files),
        refused: BTreeMap::new(),
        wish: None,
        brings_log: false,
    }
}

/// PLN-4: whether a request may have a priority, by what its details say.
pub(super) async fn may_be(
    scribe: &crate::scribe::Scribe<'_>,
    policy: &Policy,
    (ticket, priority): (&Ticket, &rules::keys::PriorityKey),
) -> Result<()> {
    let details = store::tickets::details(&scribe.tx, ticket.id).await?.into_iter().collect();
    let request_type = &ticket.request_type;
    let is_barred = policy.choosing(request_type, &details, |it| policy.barred(request_type, priority, it).is_some());
    if !is_barred {
        return Ok(());
    }
    let (request_type, priority) = (request_type.clone(), priority.clone());
    Err(rules::refusal::Refusal::PriorityBarred { request_type, priority }.into())
}

/// The details for which files are there.
pub(super) fn files_of(files: &[Attachment]) -> BTreeSet<DetailKey> {
    files.iter().filter_map(|file| file.field.strip_prefix("detail.")).map(DetailKey::from).collect()
}

fn lacking(policy: &Policy, ticket: &Ticket, filled: &Filled) -> Lacks {
    let mut lacks = Lacks::default();
    for found in check_form(policy, (&ticket.request_type, ticket.plan.as_ref()), filled) {
        match found.fault {
            Fault::DetailMissing { detail } => lacks.details.push(detail),
            Fault::NotTicked { tick } => lacks.ticks.push(tick),
            // What was filed once stands as it is.
            _ => {}
        }
    }
    lacks
}
