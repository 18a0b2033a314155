//! The digest at an opening: which requests it lists travels in the order; what they are is read when it is sent.

use rules::{
    events::Secrecy,
    ids::{PersonId, TicketId},
    tickets::Bucket,
};
use serde::{Deserialize, Serialize};

use crate::{
    Desk, Result,
    actor::Signed,
    ports::{About, DigestLine},
};

/// To who did not turn it off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningDigest {
    pub to: PersonId,
    /// Of which opening, in microseconds.
    pub opened: i64,
    pub came: Vec<TicketId>,
    pub due: Vec<TicketId>,
    /// How many more there are than it lists.
    pub others: usize,
}

/// None where nothing is left that its reader sees.
pub(super) async fn about(desk: &Desk, owed: &OpeningDigest) -> Result<Option<About>> {
    let signed = Signed::read(desk.store.read(), owed.to).await?;
    if !signed.grants.is_staff() {
        return Ok(None);
    }
    let (came, due) = (lines(desk, &signed, &owed.came).await?, lines(desk, &signed, &owed.due).await?);
    if came.is_empty() && due.is_empty() {
        return Ok(None);
    }
    let page = format!("{}/desk/opening", desk.settings.base_url);
    Ok(Some(About::Opening { came, due, others: owed.others, page }))
}

async fn lines(desk: &Desk, signed: &Signed, tickets: &[TicketId]) -> Result<Vec<DigestLine>> {
    let policy = desk.policy().await?;
    let rows = crate::tickets::seen_rows(desk, &signed.scope, tickets).await?;
    let line = |row: crate::tickets::Row| {
        let ticket = row.ticket;
        let priority = policy.policy().priorities.get(ticket.priority.as_str());
        DigestLine {
            number: ticket.id,
            // A security report is told by its number alone (SEC-1).
            subject: (ticket.secrecy != Secrecy::Security).then_some(ticket.subject),
            whose: row.organisation.unwrap_or(row.requester),
            priority: priority.map_or_else(|| ticket.priority.to_string(), |it| it.name.say("en").to_owned()),
            due: ticket.queue.filter(|place| place.bucket == Bucket::Due).map(|place| place.at),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}
