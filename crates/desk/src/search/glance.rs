//! What a few letters may mean, for somebody who goes somewhere: requests, people and organisations, a handful of each.

use rules::{access::Action, query::Query, search::Typed};
use store::search::{Breadth, Found, Texts, WantedOf};

use super::{
    find::{ask, tickets},
    named::{NamedFound, OrganisationFound, PersonFound, named},
};
use crate::{
    Actor, Desk, Result,
    tickets::{Row, View, Wanted, desk_view, seen_rows},
};

/// Requests, at most.
const REQUESTS: usize = 6;
/// Bytes that are looked for in requests, at least: fewer letters of an alphabet stand in almost every one.
const LOOKED_FOR: usize = 3;

#[derive(Clone, Debug, Default)]
pub struct Glance {
    pub requests: Vec<Row>,
    pub people: Vec<PersonFound>,
    pub organisations: Vec<OrganisationFound>,
}

/// By their words; what is one's own where nothing was typed.
pub async fn glance(desk: &Desk, actor: &Actor, text: &str) -> Result<Glance> {
    let signed = actor.staff(Action::UseDesk)?;
    let typed = Typed::read(text);
    if typed.is_empty() && typed.number.is_none() {
        let wanted = Wanted { view: View::Mine(signed.person), after: None };
        let mut requests = desk_view(desk, actor, wanted).await?.rows;
        requests.truncate(REQUESTS);
        return Ok(Glance { requests, ..Glance::default() });
    }
    let asked = Box::new(Query { typed: typed.clone(), ..Query::default() });
    let requests = |within| {
        let of = WantedOf::Requests { scope: Box::new(signed.scope.clone()), within, asked: asked.clone() };
        ask(desk, &typed, of, (Breadth::All, 0, REQUESTS))
    };
    let mut found = Found::default();
    if text.trim().len() >= LOOKED_FOR {
        found = requests(Texts::Subjects).await?;
        // Who goes to a request knows how it is called; what it says counts where that leaves room.
        if found.hits.len() < REQUESTS || found.is_guess {
            found = requests(Texts::All).await?;
        }
    }
    let mut ids = tickets(&found);
    let mut names = named(desk, &typed).await?;
    // As in a search: what is called or written as it was typed, before what was perhaps meant.
    if names.is_guess && !found.is_guess && !ids.is_empty() {
        names = NamedFound::default();
    } else if found.is_guess && !names.is_guess && !names.is_empty() {
        ids.clear();
    }
    if let Some(number) = typed.number.map(rules::ids::TicketId) {
        ids.retain(|id| *id != number);
        ids.insert(0, number);
    }
    Ok(Glance {
        requests: seen_rows(desk, &signed.scope, &ids).await?,
        people: names.people,
        organisations: names.organisations,
    })
}
