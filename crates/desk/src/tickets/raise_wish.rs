//! The customer asks for a higher priority and says why (REQ-11). It is in force until an agent decides.

use rules::{
    access::CustomerAction,
    events::{By, State, TicketEvent},
    ids::TicketId,
    keys::PriorityKey,
    priority::{DecidedBy, Range, above, after_raised_wish, raise},
    refusal::Refusal,
};

use super::customer;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

#[derive(Clone, Debug)]
pub struct Raised {
    pub wish: PriorityKey,
    pub reason: String,
}

pub async fn raise_wish(desk: &Desk, actor: &Actor, id: TicketId, input: Raised) -> Result<()> {
    customer(desk.store.read(), actor, id, CustomerAction::RaiseWish).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if matches!(ticket.state, State::Solved | State::Closed) {
        return Err(Refusal::RequestEnded.into());
    }
    let order: Vec<PriorityKey> = policy.priorities.keys().cloned().collect();
    let offered = policy.allowed(&ticket.request_type, ticket.plan.as_ref());
    raise(&input.wish, &input.reason, &above(&ticket.wish, &offered, &order))?;
    store::tickets::set_wish(&scribe.tx, id, &input.wish).await?;
    let event = TicketEvent::WishRaised { from: ticket.wish, to: input.wish.clone() };
    scribe.ticket_because(id, event, &input.reason).await?;
    let kind = policy.request_type(&ticket.request_type).ok_or(Error::NotFound)?;
    let range = Range { order: &order, highest: &kind.priorities.highest, lowest: &kind.priorities.lowest };
    let by = if ticket.priority_decided { DecidedBy::Agent } else { DecidedBy::Wish };
    if let Some(clamped) = after_raised_wish(&input.wish, by, &range)
        && clamped.priority != ticket.priority
    {
        store::tickets::set_priority(&scribe.tx, id, &clamped.priority).await?;
        scribe.by = By::rule();
        scribe.ticket(id, TicketEvent::PriorityDecided { from: ticket.priority, to: clamped.priority }).await?;
    }
    scribe.settle().await
}
