//! The customer asks for a higher priority and says why (REQ-11). It is in force until an agent decides.

use rules::{
    access::CustomerAction,
    events::{By, TicketEvent},
    ids::TicketId,
    keys::PriorityKey,
    priority::{DecidedBy, after_raised_wish, raise},
    refusal::Refusal,
};

use super::{customer, lacks::may_be};
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
    if ticket.state.is_over() {
        return Err(Refusal::RequestEnded.into());
    }
    let range = policy.priority_range(&ticket.request_type).ok_or(Error::NotFound)?;
    let above = policy.above(&ticket.wish, &ticket.request_type, ticket.plan.as_ref());
    raise(&input.wish, &input.reason, &above)?;
    may_be(&scribe, policy, (&ticket, &input.wish)).await?;
    store::tickets::set_wish(&scribe.tx, id, &input.wish).await?;
    let event = TicketEvent::WishRaised { from: ticket.wish, to: input.wish.clone() };
    scribe.ticket_because(id, event, &input.reason).await?;
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
