//! People and organisations whose names, addresses or domains were typed, for staff.

use rules::{
    access::Scope,
    ids::{OrganisationId, PersonId},
    people::Address,
    search::Typed,
};
use store::{
    Handle,
    search::{Breadth, Hit, Named, WantedOf},
};

use super::find::{REQUESTS, RequestFound, Results, ask};
use crate::{Desk, Result, tickets::seen_rows};

/// Of each, at most.
const MOST: usize = 5;

/// Somebody whose name or address was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonFound {
    pub id: PersonId,
    pub name: String,
    /// The one that mail goes to; none of who was never heard of again.
    pub address: Option<String>,
    pub organisations: Vec<(OrganisationId, String)>,
}

/// An organisation whose name or domain was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationFound {
    pub id: OrganisationId,
    pub name: String,
    /// It ended in another.
    pub is_merged: bool,
}

/// Whose address it is, with their requests that the reader sees: a whole address is known at once, without the index.
pub(super) async fn by_address(desk: &Desk, scope: &Scope, text: &str) -> Result<Option<Results>> {
    let Ok(address) = Address::parse(text) else { return Ok(None) };
    let conn = desk.store.read();
    let Some(id) = store::people::by_address(conn, &address.key()).await? else { return Ok(None) };
    let person = person(conn, id).await?;
    let filed = store::ticket_lists::of_requester(conn, scope, id, REQUESTS as i64).await?;
    let rows = seen_rows(desk, scope, &filed.iter().map(|ticket| ticket.id).collect::<Vec<_>>()).await?;
    let requests = rows.into_iter().map(|row| RequestFound { row, shows: None }).collect();
    Ok(Some(Results { people: vec![person], requests, ..Results::default() }))
}

/// Whose names and addresses, or domains, have all of the words.
#[derive(Clone, Debug, Default)]
pub(super) struct NamedFound {
    pub people: Vec<PersonFound>,
    pub organisations: Vec<OrganisationFound>,
    /// Nobody is called as it was typed.
    pub is_guess: bool,
}

pub(super) async fn named(desk: &Desk, typed: &Typed) -> Result<NamedFound> {
    let people = ask(desk, typed, WantedOf::People, (Breadth::All, 0, MOST)).await?;
    let organisations = ask(desk, typed, WantedOf::Organisations, (Breadth::All, 0, MOST)).await?;
    let is_guess = people.is_guess;
    let mut found = NamedFound { is_guess, ..NamedFound::default() };
    for hit in people.hits.into_iter().chain(organisations.hits) {
        match hit {
            Hit::Named(Named::Person(id)) => match person(desk.store.read(), id).await {
                // Erased a moment ago.
                Ok(person) if person.name.is_empty() => {}
                Ok(person) => found.people.push(person),
                Err(store::Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            },
            Hit::Named(Named::Organisation(id)) => match store::organisations::get(desk.store.read(), id).await {
                Ok(it) if it.erased_at.is_some() => {}
                Ok(it) => {
                    let is_merged = it.merged_into.is_some();
                    found.organisations.push(OrganisationFound { id, name: it.name, is_merged });
                }
                Err(store::Error::NotFound) => {}
                Err(error) => return Err(error.into()),
            },
            Hit::Ticket(_) | Hit::Passage(_) => {}
        }
    }
    Ok(found)
}

impl NamedFound {
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty() && self.organisations.is_empty()
    }
}

/// People whose names begin with the words, as the index knows them; nobody whom they may only resemble.
pub(crate) async fn called(desk: &Desk, written: &str, most: usize) -> Result<Vec<(PersonId, String)>> {
    let found = ask(desk, &Typed::read(written), WantedOf::People, (Breadth::All, 0, most)).await?;
    if found.is_guess {
        return Ok(vec![]);
    }
    let person = |hit: &Hit| if let Hit::Named(Named::Person(id)) = hit { Some(*id) } else { None };
    let ids: Vec<PersonId> = found.hits.iter().filter_map(person).collect();
    let mut names: Vec<_> = store::people::names(desk.store.read(), &ids).await?.into_iter().collect();
    names.retain(|(_, name)| !name.is_empty());
    names.sort_unstable();
    Ok(names)
}

async fn person(conn: &Handle, id: PersonId) -> store::Result<PersonFound> {
    let memberships = store::organisations::memberships(conn, id).await?;
    let present = memberships.into_iter().filter(|it| it.until.is_none() && it.organisation.merged_into.is_none());
    Ok(PersonFound {
        id,
        name: store::people::get(conn, id).await?.name,
        address: store::people::addresses(conn, id).await?.into_iter().next().map(|it| it.written),
        organisations: present.map(|it| (it.organisation.id, it.organisation.name)).collect(),
    })
}
