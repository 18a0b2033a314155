//! Staff give a request to somebody, take it, or put it back.

use rules::{
    access::Action,
    events::{Audience, Author, By, Channel, TicketEvent},
    ids::{PersonId, TicketId},
    refusal::Refusal,
};

use super::{
    reply::{Post, Text, check},
    seen,
};
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
    give(&mut scribe, id, input.to).await?;
    scribe.settle().await
}

/// The same, with a note of why for who takes it, in one.
pub async fn hand_over(desk: &Desk, actor: &Actor, id: TicketId, input: Assignment, note: &Text) -> Result<()> {
    let signed = actor.staff(Action::Assign)?;
    actor.staff(Action::Note)?;
    seen(desk.store.read(), signed, id).await?;
    check(&note.body)?;
    if let Some(to) = input.to {
        can_take(desk, id, to).await?;
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let post = Post {
        ticket: id,
        author: Author::Staff(signed.person),
        audience: Audience::Internal,
        text: note,
        channel: Channel::Desk,
        send_at: scribe.now,
    };
    post.write(&mut scribe).await?;
    give(&mut scribe, id, input.to).await?;
    scribe.settle().await
}

async fn give(scribe: &mut Scribe<'_>, id: TicketId, to: Option<PersonId>) -> Result<()> {
    let from = store::tickets::get(&scribe.tx, id).await?.assignee;
    if from != to {
        store::tickets::set_assignee(&scribe.tx, id, to).await?;
        scribe.ticket(id, TicketEvent::Assigned { from, to, away_until: None }).await?;
    }
    Ok(())
}

/// A customer wrote: what is in the hands of somebody who is away goes back to all.
pub(crate) async fn put_back_where_away(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let Some(assignee) = store::tickets::get(&scribe.tx, id).await?.assignee else { return Ok(()) };
    let Some(until) = store::away::until(&scribe.tx, assignee, scribe.now).await? else { return Ok(()) };
    store::tickets::set_assignee(&scribe.tx, id, None).await?;
    let by = std::mem::replace(&mut scribe.by, By::rule());
    let event = TicketEvent::Assigned { from: Some(assignee), to: None, away_until: Some(until) };
    let done = Box::pin(scribe.ticket(id, event)).await;
    scribe.by = by;
    done.map(drop)
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
