//! Staff close a request by naming the entry of the scope that it falls under (SCO-1). The customer reads what support does
//! there, and where to go instead.

use rules::{
    access::Action,
    events::{Because, State, TicketEvent},
    ids::TicketId,
    keys::EntryKey,
    policy::Stand,
    refusal::Refusal,
    tickets::{Mover, may_step},
};

use super::seen;
use crate::{Actor, Desk, Result, scribe::Scribe};

#[derive(Clone, Debug)]
pub struct OutOfScope {
    pub entry: EntryKey,
    /// What the customer reads besides; may be empty.
    pub reason: String,
}

pub async fn close_out_of_scope(desk: &Desk, actor: &Actor, id: TicketId, input: OutOfScope) -> Result<()> {
    let signed = actor.staff(Action::ChangeState)?;
    seen(desk.store.read(), signed, id).await?;
    let compiled = desk.policy().await?;
    let entry = compiled.policy().scope.get(&input.entry).filter(|entry| entry.stand != Stand::Covered);
    if entry.is_none() {
        return Err(Refusal::NoScopeEntry.into());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let from = store::tickets::get(&scribe.tx, id).await?.state;
    may_step(from, State::Solved, Mover::Staff, Because::StaffDecided)?;
    store::tickets::set_scope_entry(&scribe.tx, id, Some(&input.entry)).await?;
    scribe.ticket_because(id, TicketEvent::OutOfScope { entry: input.entry }, &input.reason).await?;
    let solved = TicketEvent::StateChanged { from, to: State::Solved, because: Because::StaffDecided };
    scribe.ticket(id, solved).await?;
    scribe.settle().await
}
