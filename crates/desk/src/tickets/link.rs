//! Two requests that have to do with each other. Who sees one does not see the other by it (VIS-3).

use rules::{access::Action, events::TicketEvent, ids::TicketId, refusal::Refusal, tickets::Apart};

use super::seen;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// The request whose number somebody typed for one that they see, to link or to merge it with.
pub async fn named(desk: &Desk, actor: &Actor, id: TicketId, typed: &str) -> Result<TicketId> {
    let signed = actor.staff(Action::Merge)?;
    seen(desk.store.read(), signed, id).await?;
    let typed = typed.trim();
    let none = || Refusal::NoSuchRequest { named: typed.to_owned() };
    let other = typed.strip_prefix('#').unwrap_or(typed).parse().map(TicketId).map_err(|_| none())?;
    match seen(desk.store.read(), signed, other).await {
        Ok(_) => Ok(other),
        Err(Error::NotFound) => Err(none().into()),
        Err(error) => Err(error),
    }
}

pub async fn link(desk: &Desk, actor: &Actor, id: TicketId, other: TicketId) -> Result<()> {
    let mut scribe = both_seen(desk, actor, id, other).await?;
    tie(&mut scribe, id, other).await?;
    scribe.settle().await
}

pub(super) async fn tie(scribe: &mut Scribe<'_>, id: TicketId, other: TicketId) -> Result<()> {
    if store::ties::link(&scribe.tx, id, other).await? {
        scribe.ticket(id, TicketEvent::Linked { other }).await?;
        scribe.ticket(other, TicketEvent::Linked { other: id }).await?;
    }
    Ok(())
}

pub async fn unlink(desk: &Desk, actor: &Actor, id: TicketId, other: TicketId) -> Result<()> {
    let mut scribe = both_seen(desk, actor, id, other).await?;
    if !store::ties::unlink(&scribe.tx, id, other).await? {
        return Err(Error::NotFound);
    }
    scribe.ticket(id, TicketEvent::Unlinked { other }).await?;
    scribe.ticket(other, TicketEvent::Unlinked { other: id }).await?;
    scribe.settle().await
}

async fn both_seen<'a>(desk: &'a Desk, actor: &Actor, id: TicketId, other: TicketId) -> Result<Scribe<'a>> {
    let signed = actor.staff(Action::Merge)?;
    seen(desk.store.read(), signed, id).await?;
    seen(desk.store.read(), signed, other).await?;
    if id == other {
        return Err(Refusal::MergeApart { apart: Apart::Same }.into());
    }
    Scribe::begin(desk, actor).await
}
