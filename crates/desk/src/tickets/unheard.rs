//! What staff said does not count: it did not arrive, so nobody heard us, or a lead ruled that it was no answer. The request
//! is to be worked on again (REQ-9, FRT-2, FRT-3).

use rules::{
    events::{Because, TicketEvent},
    ids::TicketId,
    tickets::{Move, Whose, after_bounce, after_ruling, turn},
};

use crate::{
    Result,
    clocks::{clocks, history},
    scribe::Scribe,
};

pub(crate) async fn unheard(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let times = scribe.desk.policy().await?.policy().timers.times();
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    move_on(scribe, id, after_bounce(ticket.state, ticket.state_since, scribe.now, &times), Because::Bounced).await
}

/// Unless something else that was said answers it.
pub(crate) async fn unanswered(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let told = history(&scribe.tx, id).await?;
    let clocks = clocks(&told, &*scribe.desk.policies().await?)?;
    if turn(&told, &clocks).is_none_or(|turn| turn.whose == Whose::Theirs) {
        return Ok(());
    }
    let times = scribe.desk.policy().await?.policy().timers.times();
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    move_on(scribe, id, after_ruling(ticket.state, ticket.state_since, scribe.now, &times), Because::Ruled).await
}

async fn move_on(scribe: &mut Scribe<'_>, id: TicketId, next: Move, because: Because) -> Result<()> {
    if let Move::To(to) = next {
        let from = store::tickets::get(&scribe.tx, id).await?.state;
        scribe.ticket(id, TicketEvent::StateChanged { from, to, because }).await?;
    }
    Ok(())
}
