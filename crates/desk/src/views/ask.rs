//! A text read as a question, with the names in it looked up.

use jiff::tz::TimeZone;
use rules::{
    access::{Action, Grant, Scope},
    ids::{OrganisationId, PersonId},
    people::Address,
    programs::Permit,
    query::{Fault, Field, Query, Reader, Takes, Why, read},
};
use store::{Handle, organisations::Listed, people::Person, teams::Team};

use crate::{Actor, Desk, Result};

/// People or organisations that one name may mean, at most: above, it says too little.
const CALLED: i64 = 100;
/// Names that are offered while somebody types.
const OFFERED: i64 = 8;

/// Reads a question by the policy in force, in the reader's days. A fault says where it makes no sense.
pub async fn ask(desk: &Desk, actor: &Actor, text: &str, zone: TimeZone) -> Result<std::result::Result<Query, Fault>> {
    let scope = reading(actor)?;
    let policy = desk.policy().await?;
    let reader = Reader { policy: policy.policy(), me: scope.person, now: desk.now(), zone };
    ask_as(desk, desk.store.read(), &reader, text).await
}

/// The same, as somebody reads it.
pub(crate) async fn ask_as(
    desk: &Desk,
    conn: &Handle,
    reader: &Reader<'_>,
    text: &str,
) -> Result<std::result::Result<Query, Fault>> {
    let asked = match read(text, reader) {
        Ok(asked) => asked,
        Err(fault) => return Ok(Err(fault)),
    };
    let mut found = vec![];
    for (field, name) in asked.names() {
        found.push((field, name.to_owned(), called(desk, conn, (field, name), reader.me).await?));
    }
    Ok(asked.resolve(|field, name| {
        let known = found.iter().find(|(of, called, _)| *of == field && called == name);
        known.map_or_else(|| Ok(vec![]), |(_, _, ids)| ids.clone())
    }))
}

/// What somebody may ask for: staff what they see, a program what its token permits.
pub(super) fn reading(actor: &Actor) -> Result<Scope> {
    if actor.is_permitted(Permit::RequestsRead) {
        return Ok(Scope::of_program());
    }
    Ok(actor.staff(Action::UseDesk)?.scope.clone())
}

/// Those who are called so.
async fn called(
    desk: &Desk,
    conn: &Handle,
    (field, name): (Field, &str),
    me: PersonId,
) -> Result<std::result::Result<Vec<i64>, Why>> {
    let written = || name.chars().take(100).collect();
    let ids = match field.takes {
        Takes::Organisation => {
            let ids = organisations(conn, name).await?;
            if i64::try_from(ids.len()).is_ok_and(|count| count > CALLED) {
                return Ok(Err(Why::TooManyCalled { field, written: written() }));
            }
            ids
        }
        Takes::Person => {
            let ids = customers(desk, conn, name).await?;
            if i64::try_from(ids.len()).is_ok_and(|count| count > CALLED) {
                return Ok(Err(Why::TooManyCalled { field, written: written() }));
            }
            ids
        }
        Takes::Staff => {
            let by_address = person(conn, name).await?;
            let staff = staff(conn).await?;
            let is_meant = |it: &&Person| Some(it.id) == by_address || is_called(&it.name, name);
            staff.iter().filter(is_meant).map(|it| it.id.0).collect()
        }
        // Who is in no team has none: that is an answer.
        Takes::Team if name == "mine" => {
            return Ok(Ok(store::teams::of(conn, me).await?.iter().map(|it| it.0).collect()));
        }
        Takes::Team => {
            teams_ever(conn).await?.iter().filter(|it| is_called(&it.name, name)).map(|it| it.id.0).collect()
        }
        Takes::Word | Takes::Ordered | Takes::Moment(_) => vec![],
    };
    Ok(if ids.is_empty() { Err(Why::NobodyCalled { field, written: written() }) } else { Ok(ids) })
}

/// By number, by a domain of theirs, or by how the name begins.
async fn organisations(conn: &Handle, name: &str) -> Result<Vec<i64>> {
    if let Some(known) = crate::organisations::by_number_or_domain(conn, name.trim_start_matches('@')).await? {
        return Ok(vec![known.0]);
    }
    let found = store::organisations::list(conn, Listed::Named(name), None, CALLED + 1).await?;
    Ok(found.into_iter().map(|it| it.id.0).collect())
}

async fn person(conn: &Handle, written: &str) -> Result<Option<PersonId>> {
    match Address::parse(written) {
        Ok(address) => Ok(store::people::by_address(conn, &address.key()).await?),
        Err(_) => Ok(None),
    }
}

/// By a whole address, at once; by name as the index knows them, within a second.
async fn customers(desk: &Desk, conn: &Handle, name: &str) -> Result<Vec<i64>> {
    if let Some(known) = person(conn, name).await? {
        return Ok(vec![known.0]);
    }
    let most = usize::try_from(CALLED + 1).map_err(crate::Error::broken)?;
    let found = crate::search::called(desk, name, most).await?;
    Ok(found.into_iter().filter(|(_, its)| is_called(its, name)).map(|(id, _)| id.0).collect())
}

async fn staff(conn: &Handle) -> Result<Vec<Person>> {
    Ok(store::people::with_any_grant(conn, &Grant::ALL).await?)
}

async fn teams(conn: &Handle) -> Result<Vec<Team>> {
    Ok(store::teams::all(conn).await?)
}

/// Also those that ended: what they had is still found by their names.
async fn teams_ever(conn: &Handle) -> Result<Vec<Team>> {
    Ok(teams(conn).await?.into_iter().chain(store::teams::ended(conn).await?).collect())
}

/// Whether a name, or one of its parts, begins so.
fn is_called(name: &str, written: &str) -> bool {
    let (name, written) = (name.to_lowercase(), written.to_lowercase());
    name.starts_with(&written) || name.split_whitespace().any(|part| part.starts_with(&written))
}

/// Names that begin so, for a field that takes names.
pub async fn names(desk: &Desk, actor: &Actor, field: Field, beginning: &str) -> Result<Vec<String>> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    Ok(match field.takes {
        Takes::Organisation => {
            let from: Option<(&str, OrganisationId)> = None;
            let found = store::organisations::list(conn, Listed::Named(beginning), from, OFFERED).await?;
            found.into_iter().map(|it| it.name).collect()
        }
        Takes::Staff => {
            let found = staff(conn).await?.into_iter().map(|it| it.name);
            let most = usize::try_from(OFFERED).map_err(crate::Error::broken)?;
            found.filter(|name| is_called(name, beginning)).take(most).collect()
        }
        Takes::Team => {
            let found = teams(conn).await?.into_iter().map(|it| it.name);
            found.filter(|name| is_called(name, beginning)).collect()
        }
        Takes::Person => {
            let most = usize::try_from(OFFERED).map_err(crate::Error::broken)?;
            let found = crate::search::called(desk, beginning, 4 * most).await?.into_iter().map(|(_, name)| name);
            let mut named: Vec<String> = found.filter(|name| is_called(name, beginning)).collect();
            named.sort();
            named.dedup();
            named.truncate(most);
            named
        }
        Takes::Word | Takes::Ordered | Takes::Moment(_) => vec![],
    })
}
