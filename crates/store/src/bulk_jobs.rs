//! What staff do to many requests at once: jobs, and how each of their requests stands.

use rules::{
    bulk::{Act, Phase, Standing, Was, Why},
    ids::{BulkJobId, MessageId, PersonId, Seq, TicketId},
    instant::Instant,
};
use sea_orm::Value;

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values, word},
};

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkJob {
    pub id: BulkJobId,
    pub by: PersonId,
    /// None as long as nobody said what is to be done, and where a job puts back what another changed.
    pub act: Option<Act>,
    /// The reason, the note or the reply; none once it is done.
    pub words: Option<String>,
    pub phase: Phase,
    /// Which choice of an act the judgements are of.
    pub round: i64,
    pub total: i64,
    pub done: i64,
    pub undoes: Option<BulkJobId>,
    pub created_at: Instant,
    pub started_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub stopped_by: Option<PersonId>,
}

/// A request of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRow {
    pub ticket: TicketId,
    pub place: i64,
    pub standing: Standing,
    pub why: Option<Why>,
    pub read_to: MessageId,
    /// What it was before; in a job that puts back, what it is to be.
    pub was: Option<Was>,
    pub seq: Option<Seq>,
    pub at: Option<Instant>,
}

const JOB: &str = "SELECT id, by_id, act, words, phase, round, total, done, undoes_id, created_at, started_at, ended_at, \
    stopped_by_id FROM bulk_job";
const ROW: &str = "SELECT ticket_id, place, standing, why, read_to, was, seq, at FROM bulk_row";

fn job(row: &Row<'_>) -> Result<BulkJob> {
    Ok(BulkJob {
        id: row.id("id", BulkJobId)?,
        by: row.id("by_id", PersonId)?,
        act: read(row, "act")?,
        words: row.get("words")?,
        phase: row.word("phase")?,
        round: row.get("round")?,
        total: row.get("total")?,
        done: row.get("done")?,
        undoes: row.maybe_id("undoes_id", BulkJobId)?,
        created_at: row.instant("created_at")?,
        started_at: row.maybe_instant("started_at")?,
        ended_at: row.maybe_instant("ended_at")?,
        stopped_by: row.maybe_id("stopped_by_id", PersonId)?,
    })
}

fn of_job(row: &Row<'_>) -> Result<BulkRow> {
    Ok(BulkRow {
        ticket: row.id("ticket_id", TicketId)?,
        place: row.get("place")?,
        standing: row.word("standing")?,
        why: read(row, "why")?,
        read_to: row.id("read_to", MessageId)?,
        was: read(row, "was")?,
        seq: row.maybe_id("seq", Seq)?,
        at: row.maybe_instant("at")?,
    })
}

fn read<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(Error::broken)).transpose()
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::broken)
}

/// A job about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewBulkJob {
    pub by: PersonId,
    pub phase: Phase,
    pub total: i64,
    pub undoes: Option<BulkJobId>,
    pub now: Instant,
}

pub async fn insert(tx: &Tx, new: NewBulkJob) -> Result<BulkJobId> {
    let started = (new.phase == Phase::Running).then_some(new.now);
    tx.insert(
        "INSERT INTO bulk_job (by_id, phase, total, undoes_id, created_at, started_at) \
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        values![new.by, word(&new.phase), new.total, new.undoes, new.now, started],
    )
    .await
    .map(BulkJobId)
}

/// Its requests, in this order, each with what it is to be where the job puts back.
pub async fn add(tx: &Tx, id: BulkJobId, standing: Standing, rows: &[(TicketId, Option<Was>)]) -> Result<()> {
    let mut place = 0_i64;
    for chunk in rows.chunks(200) {
        let mut values: Vec<Value> = values![id, word(&standing)];
        let mut lines = vec![];
        for (ticket, was) in chunk {
            place += 1;
            let was = was.as_ref().map(json).transpose()?;
            let at = values.len() + 1;
            lines.push(format!("($1, ${at}, ${}, $2, ${})", at + 1, at + 2));
            values.extend([ticket.to_value(), place.to_value(), was.to_value()]);
        }
        let lines = lines.join(", ");
        tx.run(&format!("INSERT INTO bulk_row (job_id, ticket_id, place, standing, was) VALUES {lines}"), values)
            .await?;
    }
    Ok(())
}

pub async fn get(conn: &Handle, id: BulkJobId) -> Result<BulkJob> {
    conn.one(&format!("{JOB} WHERE id = $1"), values![id], job).await
}

