//! Staff give a request to somebody, take it, or put it back.

use rules::{
    access::Action,
    events::TicketEvent,
    ids::{PersonId, TicketId},
    refusal::Refusal,
};

use super::seen;
use crate::{Actor, Desk, Error, Result, actor::Signed, scribe::Scribe};

/// Whose it becomes; `None` puts it back.
#[derive(Clone, Copy, Debug)]
pub struct Assignment {
    pub to: Option<PersonId>,
}

pub async fn assign(desk: &Desk, actor: &Actor, id: TicketId, input: Assignment) -> Result<()> {
    let signed = actor.staff(Action::Assign)?;
    seen(desk.store.read(), signed, id).await?;
    if let Some(to) = input.to {
        can_take(desk, id, to).await?;
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let from = store::tickets::get(&scribe.tx, id).await?.assignee;
    if from == input.to {
        return scribe.settle().await;
    }
    store::tickets::set_assignee(&scribe.tx, id, input.to).await?;
    scribe.ticket(id, TicketEvent::Assigned { from, to: input.to }).await?;
    scribe.settle().await
}

/// Only who sees it and may answer it can have it (VIS-2).
async fn can_take(desk: &Desk, id: TicketId, to: PersonId) -> Result<()> {
    let taker = Signed::read(desk.store.read(), to).await?;
    seen(desk.store.read(), &taker, id).await?;
    if rules::access::may(taker.grants, Action::Reply) {
        return Ok(());
    }
    Err(if taker.grants.is_staff() { Refusal::MayNot { action: Action::Reply }.into() } else { Error::NotFound })
}
