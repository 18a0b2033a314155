//! Work that waits, is parked or was given up, for whoever looks after it; the queue itself is `jobs`'.

use rules::{
    ids::{JobId, OutgoingId, PersonId, TicketId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
    jobs::{Job, job},
    outgoing::{OUTGOING, Outgoing, outgoing},
};

const JOB: &str = "SELECT id, kind, payload, attempts, run_at, fault, parked_at FROM job";

/// Work of a kind that is not parked, in the order in which it is due.
pub async fn waiting(conn: &Handle, kind: &str, after: Option<(Instant, JobId)>, limit: i64) -> Result<Vec<Job>> {
    let (at, id) = after.map_or((i64::MIN, i64::MIN), |(at, id)| (at.micros(), id.0));
    let sql = format!(
        "{JOB} WHERE parked_at IS NULL AND kind = $1 AND (run_at, id) > ($2, $3) ORDER BY run_at, id LIMIT {limit}"
    );
    conn.rows(&sql, values![kind, at, id], job).await
}

/// What is parked, the newest first.
pub async fn parked(conn: &Handle, before: Option<(Instant, JobId)>, limit: i64) -> Result<Vec<Job>> {
    let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.micros(), id.0));
    let sql = format!(
        "{JOB} WHERE parked_at IS NOT NULL AND (parked_at, id) < ($1, $2) ORDER BY parked_at DESC, id DESC LIMIT {limit}"
    );
    conn.rows(&sql, values![at, id], job).await
}

pub async fn get(conn: &Handle, id: JobId) -> Result<Job> {
    conn.one(&format!("{JOB} WHERE id = $1"), values![id], job).await
}

/// Mails that a server refused since then, the newest first.
pub async fn refused(
    conn: &Handle,
    since: Instant,
    before: Option<(Instant, OutgoingId)>,
    limit: i64,
) -> Result<Vec<Outgoing>> {
    let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.micros(), id.0));
    let sql = format!(
        "{OUTGOING} WHERE outcome = 'refused' AND outcome_at >= $1 AND (outcome_at, id) < ($2, $3) \
         ORDER BY outcome_at DESC, id DESC LIMIT {limit}"
    );
    conn.rows(&sql, values![since, at, id], outgoing).await
}

/// Has it tried now; `false` while it is being tried.
pub async fn try_now(tx: &Tx, id: JobId, now: Instant) -> Result<bool> {
    let sql = "UPDATE job SET attempts = CASE WHEN parked_at IS NULL THEN attempts ELSE 0 END, parked_at = NULL, \
               run_at = $2, leased_until = NULL WHERE id = $1 AND (leased_until IS NULL OR leased_until <= $2)";
    Ok(tx.run(sql, values![id, now]).await? > 0)
}

/// Takes it out; `false` while it is being tried.
pub async fn take_out(tx: &Tx, id: JobId, now: Instant) -> Result<bool> {
    let sql = "DELETE FROM job WHERE id = $1 AND (leased_until IS NULL OR leased_until <= $2)";
    Ok(tx.run(sql, values![id, now]).await? > 0)
}

/// Work that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    pub kind: String,
    pub ticket: Option<TicketId>,
    /// As it was given; emptied when who gave it is erased.
    pub reason: String,
    pub by: PersonId,
    pub at: Instant,
}

pub async fn note_dropped(tx: &Tx, dropped: &Dropped) -> Result<()> {
    let Dropped { kind, ticket, reason, by, at } = dropped;
    let sql = "INSERT INTO dropped_work (kind, ticket_id, reason, by_id, at) VALUES ($1, $2, $3, $4, $5)";
    tx.run(sql, values![kind, *ticket, reason, *by, *at]).await.map(drop)
}

/// What was given up of late, the newest first.
pub async fn dropped(conn: &Handle, limit: i64) -> Result<Vec<Dropped>> {
    let sql =
        format!("SELECT kind, ticket_id, reason, by_id, at FROM dropped_work ORDER BY at DESC, id DESC LIMIT {limit}");
    conn.rows(&sql, values![], |row: &Row<'_>| {
        Ok(Dropped {
            kind: row.get("kind")?,
            ticket: row.maybe_id("ticket_id", TicketId)?,
            reason: row.get("reason")?,
            by: row.id("by_id", PersonId)?,
            at: row.instant("at")?,
        })
    })
    .await
}

/// Throws away what was given up before then.
pub async fn sweep(tx: &Tx, before: Instant) -> Result<u64> {
    tx.run("DELETE FROM dropped_work WHERE at <= $1", values![before]).await
}
