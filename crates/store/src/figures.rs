//! What is counted for whoever watches over a desk: queued work, open sessions, sizes. Each count reads an index, since
//! it is asked every few seconds.

use rules::instant::Instant;

use crate::{Handle, Result, Store, dialect, engine::values};

/// Jobs of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Jobs {
    /// Waiting for a worker.
    pub due: i64,
    /// Being run.
    pub running: i64,
    /// For a later instant: put off after a fault, or not due yet.
    pub later: i64,
    /// Set aside until somebody looks.
    pub parked: i64,
}

/// Jobs that are counted at most: beyond, the number says enough.
const MOST: i64 = 100_000;

pub async fn jobs(conn: &Handle, kind: &str, now: Instant) -> Result<Jobs> {
    let count = async |found: &str, of_them: &str| {
        let sql = format!(
            "SELECT COUNT(*) AS n FROM (SELECT kind, leased_until FROM job WHERE {found} LIMIT {MOST}) AS counted \
             WHERE {of_them} kind = $2"
        );
        conn.one(&sql, values![now, kind], |row| row.get::<i64>("n")).await
    };
    let later = "parked_at IS NULL AND run_at > $1 ORDER BY run_at, id";
    Ok(Jobs {
        due: count("parked_at IS NULL AND run_at <= $1 ORDER BY run_at, id", "").await?,
        running: count(later, "leased_until IS NOT NULL AND").await?,
        later: count(later, "leased_until IS NULL AND").await?,
        // A job is never parked in the future.
        parked: count("parked_at IS NOT NULL AND parked_at <= $1 ORDER BY parked_at, id", "").await?,
    })
}

/// Sessions that have not ended.
pub async fn sessions(conn: &Handle, now: Instant) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM session WHERE expires_at > $1", values![now], |row| row.get("n")).await
}

/// Bytes of the database: its file, or what the server says of it; and of the log beside the file.
pub async fn bytes(store: &Store) -> Result<(u64, u64)> {
    if let Some(sql) = dialect::size(store.read().backend()) {
        let bytes: i64 = store.read().one(sql, values![], |row| row.get("bytes")).await?;
        return Ok((u64::try_from(bytes).unwrap_or_default(), 0));
    }
    Ok(store.file_bytes())
}
