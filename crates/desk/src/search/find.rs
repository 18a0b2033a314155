//! Somebody searches: requests that exist for them, and passages of the policy in force.

use std::collections::BTreeSet;

use rules::{
    access::{Action, Scope, Staff},
    events::Audience,
    ids::{OrganisationId, PersonId, TicketId},
    people::Address,
    query::Query,
    search::{PassageOf, SECTIONS, Typed, hits},
};
use store::search::{Breadth, Found, Hit, Notes, Policy, Standing, Wanted, WantedOf};

use super::follow::findable;
use crate::{
    Actor, Desk, Result,
    actor::Signed,
    tickets::{Row, seen_rows},
};

/// Requests of a page of results, and passages.
const REQUESTS: usize = 20;
const PASSAGES: usize = 4;

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
    /// Whose address was typed, on the desk; the requests are theirs then.
    pub person: Option<PersonFound>,
    pub requests: Vec<RequestFound>,
    pub passages: Vec<PassageOf>,
    /// What a page marks.
    pub forms: BTreeSet<String>,
    /// Nothing had all of the words, so this is what has half of them.
    pub is_wide: bool,
    /// The index is not whole yet.
    pub is_building: bool,
}

/// Somebody whose address was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFound {
    pub id: PersonId,
    pub name: String,
    pub organisations: Vec<(OrganisationId, String)>,
}

/// A request, and the text of it that has the most of the words, as it was written.
#[derive(Clone, Debug)]
pub struct RequestFound {
    pub row: Row,
    pub text: Option<String>,
}

/// By words alone.
pub async fn find(desk: &Desk, actor: &Actor, text: &str, at: At) -> Result<Results> {
    find_asked(desk, actor, (text, &Query { typed: Typed::read(text), ..Query::default() }), at).await
}

/// By words, and the conditions beside them; as it was written, and as it was read.
pub async fn find_asked(desk: &Desk, actor: &Actor, (text, asked): (&str, &Query), at: At) -> Result<Results> {
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
    for breadth in [Breadth::All, Breadth::Half] {
        results.is_wide = breadth == Breadth::Half;
        search(desk, searcher.as_ref(), asked, breadth, &mut results).await?;
        if !results.requests.is_empty() || !results.passages.is_empty() || asked.typed.words.len() < 2 {
            break;
        }
    }
    Ok(results)
}

/// Whose address it is, with their requests that the reader sees: the index knows no addresses.
async fn by_address(desk: &Desk, scope: &Scope, text: &str) -> Result<Option<Results>> {
    let Ok(address) = Address::parse(text) else { return Ok(None) };
    let conn = desk.store.read();
    let Some(id) = store::people::by_address(conn, &address.key()).await? else { return Ok(None) };
    let memberships = store::organisations::memberships(conn, id).await?;
    let present = memberships.into_iter().filter(|it| it.until.is_none() && it.organisation.merged_into.is_none());
    let person = PersonFound {
        id,
        name: store::people::get(conn, id).await?.name,
        organisations: present.map(|it| (it.organisation.id, it.organisation.name)).collect(),
    };
    let filed = store::ticket_lists::of_requester(conn, scope, id, REQUESTS as i64).await?;
    let rows = seen_rows(desk, scope, &filed.iter().map(|ticket| ticket.id).collect::<Vec<_>>()).await?;
    let requests = rows.into_iter().map(|row| RequestFound { row, text: None }).collect();
    Ok(Some(Results { person: Some(person), requests, ..Results::default() }))
}

/// By which scope, and whether notes are theirs to read.
struct Searcher {
    scope: Scope,
    notes: Notes,
}

fn searcher(actor: &Actor, at: At) -> Result<Option<Searcher>> {
    Ok(match (at, actor) {
        (At::Desk, _) => {
            let signed = actor.staff(Action::UseDesk)?;
            Some(Searcher { scope: signed.scope.clone(), notes: Notes::Searched })
        }
        (At::Portal, Actor::Person(signed)) => Some(Searcher { scope: as_customer(signed), notes: Notes::LeftOut }),
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
    breadth: Breadth,
    results: &mut Results,
) -> Result<()> {
    let typed = &asked.typed;
    if let Some(Searcher { scope, notes }) = searcher {
        let of = WantedOf::Requests { scope: Box::new(scope.clone()), notes: *notes, asked: Box::new(asked.clone()) };
        let found = ask(desk, typed, of, (breadth, REQUESTS * 2)).await?;
        let mut ids = tickets(&found);
        if let Some(number) = typed.number {
            ids.retain(|id| id.0 != number);
            ids.insert(0, TicketId(number));
        }
        results.forms.extend(found.forms);
        let mut rows = seen_rows(desk, scope, &ids).await?;
        rows.truncate(REQUESTS);
        for row in rows {
            let text = best_text(desk, &row, *notes, &results.forms).await?;
            results.requests.push(RequestFound { row, text });
        }
    }
    // The support page is of no type and of no organisation.
    if asked.conditions.is_empty() {
        let found = ask(desk, typed, WantedOf::Passages, (breadth, PASSAGES)).await?;
        results.passages = passages(&findable(desk).await?, &found);
        results.forms.extend(found.forms);
    }
    Ok(())
}

pub(super) async fn ask(desk: &Desk, typed: &Typed, of: WantedOf, (breadth, limit): (Breadth, usize)) -> Result<Found> {
    Ok(desk.store.search().find(Wanted { typed: typed.clone(), of, breadth, limit }).await?)
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
        Hit::Ticket(_) => None,
    };
    found.hits.iter().filter_map(passage).collect()
}

/// The text of a request that has the most of the words, of those that its reader may read.
async fn best_text(desk: &Desk, row: &Row, notes: Notes, forms: &BTreeSet<String>) -> Result<Option<String>> {
    let (conn, now) = (desk.store.read(), desk.now());
    let mut texts: Vec<String> =
        store::tickets::details(conn, row.ticket.id).await?.into_iter().map(|(_, text)| text).collect();
    let is_read = |message: &store::messages::Message| {
        let is_said = message.audience == Audience::Public && message.send_at <= now;
        message.taken_back_at.is_none() && (is_said || notes == Notes::Searched)
    };
    let messages = store::messages::of_ticket(conn, row.ticket.id).await?;
    texts.extend(messages.into_iter().filter(is_read).map(|message| message.body));
    let mut best = None;
    for text in texts {
        let count = hits(&text, forms);
        if count > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((count, text));
        }
    }
    Ok(best.map(|(_, text)| text))
}
