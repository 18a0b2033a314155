//! A person escalates a request and says why (PLN-3): the targets of escalated requests count from now on. Staff may always
//! where the policy knows escalation, its customer where the policy lets them; staff take it back.

use rules::{
    access::{Action, CustomerAction},
    events::TicketEvent,
    ids::TicketId,
    policy::Escalation,
    refusal::Refusal,
};
use store::tickets::Ticket;

use super::{customer, seen};
use crate::{Actor, Desk, Result, scribe::Scribe};

/// Marks it; the reason is read by staff and customer. What is escalated already stays so.
pub async fn escalate(desk: &Desk, actor: &Actor, id: TicketId, reason: &str) -> Result<()> {
    let is_staff = actor.signed()?.grants.is_staff();
    if is_staff {
        seen(desk.store.read(), actor.signed()?, id).await?;
        actor.staff(Action::DecidePriority)?;
    } else {
        customer(desk.store.read(), actor, id, CustomerAction::Escalate).await?;
    }
    let compiled = desk.policy().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let escalation = compiled.policy().escalation_of(ticket.plan.as_ref(), &ticket.priority);
    may(&ticket, escalation, (is_staff, reason))?;
    if ticket.escalated_at.is_some() {
        return scribe.settle().await;
    }
    store::tickets::set_escalated(&scribe.tx, id, Some(scribe.now)).await?;
    scribe.ticket_because(id, TicketEvent::Escalated, reason).await?;
    scribe.settle().await
}

fn may(ticket: &Ticket, escalation: Option<&Escalation>, (is_staff, reason): (bool, &str)) -> Result<()> {
    if ticket.state.is_over() {
        return Err(Refusal::RequestEnded.into());
    }
    let Some(escalation) = escalation else {
        return Err(Refusal::NoEscalation { priority: ticket.priority.clone() }.into());
    };
    if !is_staff && !escalation.customers {
        return Err(Refusal::EscalatedByStaff.into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::EscalationReasonMissing.into());
    }
    Ok(())
}

/// Takes it back, with a reason; clocks that are not decided yet go by what they had before.
pub async fn end_escalation(desk: &Desk, actor: &Actor, id: TicketId, reason: &str) -> Result<()> {
    let signed = actor.staff(Action::DecidePriority)?;
    seen(desk.store.read(), signed, id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.state.is_over() {
        return Err(Refusal::RequestEnded.into());
    }
    if ticket.escalated_at.is_none() {
        return scribe.settle().await;
    }
    if reason.trim().is_empty() {
        return Err(Refusal::EscalationReasonMissing.into());
    }
    store::tickets::set_escalated(&scribe.tx, id, None).await?;
    scribe.ticket_because(id, TicketEvent::EscalationEnded, reason).await?;
    scribe.settle().await
}
