//! Who is away, and until when.

use rules::{ids::PersonId, instant::Instant};

use crate::{Handle, Result, Tx, engine::values};

/// Until when somebody is away, where they are at that instant.
pub async fn until(conn: &Handle, person: PersonId, now: Instant) -> Result<Option<Instant>> {
    let sql = "SELECT until_at FROM away WHERE person_id = $1 AND until_at > $2";
    conn.maybe(sql, values![person, now], |row| row.instant("until_at")).await
}

/// Everybody who is away at that instant, and until when.
pub async fn all(conn: &Handle, now: Instant) -> Result<Vec<(PersonId, Instant)>> {
    let sql = "SELECT person_id, until_at FROM away WHERE until_at > $1";
    conn.rows(sql, values![now], |row| Ok((row.id("person_id", PersonId)?, row.instant("until_at")?))).await
}

pub async fn set(tx: &Tx, person: PersonId, until: Instant, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO away (person_id, since_at, until_at) VALUES ($1, $2, $3) \
         ON CONFLICT (person_id) DO UPDATE SET since_at = excluded.since_at, until_at = excluded.until_at",
        values![person, now, until],
    )
    .await
    .map(drop)
}

pub async fn back(tx: &Tx, person: PersonId) -> Result<()> {
    tx.run("DELETE FROM away WHERE person_id = $1", values![person]).await.map(drop)
}
