//! What somebody was told, as far as they see the request now.

use rules::{access::Action, ids::TicketId};
use store::notifications::Notification;

use crate::{Actor, Desk, Result, actor::Signed};

/// How many are shown.
const SHOWN: i64 = 100;
/// Up to where those that were not read are counted.
const COUNTED: i64 = 100;

/// One of them, with its request's subject.
#[derive(Clone, Debug)]
pub struct Told {
    pub told: Notification,
    pub subject: String,
}

/// The newest, read or not.
pub async fn list(desk: &Desk, actor: &Actor) -> Result<Vec<Told>> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let told = store::notifications::of(conn, signed.person, SHOWN).await?;
    let tickets: Vec<TicketId> = told.iter().map(|it| it.ticket).collect();
    let subjects = store::tickets::subjects(conn, &seen(desk, signed, &tickets).await?).await?;
    let named = |told: Notification| Some(Told { told, subject: subjects.get(&told.ticket)?.clone() });
    Ok(told.into_iter().filter_map(named).collect())
}

/// How many they have not read, and where counting stops.
pub async fn unread(desk: &Desk, actor: &Actor) -> Result<(usize, usize)> {
    let signed = actor.staff(Action::UseDesk)?;
    let tickets = store::notifications::unread(desk.store.read(), signed.person, COUNTED).await?;
    let seen = seen(desk, signed, &tickets).await?;
    let digest = store::digests::of(desk.store.read(), signed.person).await?;
    let digest = usize::from(digest.is_some_and(|it| it.shown && it.read_at.is_none()));
    let count = digest + tickets.iter().filter(|it| seen.contains(it)).count();
    Ok((count, usize::try_from(COUNTED).map_err(crate::Error::broken)?))
}

/// Those of the requests that exist for this person (VIS-3), each once.
async fn seen(desk: &Desk, signed: &Signed, tickets: &[TicketId]) -> Result<Vec<TicketId>> {
    let mut wanted = tickets.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let facts = store::tickets::facts_of(desk.store.read(), &wanted).await?;
    wanted.retain(|id| facts.get(id).is_some_and(|facts| signed.scope.sees(facts)));
    Ok(wanted)
}

/// They opened a request: what they were told of it is read.
pub async fn opened(desk: &Desk, actor: &Actor, ticket: TicketId) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    if !store::notifications::has_unread(desk.store.read(), signed.person, ticket).await? {
        return Ok(());
    }
    let tx = desk.store.begin().await?;
    store::notifications::read_of(&tx, signed.person, ticket, desk.now()).await?;
    Ok(tx.commit().await?)
}

/// Marks all read that they were shown: told up to that instant, in microseconds.
pub async fn read_all(desk: &Desk, actor: &Actor, up_to: rules::instant::Instant) -> Result<()> {
    let signed = actor.staff(Action::UseDesk)?;
    let tx = desk.store.begin().await?;
    store::notifications::read_up_to(&tx, signed.person, up_to, desk.now()).await?;
    store::digests::read(&tx, signed.person, up_to, desk.now()).await?;
    Ok(tx.commit().await?)
}
