//! Somebody searches: requests that exist for them, and passages of the policy in force.

use std::collections::BTreeSet;

use rules::{
    access::{Action, Scope, Staff},
    ids::TicketId,
    query::Query,
    search::{PassageOf, SECTIONS, Typed},
};
use store::search::{Breadth, Found, Hit, Policy, Standing, Texts, Wanted, WantedOf};

use super::{
    follow::findable,
    named::{NamedFound, OrganisationFound, PersonFound, by_address, named},
    why::{Shows, shows},
};
use crate::{
    Actor, Desk, Result,
    actor::Signed,
    tickets::{Row, seen_rows},
};

/// Requests of a page of results, and passages.
pub(super) const REQUESTS: usize = 20;
const PASSAGES: usize = 4;
/// Pages of results, at most: who looks further asks for an order, in which all of them stand.
pub const PAGES: usize = 25;

/// Where somebody searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// What a person sees as a customer; passages alone for a visitor.
    Portal,
    /// What a member of staff sees, with notes.
    Desk,
}

/// What was found, the best first.
#[derive(Clone, Debug, Default)]
pub struct Results {
    /// On the desk: who has such a name or address; the requests are theirs where a whole address was typed.
    pub people: Vec<PersonFound>,
    pub organisations: Vec<OrganisationFound>,
    pub requests: Vec<RequestFound>,
    /// There are more requests behind this page.
    pub is_more: bool,
    /// No request has a word as it was typed.
    pub(super) is_guess: bool,
    pub passages: Vec<PassageOf>,
    /// What a page marks.
    pub forms: BTreeSet<String>,
    /// Nothing had all of the words, so this is what has half of them.
    pub is_wide: bool,
    /// The index is not whole yet.
    pub is_building: bool,
}

/// A request, and the text of it that has the most of the words.
#[derive(Clone, Debug)]
pub struct RequestFound {
    pub row: Row,
    pub shows: Option<Shows>,
}

/// By words alone. A page of it, from 1.
pub async fn find(desk: &Desk, actor: &Actor, text: &str, at: (At, usize)) -> Result<Results> {
    find_asked(desk, actor, (text, &Query { typed: Typed::read(text), ..Query::default() }), at).await
}

/// By words, and the conditions beside them; as it was written, and as it was read. A page of it, from 1.
pub async fn find_asked(
    desk: &Desk,
    actor: &Actor,
    (text, asked): (&str, &Query),
    (at, number): (At, usize),
) -> Result<Results> {
    let number = number.clamp(1, PAGES);
    let searcher = searcher(actor, at)?;
    let is_building = desk.store.search().standing().0 != Standing::Ready;
    if !asked.looks_for_words() {
        return Ok(Results { is_building, ..Results::default() });
    }
    if let (At::Desk, Some(searcher)) = (at, &searcher)
        && asked.conditions.is_empty()
        && let Some(found) = by_address(desk, &searcher.scope, text).await?
    {
        return Ok(Results { is_building, ..found });
    }
    let mut results = Results { is_building, ..Results::default() };
    let mut names = NamedFound::default();
    if at == At::Desk && number == 1 && asked.conditions.is_empty() {
        names = named(desk, &asked.typed).await?;
    }
    for breadth in [Breadth::All, Breadth::Half] {
        results.is_wide = breadth == Breadth::Half;
        search(desk, searcher.as_ref(), asked, (breadth, number), &mut results).await?;
        if !results.requests.is_empty() || !results.passages.is_empty() || asked.typed.words.len() < 2 {
            break;
        }
    }
    // Where something is called or written as it was typed, what was only perhaps meant is no answer.
    if names.is_guess && !results.is_guess && !results.requests.is_empty() {
        return Ok(results);
    }
    if results.is_guess && !names.is_guess && !names.is_empty() {
        results.requests.clear();
        results.is_more = false;
    }
    Ok(Results { people: names.people, organisations: names.organisations, ..results })
}

/// By which scope, and which texts are theirs to read.
struct Searcher {
    scope: Scope,
    within: Texts,
}

fn searcher(actor: &Actor, at: At) -> Result<Option<Searcher>> {
    Ok(match (at, actor) {
        (At::Desk, _) => {
            let signed = actor.staff(Action::UseDesk)?;
            Some(Searcher { scope: signed.scope.clone(), within: Texts::All })
        }
        (At::Portal, Actor::Person(signed)) => Some(Searcher { scope: as_customer(signed), within: Texts::Public }),
        (At::Portal, Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_)) => None,
    })
}

/// What a person sees on the portal: staff have the desk for the rest.
pub(super) fn as_customer(signed: &Signed) -> Scope {
    Scope { staff: Staff::None, ..signed.scope.clone() }
}

async fn search(
    desk: &Desk,
    searcher: Option<&Searcher>,
    asked: &Query,
    (breadth, number): (Breadth, usize),
    results: &mut Results,
) -> Result<()> {
    let typed = &asked.typed;
    if let Some(Searcher { scope, within }) = searcher {
        let of = WantedOf::Requests { scope: Box::new(scope.clone()), within: *within, asked: Box::new(asked.clone()) };
        let found = ask(desk, typed, of, (breadth, (number - 1) * REQUESTS, REQUESTS + 1)).await?;
        let mut ids = tickets(&found);
        results.is_guess = found.is_guess;
        results.is_more = ids.len() > REQUESTS && number < PAGES;
        ids.truncate(REQUESTS);
        if let Some(number) = typed.number.filter(|_| number == 1) {
            ids.retain(|id| id.0 != number);
            ids.insert(0, TicketId(number));
        }
        results.forms.extend(found.forms);
        for row in seen_rows(desk, scope, &ids).await? {
            let shows = shows(desk, row.ticket.id, *within, &results.forms, typed.words.len()).await?;
            results.requests.push(RequestFound { row, shows });
        }
    }
    // The support page is of no type and of no organisation.
    if asked.conditions.is_empty() && number == 1 {
        let found = ask(desk, typed, WantedOf::Passages, (breadth, 0, PASSAGES)).await?;
        results.passages = passages(&findable(desk).await?, &found);
        results.forms.extend(found.forms);
    }
    Ok(())
}

/// So many of the best, after so many of them.
pub(super) async fn ask(
    desk: &Desk,
    typed: &Typed,
    of: WantedOf,
    (breadth, offset, limit): (Breadth, usize, usize),
) -> Result<Found> {
    Ok(desk.store.search().find(Wanted { typed: typed.clone(), of, breadth, offset, limit }).await?)
}

pub(super) fn tickets(found: &Found) -> Vec<TicketId> {
    let ticket = |hit: &Hit| if let Hit::Ticket(id) = hit { Some(*id) } else { None };
    found.hits.iter().filter_map(ticket).collect()
}

/// Those of the version in force: for a moment the index may hold another's.
pub(super) fn passages(policy: &Policy, found: &Found) -> Vec<PassageOf> {
    if found.policy != Some(policy.version) {
        return vec![];
    }
    let passage = |hit: &Hit| match hit {
        Hit::Passage(at) if *at < SECTIONS.len() => Some(PassageOf::Section(SECTIONS[*at].0)),
        Hit::Passage(at) => policy.scope.get(at - SECTIONS.len()).cloned().map(PassageOf::Scope),
        Hit::Ticket(_) | Hit::Named(_) => None,
    };
    found.hits.iter().filter_map(passage).collect()
}
