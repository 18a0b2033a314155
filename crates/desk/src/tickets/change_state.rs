//! Staff move a request to another state (REQ-9).

use rules::{
    access::Action,
    events::{Because, State, TicketEvent},
    ids::TicketId,
    tickets::{Mover, may_step},
};

use super::seen;
use crate::{Actor, Desk, Result, scribe::Scribe};

/// Where to, and why, if there is something to say.
#[derive(Clone, Debug)]
pub struct StateChange {
    pub to: State,
    pub reason: String,
}

pub async fn change_state(desk: &Desk, actor: &Actor, id: TicketId, input: StateChange) -> Result<()> {
    let signed = actor.staff(Action::ChangeState)?;
    seen(desk.store.read(), signed, id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let from = store::tickets::get(&scribe.tx, id).await?.state;
    if from == input.to {
        return scribe.settle().await;
    }
    may_step(from, input.to, Mover::Staff, Because::StaffDecided)?;
    let event = TicketEvent::StateChanged { from, to: input.to, because: Because::StaffDecided };
    scribe.ticket_because(id, event, &input.reason).await?;
    scribe.settle().await
}
