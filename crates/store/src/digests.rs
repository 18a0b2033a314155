//! At which opening of the desk somebody was told what came and what is due: once for each, whoever tells it.

use rules::{
    ids::{PersonId, TicketId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{ToValue, slots, values},
};

/// What somebody was told last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    pub opened_at: Instant,
    pub told_at: Instant,
    /// How many requests came while the desk was closed, and how many are due on its day.
    pub came: i64,
    pub due: i64,
    /// On the desk too.
    pub shown: bool,
    pub read_at: Option<Instant>,
}

/// Notes that somebody is told at an opening; false where they were, at it or at a later one.
pub async fn note(tx: &Tx, person: PersonId, told: &Digest) -> Result<bool> {
    let sql = "INSERT INTO opening_digest (person_id, opened_at, told_at, came, due, shown) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (person_id) DO UPDATE SET opened_at = excluded.opened_at, told_at = excluded.told_at, \
               came = excluded.came, due = excluded.due, shown = excluded.shown, read_at = NULL \
               WHERE opening_digest.opened_at < excluded.opened_at";
    let written = tx.run(sql, values![person, told.opened_at, told.told_at, told.came, told.due, told.shown]).await?;
    Ok(written > 0)
}

/// What somebody was told last.
pub async fn of(conn: &Handle, person: PersonId) -> Result<Option<Digest>> {
    let sql = "SELECT opened_at, told_at, came, due, shown, read_at FROM opening_digest WHERE person_id = $1";
    conn.maybe(sql, values![person], |row| {
        Ok(Digest {
            opened_at: row.instant("opened_at")?,
            told_at: row.instant("told_at")?,
            came: row.get("came")?,
            due: row.get("due")?,
            shown: row.get("shown")?,
            read_at: row.maybe_instant("read_at")?,
        })
    })
    .await
}

/// They have looked at what they were told up to then.
pub async fn read(tx: &Tx, person: PersonId, up_to: Instant, now: Instant) -> Result<()> {
    let sql = "UPDATE opening_digest SET read_at = $3 WHERE person_id = $1 AND read_at IS NULL AND told_at <= $2";
    tx.run(sql, values![person, up_to, now]).await.map(drop)
}

/// Those of some requests in which a customer wrote in a time, its end apart.
pub async fn written_in(
    conn: &Handle,
    tickets: &[TicketId],
    (from, until): (Instant, Instant),
) -> Result<Vec<TicketId>> {
    let mut found = vec![];
    for chunk in tickets.chunks(500) {
        let sql = format!(
            "SELECT ticket_id FROM message WHERE ticket_id IN ({}) AND author_kind = 'customer' \
             AND posted_at >= $1 AND posted_at < $2",
            slots(3, chunk.len())
        );
        let mut values = values![from, until];
        values.extend(chunk.iter().map(ToValue::to_value));
        found.extend(conn.rows(&sql, values, |row| row.id("ticket_id", TicketId)).await?);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