/// The one that puts another back.
pub async fn that_undoes(conn: &Handle, id: BulkJobId) -> Result<Option<BulkJobId>> {
    conn.maybe("SELECT id FROM bulk_job WHERE undoes_id = $1", values![id], |row| row.id("id", BulkJobId)).await
}

/// Those that were begun, the newest first, behind `before`; of one person, or of all.
pub async fn begun(conn: &Handle, by: Option<PersonId>, before: BulkJobId, limit: i64) -> Result<Vec<BulkJob>> {
    let (whose, values) = match by {
        Some(by) => (" AND by_id = $2", values![before, by]),
        None => ("", values![before]),
    };
    let sql = format!("{JOB} WHERE started_at IS NOT NULL AND id < $1{whose} ORDER BY id DESC LIMIT {limit}");
    conn.rows(&sql, values, job).await
}

/// What is to be done to each of them from now on: all are looked at anew.
pub async fn decide(tx: &Tx, id: BulkJobId, act: &Act, words: &str) -> Result<i64> {
    let phase = word(&Phase::Judging);
    let sql = "UPDATE bulk_job SET act = $2, words = $3, phase = $4, round = round + 1 WHERE id = $1 RETURNING round";
    let round = tx.one(sql, values![id, json(act)?, words, phase], |row| row.get("round")).await?;
    let waiting = word(&Standing::Waiting);
    tx.run("UPDATE bulk_row SET standing = $2, why = NULL WHERE job_id = $1", values![id, waiting]).await?;
    Ok(round)
}

/// Takes it from one phase to another; `false` where it was in another one by then.
pub async fn go(tx: &Tx, (id, round): (BulkJobId, i64), (from, to): (Phase, Phase), now: Instant) -> Result<bool> {
    let (started, ended) = match to {
        Phase::Running => (Some(now), None),
        Phase::Ended | Phase::Stopped => (None, Some(now)),
        Phase::Chosen | Phase::Judging | Phase::Judged => (None, None),
    };
    let moved = tx
        .run(
            "UPDATE bulk_job SET phase = $4, started_at = COALESCE(started_at, $5), ended_at = $6, \
             words = CASE WHEN $7 THEN NULL ELSE words END WHERE id = $1 AND round = $2 AND phase = $3",
            values![id, round, word(&from), word(&to), started, ended, ended.is_some()],
        )
        .await?;
    Ok(moved > 0)
}

/// The words that go with what it does.
pub async fn say(tx: &Tx, id: BulkJobId, words: &str) -> Result<()> {
    tx.run("UPDATE bulk_job SET words = $2 WHERE id = $1", values![id, words]).await.map(drop)
}

/// Who stopped it.
pub async fn stopped(tx: &Tx, id: BulkJobId, by: PersonId) -> Result<()> {
    tx.run("UPDATE bulk_job SET stopped_by_id = $2 WHERE id = $1", values![id, by]).await.map(drop)
}

/// The next of its requests that stand so.
pub async fn next(conn: &Handle, id: BulkJobId, standing: Standing, limit: i64) -> Result<Vec<BulkRow>> {
    page(conn, id, standing, (0, limit)).await
}

/// Those that stand so, behind a place.
pub async fn page(
    conn: &Handle,
    id: BulkJobId,
    standing: Standing,
    (behind, limit): (i64, i64),
) -> Result<Vec<BulkRow>> {
    let sql = format!("{ROW} WHERE job_id = $1 AND standing = $2 AND place > $3 ORDER BY place LIMIT {limit}");
    conn.rows(&sql, values![id, word(&standing), behind], of_job).await
}

pub async fn row(conn: &Handle, id: BulkJobId, ticket: TicketId) -> Result<BulkRow> {
    conn.one(&format!("{ROW} WHERE job_id = $1 AND ticket_id = $2"), values![id, ticket], of_job).await
}

/// How many of them stand how.
pub async fn counts(conn: &Handle, id: BulkJobId) -> Result<Vec<(Standing, i64)>> {
    let sql = "SELECT standing, COUNT(*) AS n FROM bulk_row WHERE job_id = $1 GROUP BY standing";
    conn.rows(sql, values![id], |row| Ok((row.word("standing")?, row.get("n")?))).await
}

