//! Who may see a request beyond what its organisation shares (VIS-2): staff make it confidential, or open again.

use rules::{
    access::Action,
    events::{Secrecy, TicketEvent},
    ids::TicketId,
    refusal::Refusal,
};
use store::tickets::Ticket;

use super::seen;
use crate::{Actor, Desk, Result, scribe::Scribe};

/// Makes it confidential or open. A security report becomes another type first, since its secrecy is its type's (SEC-1).
pub async fn set_secrecy(desk: &Desk, actor: &Actor, id: TicketId, secrecy: Secrecy) -> Result<()> {
    let signed = actor.staff(Action::SetAudience)?;
    seen(desk.store.read(), signed, id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.secrecy == Secrecy::Security || secrecy == Secrecy::Security {
        return Err(Refusal::SecrecyOfType.into());
    }
    keep_secret(&mut scribe, &ticket, secrecy).await?;
    scribe.settle().await
}

/// Sets the secrecy, where it differs. What becomes a security report leaves the hands of those who may not see it.
pub(super) async fn keep_secret(scribe: &mut Scribe<'_>, ticket: &Ticket, secrecy: Secrecy) -> Result<()> {
    if ticket.secrecy == secrecy {
        return Ok(());
    }
    store::tickets::set_secrecy(&scribe.tx, ticket.id, secrecy).await?;
    scribe.ticket(ticket.id, TicketEvent::SecrecySet { secrecy }).await?;
    Ok(())
}
