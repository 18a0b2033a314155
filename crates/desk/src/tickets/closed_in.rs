//! What follows when a request is for the security role alone (SEC-1): it leaves the hands of those who may not see it,
//! and what mails about it said is kept no longer.

use rules::{
    access::Grant,
    events::{By, TicketEvent},
    ids::TicketId,
};

use crate::{Result, scribe::Scribe};

pub(crate) async fn closed_in(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if let Some(assignee) = ticket.assignee
        && !store::people::grants(&scribe.tx, assignee).await?.contains(&Grant::Security)
    {
        store::tickets::set_assignee(&scribe.tx, id, None).await?;
        let by = std::mem::replace(&mut scribe.by, By::rule());
        let taken = TicketEvent::Assigned { from: Some(assignee), to: None, away_until: None, shared: None };
        scribe.ticket(id, taken).await?;
        scribe.by = by;
    }
    Ok(store::outgoing::hush(&scribe.tx, id).await?)
}
