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

/// Those whose names have all of the words.
pub async fn people(desk: &Desk, typed: &Typed) -> Result<Vec<PersonFound>> {
    let found = ask(desk, typed, WantedOf::People, (Breadth::All, 0, MOST)).await?;
    let mut people = Vec::with_capacity(found.hits.len());
    for hit in found.hits {
        let Hit::Named(Named::Person(id)) = hit else { continue };
        match person(desk.store.read(), id).await {
            // Erased a moment ago.
            Ok(person) if person.name.is_empty() => {}
            Ok(person) => people.push(person),
            Err(store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(people)
}

/// Those whose names or domains have all of the words.
pub async fn organisations(desk: &Desk, typed: &Typed) -> Result<Vec<OrganisationFound>> {
    let found = ask(desk, typed, WantedOf::Organisations, (Breadth::All, 0, MOST)).await?;
    let mut organisations = Vec::with_capacity(found.hits.len());
    for hit in found.hits {
        let Hit::Named(Named::Organisation(id)) = hit else { continue };
        match store::organisations::get(desk.store.read(), id).await {
            Ok(it) if it.erased_at.is_some() => {}
            Ok(it) => {
                organisations.push(OrganisationFound { id, name: it.name, is_merged: it.merged_into.is_some() });
            }
            Err(store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(organisations)
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