/// For which reason how many are left out.
pub async fn reasons(conn: &Handle, id: BulkJobId) -> Result<Vec<(Why, i64)>> {
    let sql = "SELECT why, COUNT(*) AS n FROM bulk_row WHERE job_id = $1 AND standing = 'left' GROUP BY why";
    conn.rows(sql, values![id], |row| Ok((row.json("why")?, row.get("n")?))).await
}

/// What a look at one of them said, if the job still asks the same.
pub async fn judge(
    tx: &Tx,
    (id, round): (BulkJobId, i64),
    (ticket, read_to): (TicketId, MessageId),
    why: Option<&Why>,
) -> Result<()> {
    let standing = if why.is_some() { Standing::Left } else { Standing::Ready };
    tx.run(
        "UPDATE bulk_row SET standing = $4, why = $5, read_to = $6 WHERE job_id = $1 AND ticket_id = $2 \
         AND EXISTS (SELECT 1 FROM bulk_job j WHERE j.id = $1 AND j.round = $3 AND j.phase = 'judging')",
        values![id, ticket, round, word(&standing), why.map(json).transpose()?, read_to],
    )
    .await
    .map(drop)
}

/// What was done to a request.
#[derive(Clone, Debug)]
pub struct WasDone {
    pub was: Option<Was>,
    pub seq: Option<Seq>,
    pub at: Instant,
}

/// It is done to this one; `false` where it was done or left out before, or the job does not run.
pub async fn done(tx: &Tx, id: BulkJobId, ticket: TicketId, done: &WasDone) -> Result<bool> {
    let was = done.was.as_ref().map(json).transpose()?;
    let taken = tx
        .run(
            "UPDATE bulk_row SET standing = 'done', was = $3, seq = $4, at = $5 WHERE job_id = $1 AND ticket_id = $2 \
             AND standing = 'ready'",
            values![id, ticket, was, done.seq, done.at],
        )
        .await?;
    if taken == 0 {
        return Ok(false);
    }
    let counted =
        tx.run("UPDATE bulk_job SET done = done + 1 WHERE id = $1 AND phase = 'running'", values![id]).await?;
    Ok(counted > 0)
}

/// It is not done to this one, and why; nothing where it was done or left out before.
pub async fn leave(tx: &Tx, id: BulkJobId, (ticket, why): (TicketId, &Why), now: Instant) -> Result<()> {
    tx.run(
        "UPDATE bulk_row SET standing = 'left', why = $3, at = $4 WHERE job_id = $1 AND ticket_id = $2 \
         AND standing = 'ready'",
        values![id, ticket, json(why)?, now],
    )
    .await
    .map(drop)
}

/// To how many requests these jobs did something.
pub async fn done_of(conn: &Handle, ids: &[BulkJobId]) -> Result<Vec<(BulkJobId, i64)>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!("SELECT id, done FROM bulk_job WHERE id IN ({})", slots(1, ids.len()));
    let values = ids.iter().map(ToValue::to_value).collect();
    conn.rows(&sql, values, |row| Ok((row.id("id", BulkJobId)?, row.get("done")?))).await
}

/// Whether something of these kinds happened to a request behind a place of the journal.
pub async fn changed_since(conn: &Handle, ticket: TicketId, (kinds, seq): (&[&str], Seq)) -> Result<bool> {
    let sql = format!(
        "SELECT 1 AS one FROM journal WHERE ticket_id = $1 AND seq > $2 AND kind IN ({}) LIMIT 1",
        slots(3, kinds.len())
    );
    let mut values = values![ticket, seq];
    values.extend(kinds.iter().map(ToValue::to_value));
    Ok(conn.maybe(&sql, values, |_| Ok(())).await?.is_some())
}

/// Throws away jobs that were never begun, and the requests of those that ended long ago.
pub async fn sweep(tx: &Tx, unbegun: Instant, ended: Instant) -> Result<u64> {
    let rows = tx
        .run(
            "DELETE FROM bulk_row WHERE job_id IN (SELECT id FROM bulk_job WHERE started_at IS NULL AND created_at <= $1)",
            values![unbegun],
        )
        .await?;
    let jobs = tx.run("DELETE FROM bulk_job WHERE started_at IS NULL AND created_at <= $1", values![unbegun]).await?;
    let old = tx
        .run(
            "DELETE FROM bulk_row WHERE job_id IN (SELECT id FROM bulk_job WHERE ended_at IS NOT NULL AND ended_at <= $1)",
            values![ended],
        )
        .await?;
    Ok(rows + jobs + old)
}
