//! A report leaves its bug: it was another one, or none.

use rules::{access::Action, bugs::BugRefusal, events::TicketEvent, ids::TicketId};

use super::refused;
use crate::{Actor, Desk, Result, scribe::Scribe, tickets::seen_ticket};

pub async fn part(desk: &Desk, actor: &Actor, id: TicketId) -> Result<()> {
    let signed = actor.staff(Action::AcceptReports)?;
    seen_ticket(desk.store.read(), signed, id).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if !part_in(&mut scribe, id).await? {
        return Err(refused(BugRefusal::NotInBug));
    }
    scribe.settle().await
}

/// The same within a transaction; whether it was in one.
pub(crate) async fn part_in(scribe: &mut Scribe<'_>, id: TicketId) -> Result<bool> {
    let Some(bug) = store::bugs::of_ticket(&scribe.tx, id).await? else { return Ok(false) };
    store::bugs::part(&scribe.tx, id).await?;
    scribe.ticket(id, TicketEvent::LeftBug { bug }).await?;
    Ok(true)
}
