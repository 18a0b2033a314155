//! Work that runs by itself: rows written in the transaction that wants it done.

use rules::{ids::JobId, instant::Instant};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// A unit of work.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// How often it was claimed, this time included.
    pub attempts: u32,
    /// When it may run next, or ran last.
    pub run_at: Instant,
    /// What went wrong last.
    pub fault: Option<String>,
    pub parked_at: Option<Instant>,
}

/// Work about to be queued. With a `unique_key`, a second one of the same key is not queued until the first is
/// finished; while it runs or is parked, it stands.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    pub kind: &'a str,
    pub payload: &'a str,
    pub unique_key: Option<&'a str>,
    pub run_at: Instant,
    pub now: Instant,
}

pub async fn enqueue(tx: &Tx, new: NewJob<'_>) -> Result<()> {
    tx.run(
        "INSERT INTO job (kind, payload, unique_key, run_at, attempts, created_at) VALUES ($1, $2, $3, $4, 0, $5) \
         ON CONFLICT (unique_key) DO NOTHING",
        values![new.kind, new.payload, new.unique_key, new.run_at, new.now],
    )
    .await
    .map(drop)
}

/// Claims the next job that is due, until `leased_until`; another may have it after that.
pub async fn claim(tx: &Tx, now: Instant, leased_until: Instant) -> Result<Option<Job>> {
    // A claimed job is due again when its lease ends: a worker that died loses nothing.
    tx.maybe(
        "UPDATE job SET attempts = attempts + 1, leased_until = $2, run_at = $2 WHERE id = \
         (SELECT id FROM job WHERE parked_at IS NULL AND run_at <= $1 ORDER BY run_at, id LIMIT 1) \
         RETURNING id, kind, payload, attempts, run_at, fault, parked_at",
        values![now, leased_until],
        job,
    )
    .await
}

/// Claimed jobs of a kind are due at once: whoever had them is gone.
pub async fn release(tx: &Tx, kind: &str, now: Instant) -> Result<u64> {
    tx.run(
        "UPDATE job SET leased_until = NULL, run_at = $2 WHERE kind = $1 AND leased_until IS NOT NULL \
         AND parked_at IS NULL",
        values![kind, now],
    )
    .await
}

/// A claimed job is due again from another instant on: what it does in a while is known.
pub async fn lease(tx: &Tx, id: JobId, until: Instant) -> Result<()> {
    tx.run("UPDATE job SET leased_until = $2, run_at = $2 WHERE id = $1", values![id, until]).await.map(drop)
}

pub(crate) fn job(row: &Row<'_>) -> Result<Job> {
    Ok(Job {
        id: row.id("id", JobId)?,
        kind: row.get("kind")?,
        payload: row.get("payload")?,
        attempts: u32::try_from(row.get::<i64>("attempts")?).map_err(crate::Error::broken)?,
        run_at: row.instant("run_at")?,
        fault: row.get("fault")?,
        parked_at: row.maybe_instant("parked_at")?,
    })
}

/// The job is done.
pub async fn finish(tx: &Tx, id: JobId) -> Result<()> {
    tx.run("DELETE FROM job WHERE id = $1", values![id]).await.map(drop)
}

/// The job failed and is tried again at `run_at`; `false` when its lease had ended and another has it since.
pub async fn retry(tx: &Tx, job: &Job, fault: &str, run_at: Instant) -> Result<bool> {
    let put_back = tx
        .run(
            "UPDATE job SET fault = $3, run_at = $4, leased_until = NULL WHERE id = $1 AND attempts = $2",
            values![job.id, job.attempts, fault, run_at],
        )
        .await?;
    Ok(put_back > 0)
}

/// What the job needs is not there yet: it runs again at `run_at`, and this time was no try.
pub async fn wait(tx: &Tx, job: &Job, fault: &str, run_at: Instant) -> Result<()> {
    tx.run(
        "UPDATE job SET fault = $3, run_at = $4, leased_until = NULL, attempts = attempts - 1 \
         WHERE id = $1 AND attempts = $2",
        values![job.id, job.attempts, fault, run_at],
    )
    .await
    .map(drop)
}

