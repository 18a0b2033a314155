//! Which requests of the same organisation look like one (REQ-11): they share at least two of its rarest words, and
//! one in both subjects. For staff,
//! who may merge or link them. What is confidential or a security report never looks like anything (VIS-2).

use rules::{
    access::Action,
    events::Secrecy,
    ids::{OrganisationId, TicketId},
    policy::{DetailKind, Policy},
    search::Typed,
};
use store::{
    search::{Breadth, WantedOf},
    tickets::Ticket,
};

use super::find::{ask, tickets};
use crate::{
    Actor, Desk, Result,
    tickets::{Row, seen, seen_rows},
};

/// How many are shown.
const SHOWN: usize = 5;

/// The request, and those that look like it, the likest first.
#[derive(Clone, Debug)]
pub struct Alike {
    pub ticket: Ticket,
    pub rows: Vec<Row>,
}

pub async fn alike(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Alike> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    seen(conn, signed, id).await?;
    let ticket = store::tickets::get(conn, id).await?;
    let Some(organisation) = ticket.organisation else { return Ok(Alike { ticket, rows: vec![] }) };
    let written = written(desk, &ticket).await?;
    // A line's end: nobody is still typing its last word.
    let of = WantedOf::Alike { organisation, subject: Typed::read(&format!("{}\n", ticket.subject)) };
    let found = ask(desk, &Typed::read(&written), of, (Breadth::Two, 0, SHOWN * 3)).await?;
    let mut rows = seen_rows(desk, &signed.scope, &tickets(&found)).await?;
    rows.retain(|row| is_shown(&row.ticket, id, organisation));
    rows.truncate(SHOWN);
    Ok(Alike { ticket, rows })
}

/// Asked of the row again: the index is always a moment behind.
fn is_shown(row: &Ticket, of: TicketId, organisation: OrganisationId) -> bool {
    let is_another = row.id != of && row.merged_into.is_none();
    is_another && row.secrecy == Secrecy::Open && row.organisation == Some(organisation)
}

/// Its subject, then what was written into its form. The words stand by themselves: nobody is still typing the last one.
async fn written(desk: &Desk, ticket: &Ticket) -> Result<String> {
    let compiled = desk.policy().await?;
    let details = store::tickets::details(desk.store.read(), ticket.id).await?;
    let texts = details.into_iter().filter(|(key, _)| is_text(compiled.policy(), key)).map(|(_, text)| text);
    let said: Vec<String> = std::iter::once(ticket.subject.clone()).chain(texts).collect();
    Ok(format!("{}\n", said.join("\n")))
}

fn is_text(policy: &Policy, key: &rules::keys::DetailKey) -> bool {
    policy.details.get(key).is_none_or(|detail| matches!(detail.kind, DetailKind::Text | DetailKind::Line))
}
