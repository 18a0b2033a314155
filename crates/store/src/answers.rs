//! How long first responses took (FRT-8): read off the clocks that were answered, by an index that holds nothing else.

use jiff::SignedDuration;
use rules::{ids::TicketId, instant::Instant};

use crate::{Handle, Result, engine::values};

/// Rows that are read at once, so that others get their turn in between.
const AT_ONCE: usize = 5_000;

/// The working time of every case that was answered since then, in no order that matters.
pub async fn worked_since(conn: &Handle, since: Instant) -> Result<Vec<SignedDuration>> {
    let mut worked = Vec::new();
    let mut after = (since, TicketId(-1), -1);
    loop {
        let sql = format!(
            "SELECT ended_at, ticket_id, place, worked FROM clock \
             WHERE worked IS NOT NULL AND (ended_at, ticket_id, place) > ($1, $2, $3) \
             ORDER BY ended_at, ticket_id, place LIMIT {AT_ONCE}"
        );
        let rows = conn.rows(&sql, values![after.0, after.1, after.2], |row| {
            let place = (row.instant("ended_at")?, row.id("ticket_id", TicketId)?, row.get::<i64>("place")?);
            Ok((place, SignedDuration::from_micros(row.get("worked")?)))
        });
        let rows = rows.await?;
        worked.extend(rows.iter().map(|(_, worked)| *worked));
        match rows.last() {
            Some((last, _)) if rows.len() == AT_ONCE => after = *last,
            _ => return Ok(worked),
        }
    }
}
