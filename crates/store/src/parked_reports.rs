//! Security reports of people who are not signed in, kept until the link to their address is opened (SEC-1, REG-8).

use rules::{ids::LinkId, instant::Instant};

use crate::{Handle, Result, Tx, engine::values};

/// A report that waits.
#[derive(Clone, Debug)]
pub struct Parked {
    pub subject: String,
    /// Markdown.
    pub finding: String,
    pub reported_at: Instant,
}

pub async fn insert(tx: &Tx, link: LinkId, new: &Parked) -> Result<()> {
    tx.run(
        "INSERT INTO parked_report (link_id, subject, finding, reported_at) VALUES ($1, $2, $3, $4)",
        values![link, new.subject, new.finding, new.reported_at],
    )
    .await
    .map(drop)
}

pub async fn of_link(conn: &Handle, link: LinkId) -> Result<Parked> {
    let sql = "SELECT subject, finding, reported_at FROM parked_report WHERE link_id = $1";
    conn.one(sql, values![link], |row| {
        Ok(Parked {
            subject: row.get("subject")?,
            finding: row.get("finding")?,
            reported_at: row.instant("reported_at")?,
        })
    })
    .await
}

/// How many wait.
pub async fn count(conn: &Handle) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM parked_report", values![], |row| row.get("n")).await
}

/// It became a request.
pub async fn discard(tx: &Tx, link: LinkId) -> Result<()> {
    tx.run("DELETE FROM parked_report WHERE link_id = $1", values![link]).await.map(drop)
}

/// Throws away those whose link has run out.
pub async fn sweep(tx: &Tx, now: Instant) -> Result<u64> {
    let sql = "DELETE FROM parked_report WHERE link_id IN (SELECT id FROM link WHERE expires_at <= $1)";
    tx.run(sql, values![now]).await
}
