//! Pages of the audit, the newest first, with the names of today for those whom entries name.

use std::collections::HashMap;

use rules::{
    access::Action,
    audit::{Act, Area, Of},
    events::By,
    ids::{DomainNoteId, OrganisationId, PersonId, TeamId},
    instant::Instant,
    people::{Address, Domain},
    teams::Called,
};
use store::{
    Handle,
    audit::{From, Kept, Wanted},
};

use crate::{Actor, Desk, Error, Result};

/// Entries of a page.
const PAGE: i64 = 50;

/// What somebody looks for, as they write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// An address, or the number of a person.
    pub person: String,
    /// `#17` for a request; else a team by its whole name, or an organisation by its name or a domain.
    pub thing: String,
    pub area: Option<Area>,
    pub from: Option<Instant>,
    pub until: Option<Instant>,
}

/// What was looked for and does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotFound {
    Person,
    Thing,
}

/// An entry, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub number: i64,
    pub at: Instant,
    pub by: By,
    pub act: Act,
}

/// A page of them.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub entries: Vec<Listed>,
    /// Names of today; who was erased has none.
    pub people: HashMap<PersonId, String>,
    pub organisations: HashMap<OrganisationId, String>,
    /// Those of erased organisations are not there any more.
    pub domains: HashMap<DomainNoteId, String>,
    /// Also of those that ended.
    pub teams: HashMap<TeamId, Called>,
    /// Where the next page begins.
    pub more: Option<(Instant, i64)>,
}

/// Finds whom and what is meant.
pub async fn wanted(desk: &Desk, actor: &Actor, asked: &Asked) -> Result<std::result::Result<Wanted, NotFound>> {
    actor.staff(Action::ReadAudit)?;
    let conn = desk.store.read();
    let mut wanted = Wanted { person: None, thing: None, area: asked.area, from: asked.from, until: asked.until };
    if !asked.person.trim().is_empty() {
        wanted.person = person(conn, asked.person.trim()).await?;
        if wanted.person.is_none() {
            return Ok(Err(NotFound::Person));
        }
    }
    if !asked.thing.trim().is_empty() {
        wanted.thing = thing(conn, asked.thing.trim()).await?;
        if wanted.thing.is_none() {
            return Ok(Err(NotFound::Thing));
        }
    }
    Ok(Ok(wanted))
}

async fn person(conn: &Handle, written: &str) -> Result<Option<PersonId>> {
    if let Ok(number) = written.parse::<PersonId>() {
        // Who was erased is found by number.
        return Ok(there(store::people::get(conn, number).await)?.map(|person| person.id));
    }
    match Address::parse(written) {
        Ok(address) => Ok(store::people::by_address(conn, &address.key()).await?),
        Err(_) => Ok(None),
    }
}

async fn thing(conn: &Handle, written: &str) -> Result<Option<(Of, i64)>> {
    let number = written.strip_prefix('#').unwrap_or(written);
    if let Ok(number) = number.parse::<i64>() {
        let ticket = there(store::tickets::get(conn, rules::ids::TicketId(number)).await)?;
        return Ok(ticket.map(|ticket| (Of::Request, ticket.id.0)));
    }
    if let Ok(domain) = Domain::parse(written)
        && let Some((_, its)) = store::organisations::domains(conn, &[domain.as_str().to_owned()]).await?.first()
    {
        return Ok(Some((Of::Organisation, its.0)));
    }
    if let Some(team) = team(conn, written).await? {
        return Ok(Some((Of::Team, team.0)));
    }
    let named = store::organisations::list(conn, store::organisations::Listed::Named(written), None, 1).await?;
    Ok(named.first().map(|organisation| (Of::Organisation, organisation.id.0)))
}

/// One that there is before one that ended.
async fn team(conn: &Handle, written: &str) -> Result<Option<TeamId>> {
    let written = written.to_lowercase();
    let (standing, ended) = (store::teams::all(conn).await?, store::teams::ended(conn).await?);
    let mut all = standing.into_iter().chain(ended);
    Ok(all.find(|team| team.name.to_lowercase() == written).map(|team| team.id))
}

fn there<T>(found: store::Result<T>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A page of what is wanted, before an entry of the page before.
pub async fn list(desk: &Desk, actor: &Actor, wanted: &Wanted, before: Option<(Instant, i64)>) -> Result<Page> {
    actor.staff(Action::ReadAudit)?;
    let conn = desk.store.read();
    let mut kept = store::audit::list(conn, wanted, From::Before(before), PAGE + 1).await?;
    let has_more = kept.len() > usize::try_from(PAGE).map_err(Error::broken)?;
    kept.truncate(usize::try_from(PAGE).map_err(Error::broken)?);
    let more = kept.last().filter(|_| has_more).map(|last| (last.at, last.number));
    let entries = kept.iter().map(read).collect::<Result<Vec<_>>>()?;
    let mut people: Vec<PersonId> = entries.iter().filter_map(|entry| entry.by.person).collect();
    people.extend(entries.iter().flat_map(|entry| entry.act.people()));
    let organisations: Vec<OrganisationId> = entries.iter().flat_map(|entry| entry.act.organisations()).collect();
    let domains: Vec<DomainNoteId> = entries.iter().filter_map(|entry| entry.act.domain()).collect();
    let teams: Vec<TeamId> = entries.iter().filter_map(|entry| entry.act.team()).collect();
    Ok(Page {
        teams: store::teams::names(conn, &teams).await?,
        domains: store::organisations::noted_domains(conn, &domains).await?,
        people: store::people::names(conn, &people).await?.into_iter().collect(),
        organisations: store::organisations::names(conn, &organisations).await?,
        entries,
        more,
    })
}

fn read(kept: &Kept) -> Result<Listed> {
    let spoilt = || {
        Error::broken(format!(
            "entry {} of the audit was changed and does not read any more; `firstline audit verify` says what else",
            kept.number
        ))
    };
    let (by, act) = kept.by().zip(kept.act()).ok_or_else(spoilt)?;
    Ok(Listed { number: kept.number, at: kept.at, by, act })
}