/// Whether one of a kind is to be done whose key begins so; what is parked is not counted.
pub async fn is_any(conn: &Handle, kind: &str, key: &str) -> Result<bool> {
    let sql = "SELECT id FROM job WHERE parked_at IS NULL AND kind = $1 AND SUBSTR(unique_key, 1, LENGTH($2)) = $2 \
               LIMIT 1";
    Ok(conn.maybe(sql, values![kind, key], |row| row.id("id", JobId)).await?.is_some())
}

/// The job will not be tried again by itself, staff see it; `false` when its lease had ended and another has it since.
pub async fn park(tx: &Tx, job: &Job, fault: &str, now: Instant) -> Result<bool> {
    let parked = tx
        .run(
            "UPDATE job SET fault = $3, parked_at = $4, leased_until = NULL WHERE id = $1 AND attempts = $2",
            values![job.id, job.attempts, fault, now],
        )
        .await?;
    Ok(parked > 0)
}

/// Puts a parked job back into the queue.
pub async fn unpark(tx: &Tx, id: JobId, now: Instant) -> Result<bool> {
    let back = tx
        .run(
            "UPDATE job SET parked_at = NULL, attempts = 0, run_at = $2 WHERE id = $1 AND parked_at IS NOT NULL",
            values![id, now],
        )
        .await?;
    Ok(back > 0)
}

/// All that is parked of a kind is due at once: what kept it back was mended.
pub async fn unpark_all(tx: &Tx, kind: &str, now: Instant) -> Result<u64> {
    let sql = "UPDATE job SET parked_at = NULL, attempts = 0, run_at = $2 WHERE parked_at IS NOT NULL AND kind = $1";
    tx.run(sql, values![kind, now]).await
}

/// Parked work of a kind that says this is taken out: it is ordered anew.
pub async fn drop_parked(tx: &Tx, kind: &str, payload: &str) -> Result<()> {
    let sql = "DELETE FROM job WHERE parked_at IS NOT NULL AND kind = $1 AND payload = $2";
    tx.run(sql, values![kind, payload]).await.map(drop)
}

/// What is parked, the newest first.
pub async fn parked(conn: &Handle, limit: i64) -> Result<Vec<Job>> {
    conn.rows(
        "SELECT id, kind, payload, attempts, run_at, fault, parked_at FROM job WHERE parked_at IS NOT NULL \
         ORDER BY parked_at DESC, id DESC LIMIT $1",
        values![limit],
        job,
    )
    .await
}

/// When the next job is due.
pub async fn next_due(conn: &Handle) -> Result<Option<Instant>> {
    conn.maybe("SELECT run_at FROM job WHERE parked_at IS NULL ORDER BY run_at, id LIMIT 1", values![], |row| {
        row.instant("run_at")
    })
    .await
}

/// How much work there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What is not parked.
    pub all: i64,
    pub due: i64,
    pub parked: i64,
    /// Since when that waits which is due and has waited longest.
    pub oldest: Option<Instant>,
}

pub async fn waiting(conn: &Handle, now: Instant) -> Result<Waiting> {
    conn.one(
        "SELECT (SELECT COUNT(*) FROM job WHERE parked_at IS NULL) AS all_jobs, \
         (SELECT COUNT(*) FROM job WHERE parked_at IS NULL AND run_at <= $1) AS due, \
         (SELECT COUNT(*) FROM job WHERE parked_at IS NOT NULL) AS parked, \
         (SELECT MIN(run_at) FROM job WHERE parked_at IS NULL AND run_at <= $1) AS oldest",
        values![now],
        |row| {
            Ok(Waiting {
                all: row.get("all_jobs")?,
                due: row.get("due")?,
                parked: row.get("parked")?,
                oldest: row.maybe_instant("oldest")?,
            })
        },
    )
    .await
}

/// All that is queued, leased or parked.
pub async fn all(conn: &Handle) -> Result<Vec<Job>> {
    let all = "SELECT id, kind, payload, attempts, run_at, fault, parked_at FROM job ORDER BY run_at, id";
    conn.rows(all, values![], job).await
}
