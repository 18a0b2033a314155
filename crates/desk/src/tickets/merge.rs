//! Two requests about the same thing become one (FRT-5): one is closed and leads to the other, its unanswered clock goes on
//! there, and its people take part there. Undone within the hold.

use jiff::SignedDuration;
use rules::{
    access::Action,
    events::{Because, Event, State, TicketEvent},
    ids::{PersonId, TicketId},
    instant::Instant,
    refusal::Refusal,
    sla::carry,
    tickets::{Merging, Mover, may_merge, may_step},
};
use store::tickets::Ticket;

use super::{
    participants::{add, remove},
    seen,
};
use crate::{
    Actor, Desk, Error, Result,
    clocks::{clocks, history},
    scribe::Scribe,
};

/// Merges a request into another; until when it can be undone.
pub async fn merge(desk: &Desk, actor: &Actor, id: TicketId, into: TicketId) -> Result<Instant> {
    let signed = actor.staff(Action::Merge)?;
    seen(desk.store.read(), signed, id).await?;
    seen(desk.store.read(), signed, into).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let (goes, stays) = (store::tickets::get(&scribe.tx, id).await?, store::tickets::get(&scribe.tx, into).await?);
    may_merge(&merging(&goes), &merging(&stays))?;
    may_step(goes.state, State::Closed, Mover::Staff, Because::Merged)?;
    let told = clocks(&history(&scribe.tx, id).await?, &*desk.policies().await?)?;
    let there = store::tickets::participants(&scribe.tx, into).await?;
    scribe.ticket(into, TicketEvent::Absorbed { other: id, clock: carry(&told, goes.requester) }).await?;
    for person in store::tickets::participants(&scribe.tx, id).await? {
        if !there.contains(&person) {
            add(&mut scribe, into, person).await?;
        }
    }
    store::tickets::set_merged(&scribe.tx, id, Some(into)).await?;
    let closed = TicketEvent::StateChanged { from: goes.state, to: State::Closed, because: Because::Merged };
    scribe.ticket(id, closed).await?;
    scribe.ticket(id, TicketEvent::MergedInto { survivor: into }).await?;
    let until = scribe.now.plus(hold(desk).await?);
    scribe.settle().await?;
    Ok(until)
}

/// How long it can be undone: as long as a reply can be taken back.
pub(crate) async fn hold(desk: &Desk) -> Result<SignedDuration> {
    Ok(SignedDuration::from_secs(i64::from(desk.policy().await?.policy().replies.hold_seconds)))
}

/// Undoes it within the hold.
pub async fn undo_merge(desk: &Desk, actor: &Actor, id: TicketId) -> Result<()> {
    let signed = actor.staff(Action::Merge)?;
    seen(desk.store.read(), signed, id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let into = ticket.merged_into.ok_or(Error::NotFound)?;
    let (merged_at, added) = merged(&scribe, id, into).await?;
    if scribe.now >= merged_at.plus(hold(desk).await?) {
        return Err(Refusal::HoldOver.into());
    }
    store::tickets::set_merged(&scribe.tx, id, None).await?;
    scribe.ticket(into, TicketEvent::MergeUndone { other: id }).await?;
    for person in added {
        remove(&mut scribe, into, person).await?;
    }
    scribe.ticket(id, TicketEvent::MergeUndone { other: into }).await?;
    let opened = TicketEvent::StateChanged { from: ticket.state, to: State::Open, because: Because::Merged };
    scribe.ticket(id, opened).await?;
    scribe.settle().await
}

/// When it was merged, and who came along.
async fn merged(scribe: &Scribe<'_>, id: TicketId, into: TicketId) -> Result<(Instant, Vec<PersonId>)> {
    let there = history(&scribe.tx, into).await?;
    let absorbed = there
        .iter()
        .rfind(|entry| matches!(&entry.event, Event::Ticket(_, TicketEvent::Absorbed { other, .. }) if *other == id));
    let at = absorbed.ok_or(Error::NotFound)?.occurred_at;
    let added = there.iter().filter(|entry| entry.occurred_at == at).filter_map(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::ParticipantAdded { person }) => Some(*person),
        _ => None,
    });
    Ok((at, added.collect()))
}

fn merging(ticket: &Ticket) -> Merging {
    Merging {
        id: ticket.id,
        organisation: ticket.organisation,
        requester: ticket.requester,
        secrecy: ticket.secrecy,
        state: ticket.state,
    }
}
