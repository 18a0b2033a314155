//! The customer says that it works: the request is solved, or a fix confirmed (REQ-9).

use rules::{
    access::CustomerAction,
    events::{Because, State, TicketEvent},
    ids::TicketId,
    tickets::{Mover, may_step},
};

use super::customer;
use crate::{Actor, Desk, Result, scribe::Scribe};

pub async fn close(desk: &Desk, actor: &Actor, id: TicketId) -> Result<()> {
    customer(desk.store.read(), actor, id, CustomerAction::Close).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let from = store::tickets::get(&scribe.tx, id).await?.state;
    if from.is_over() {
        return scribe.settle().await;
    }
    let because = if from == State::ToConfirm { Because::CustomerConfirmed } else { Because::CustomerClosed };
    may_step(from, State::Solved, Mover::Customer, because)?;
    scribe.ticket(id, TicketEvent::StateChanged { from, to: State::Solved, because }).await?;
    scribe.settle().await
}
