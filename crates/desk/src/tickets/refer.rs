//! What is referred to in the messages of a request, as far as its reader sees it, and whom a note calls.

use std::collections::BTreeSet;

use rules::{
    access::{Action, Scope, Staff},
    ids::{MessageId, PersonId, TicketId},
    references,
};
use store::{Handle, messages::Message};

use super::{list::staff, seen, sees};
use crate::{Actor, Desk, Result};

/// Requests that the messages of one page lead to, at most: nobody reads more, and whoever pastes a table of numbers does not
/// slow the page down.
const MOST: usize = 200;
/// Colleagues that are offered at once, at most.
const OFFERED: usize = 8;

/// What messages refer to.
#[derive(Clone, Debug, Default)]
pub struct Referred {
    /// The requests among them that exist for the reader (VIS-3).
    pub requests: BTreeSet<TicketId>,
    /// Who works at the desk, by name; nobody for readers outside it.
    pub people: Vec<String>,
}

/// What a text refers to that somebody is about to send.
pub async fn referred_in(desk: &Desk, actor: &Actor, text: &str) -> Result<Referred> {
    of_texts(desk.store.read(), &actor.signed()?.scope, [text].into_iter()).await
}

pub(super) async fn referred(conn: &Handle, scope: &Scope, messages: &[Message]) -> Result<Referred> {
    of_texts(conn, scope, messages.iter().map(|message| message.body.as_str())).await
}

async fn of_texts(conn: &Handle, scope: &Scope, texts: impl Iterator<Item = &str> + Clone) -> Result<Referred> {
    let calls = texts.clone().any(|text| text.contains('@'));
    let named: BTreeSet<TicketId> = texts.flat_map(references::requests).collect();
    let named: Vec<TicketId> = named.into_iter().take(MOST).collect();
    let mut facts = store::tickets::facts_of(conn, &named).await?;
    facts.retain(|_, facts| scope.sees(facts));
    let people = match scope.staff {
        // Where nobody is called, nobody is asked for.
        _ if !calls => vec![],
        Staff::None => vec![],
        _ => staff(conn).await?.into_iter().map(|(_, name)| name).collect(),
    };
    Ok(Referred { requests: facts.into_keys().collect(), people })
}

/// Those whom a note calls and who may read it (VIS-2), but for its author.
pub(crate) async fn called(
    conn: &Handle,
    ticket: TicketId,
    (note, author): (MessageId, PersonId),
) -> Result<Vec<PersonId>> {
    let body = store::messages::get(conn, note).await?.body;
    // Whoever calls nobody costs nothing.
    if !body.contains('@') {
        return Ok(vec![]);
    }
    let staff = staff(conn).await?;
    let names: Vec<&str> = staff.iter().map(|(_, name)| name.as_str()).collect();
    let found = references::called(&body, &names);
    // Of two people of one name both are meant.
    let meant: BTreeSet<&str> = found.into_iter().filter_map(|at| names.get(at).copied()).collect();
    let facts = store::tickets::facts(conn, ticket).await?;
    let mut called = vec![];
    for (person, name) in &staff {
        if *person != author && meant.contains(name.as_str()) && sees(conn, &facts, *person).await? {
            called.push(*person);
        }
    }
    Ok(called)
}

/// Who may be called in a note of a request: those who see it and whose name, or a part of it, begins so.
pub async fn callable(desk: &Desk, actor: &Actor, id: TicketId, begun: &str) -> Result<Vec<String>> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let (facts, _) = seen(conn, signed, id).await?;
    let begun = begun.to_lowercase();
    let fits = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with(&begun) || name.split(' ').any(|part| part.starts_with(&begun))
    };
    let mut callable = vec![];
    for (person, name) in staff(conn).await? {
        if callable.len() < OFFERED && person != signed.person && fits(&name) && sees(conn, &facts, person).await? {
            callable.push(name);
        }
    }
    callable.dedup();
    Ok(callable)
}
