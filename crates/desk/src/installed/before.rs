//! What requests said before anybody kept where which version runs: read once, in steps between other work.

use rules::ids::TicketId;
use serde::{Deserialize, Serialize};

use super::note;
use crate::{Actor, Desk, Error, Result, jobs::Done, scribe::Scribe};

/// The first step is ordered with the table.
pub(crate) const KIND: &str = "installed_before";
/// Requests of one step, few enough that nobody waits for the writer's turn.
const STEP: i64 = 100;

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    after: TicketId,
}

pub(crate) async fn step(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { after } = serde_json::from_str(payload).map_err(Error::broken)?;
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let tickets = store::tickets::behind(&scribe.tx, after, STEP).await?;
    for ticket in &tickets {
        let filed = store::tickets::get(&scribe.tx, *ticket).await?.filed_at;
        note(&mut scribe, *ticket, filed).await?;
    }
    if let Some(last) = tickets.last() {
        let now = scribe.now;
        scribe.enqueue(KIND, &format!("{KIND}/{last}"), &Step { after: *last }, now).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
