//! What was done to look after the database, and when last.

use rules::instant::Instant;

use crate::{Handle, Result, Tx, engine::values};

pub async fn note(tx: &Tx, what: &str, at: Instant) -> Result<()> {
    let sql = "INSERT INTO upkeep (what, at) VALUES ($1, $2) ON CONFLICT (what) DO UPDATE SET at = excluded.at";
    tx.run(sql, values![what, at]).await.map(drop)
}

pub async fn last(conn: &Handle, what: &str) -> Result<Option<Instant>> {
    conn.maybe("SELECT at FROM upkeep WHERE what = $1", values![what], |row| row.instant("at")).await
}
