//! An agent decides the priority; another one than wished needs a reason that the customer sees (PRI-2).

use rules::{
    access::Action,
    events::TicketEvent,
    ids::TicketId,
    keys::PriorityKey,
    priority::{Decision, decide},
};

use super::{lacks::may_be, seen};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

#[derive(Clone, Debug)]
pub struct Decided {
    pub priority: PriorityKey,
    pub reason: String,
}

pub async fn decide_priority(desk: &Desk, actor: &Actor, id: TicketId, input: Decided) -> Result<()> {
    let signed = actor.staff(Action::DecidePriority)?;
    seen(desk.store.read(), signed, id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let range = policy.priority_range(&ticket.request_type).ok_or(Error::NotFound)?;
    let decision = Decision {
        request_type: &ticket.request_type,
        wish: &ticket.wish,
        decided: &input.priority,
        reason: &input.reason,
    };
    decide(&decision, &range)?;
    may_be(&scribe, policy, (&ticket, &input.priority)).await?;
    if ticket.priority_decided && ticket.priority == input.priority {
        return scribe.settle().await;
    }
    store::tickets::decide_priority(&scribe.tx, id, &input.priority).await?;
    let event = TicketEvent::PriorityDecided { from: ticket.priority, to: input.priority };
    scribe.ticket_because(id, event, &input.reason).await?;
    scribe.settle().await
}
