//! Clocks, as `rules::sla` derived them: a cache by which the sweep finds what is due.

use std::collections::HashSet;

use rules::{events::TargetKind, ids::TicketId, instant::Instant};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// One clock of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockRow {
    pub target: TargetKind,
    pub cycle: u32,
    pub started_at: Instant,
    pub due_at: Option<Instant>,
    /// `running`, `under_way`, `met`, `breached`, `suspended`, `ended`: for reports, judged by `rules`.
    pub standing: String,
    /// When it was met or ended.
    pub ended_at: Option<Instant>,
    /// The working time in microseconds that a first response took, where it is a case for the figures (FRT-8).
    pub worked: Option<i64>,
    /// When the sweep has to look at it next: a warning or the breach.
    pub mark_at: Option<Instant>,
}

/// Replaces a request's clocks.
pub async fn replace(tx: &Tx, ticket: TicketId, clocks: &[ClockRow]) -> Result<()> {
    for (place, clock) in (0_i64..).zip(clocks) {
        tx.run(
            "INSERT INTO clock (ticket_id, place, target, cycle, started_at, due_at, standing, ended_at, worked, mark_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (ticket_id, place) DO UPDATE SET \
             target = excluded.target, cycle = excluded.cycle, started_at = excluded.started_at, \
             due_at = excluded.due_at, standing = excluded.standing, ended_at = excluded.ended_at, \
             worked = excluded.worked, mark_at = excluded.mark_at",
            row(ticket, place, clock),
        )
        .await?;
    }
    let count = i64::try_from(clocks.len()).map_err(crate::Error::broken)?;
    tx.run("DELETE FROM clock WHERE ticket_id = $1 AND place >= $2", values![ticket, count]).await.map(drop)
}

/// The columns of a clock, as `replace` writes them.
pub(crate) fn row(ticket: TicketId, place: i64, clock: &ClockRow) -> Vec<sea_orm::Value> {
    values![
        ticket,
        place,
        clock.target,
        clock.cycle,
        clock.started_at,
        clock.due_at,
        clock.standing,
        clock.ended_at,
        clock.worked,
        clock.mark_at
    ]
}

/// Requests with a clock whose mark has come, the oldest mark first: those of at most `limit` clocks.
pub async fn due(conn: &Handle, now: Instant, limit: i64) -> Result<Vec<TicketId>> {
    let mut tickets = conn
        .rows(
            &format!(
                "SELECT ticket_id FROM clock WHERE mark_at IS NOT NULL AND mark_at <= $1 \
                 ORDER BY mark_at, ticket_id LIMIT {limit}"
            ),
            values![now],
            |row| row.id("ticket_id", TicketId),
        )
        .await?;
    let mut met = HashSet::new();
    tickets.retain(|ticket| met.insert(*ticket));
    Ok(tickets)
}

/// A request's clocks as they are kept, in their order.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<ClockRow>> {
    conn.rows(
        "SELECT target, cycle, started_at, due_at, standing, ended_at, worked, mark_at FROM clock WHERE ticket_id = $1 ORDER BY place",
        values![ticket],
        clock,
    )
    .await
}

fn clock(row: &Row<'_>) -> Result<ClockRow> {
    Ok(ClockRow {
        target: row.word("target")?,
        cycle: u32::try_from(row.get::<i64>("cycle")?).map_err(crate::Error::broken)?,
        started_at: row.instant("started_at")?,
        due_at: row.maybe_instant("due_at")?,
        standing: row.get("standing")?,
        ended_at: row.maybe_instant("ended_at")?,
        worked: row.get("worked")?,
        mark_at: row.maybe_instant("mark_at")?,
    })
}
