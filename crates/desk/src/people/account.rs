//! Somebody's account as administrators see it: what there is of a person before it is handed out or erased (PRV-1, PRV-3).

use rules::{
    access::{Action, Grant},
    events::{Event, PersonEvent},
    ids::{OrganisationId, PersonId},
    instant::Instant,
    refusal::Refusal,
};
use store::erasure::Looked;

use super::erase;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// What is known of somebody.
#[derive(Clone, Debug)]
pub struct Account {
    pub person: PersonId,
    pub name: String,
    pub since: Instant,
    /// The first proven one is the one that mails go to.
    pub addresses: Vec<String>,
    pub grants: Vec<Grant>,
    pub organisations: Vec<(OrganisationId, String)>,
    /// Requests that they filed or were added to.
    pub requests: usize,
    pub sessions: usize,
    pub erased_at: Option<Instant>,
}

impl Account {
    /// What has to be typed before they are erased: their address, or their name where there is none.
    pub fn confirmed_by(&self) -> String {
        self.addresses.first().unwrap_or(&self.name).clone()
    }
}

/// For who may hand it out or erase it.
pub async fn account(desk: &Desk, actor: &Actor, person: PersonId) -> Result<Account> {
    actor.staff(Action::ErasePerson)?;
    let conn = desk.store.read();
    let row = store::people::get(conn, person).await?;
    let addresses = store::people::addresses(conn, person).await?;
    let memberships = store::organisations::memberships(conn, person).await?;
    let present = memberships.into_iter().filter(|it| it.until.is_none());
    let now = desk.now();
    let sessions = store::sessions::of(conn, person).await?;
    Ok(Account {
        person,
        name: row.name,
        since: row.created_at,
        addresses: addresses.into_iter().map(|it| it.written).collect(),
        grants: store::people::grants(conn, person).await?,
        organisations: present.map(|it| (it.organisation.id, it.organisation.name)).collect(),
        requests: store::exports::requests_of(conn, person).await?.len(),
        sessions: sessions.into_iter().filter(|it| it.expires_at > now).count(),
        erased_at: row.erased_at,
    })
}

/// Erases them, for who typed whom on a page: it cannot be undone.
pub async fn erase_confirmed(desk: &Desk, actor: &Actor, person: PersonId, typed: &str) -> Result<Vec<Looked>> {
    let account = account(desk, actor, person).await?;
    if account.erased_at.is_some() {
        return Err(Error::NotFound);
    }
    let expected = account.confirmed_by();
    if typed.trim() != expected {
        return Err(Refusal::TypedOtherwise { expected }.into());
    }
    erase(desk, actor, person).await
}

/// Signs somebody out everywhere: an account that was taken over, or somebody who left the company.
pub async fn end_sessions_of(desk: &Desk, actor: &Actor, person: PersonId) -> Result<()> {
    actor.staff(Action::ErasePerson)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::people::get(&scribe.tx, person).await?.erased_at.is_some() {
        return Err(Error::NotFound);
    }
    store::sessions::end_all(&scribe.tx, person, None).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::SignedOutEverywhere { person }), now).await?;
    scribe.settle().await
}
