//! An agent makes a request one of another type (REQ-8): number, history and filing instant stay, the priority moves into
//! the range of the new type (PRI-4), and what that asks for is asked of the customer. It is no response.

use rules::{
    access::Action,
    events::{Secrecy, TicketEvent},
    ids::TicketId,
    keys::TypeKey,
    tickets::{Conversion as Asked, convert as judge},
};

use super::{seen, set_secrecy::keep_secret};
use crate::{Actor, Desk, Result, scribe::Scribe};

#[derive(Clone, Debug)]
pub struct Conversion {
    pub to: TypeKey,
    /// The customer reads it; may be empty.
    pub reason: String,
}

pub async fn convert(desk: &Desk, actor: &Actor, id: TicketId, input: Conversion) -> Result<()> {
    let signed = actor.staff(Action::Convert)?;
    seen(desk.store.read(), signed, id).await?;
    let compiled = desk.policy().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.request_type == input.to {
        return scribe.settle().await;
    }
    let details = store::tickets::details(&scribe.tx, id).await?.into_iter().collect();
    let (priority, secrecy) = (&ticket.priority, ticket.secrecy);
    let (state, from, to) = (ticket.state, &ticket.request_type, &input.to);
    let policy = compiled.policy();
    let converted =
        policy.choosing(to, &details, |chosen| judge(policy, &Asked { state, from, to, priority, chosen, secrecy }))?;
    if converted.secrecy == Secrecy::Security {
        actor.staff(Action::MakeSecurityReport)?;
    }
    store::tickets::convert(&scribe.tx, id, &input.to, &converted.priority).await?;
    // Before the event: what follows from it already keeps the secret.
    keep_secret(&mut scribe, &ticket, converted.secrecy).await?;
    let event =
        TicketEvent::Converted { from: ticket.request_type, to: input.to.clone(), priority: converted.priority };
    scribe.ticket_because(id, event, &input.reason).await?;
    scribe.settle().await
}
