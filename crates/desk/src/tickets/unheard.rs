//! A reply did not arrive, so nobody heard us: the request is to be worked on again (REQ-9, FRT-3).

use rules::{
    events::{Because, TicketEvent},
    ids::TicketId,
    tickets::{Move, after_bounce},
};

use crate::{Result, scribe::Scribe};

pub(crate) async fn unheard(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let times = scribe.desk.policy().await?.policy().timers.times();
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if let Move::To(to) = after_bounce(ticket.state, ticket.state_since, scribe.now, &times) {
        let event = TicketEvent::StateChanged { from: ticket.state, to, because: Because::Bounced };
        Box::pin(scribe.ticket(id, event)).await?;
    }
    Ok(())
}
