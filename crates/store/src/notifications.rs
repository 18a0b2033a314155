//! What members of staff are told on the desk, and which way they want to be told.

use rules::{
    ids::{NotificationId, PersonId, TicketId},
    instant::Instant,
    notices::{Chosen, Notice},
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification {
    pub id: NotificationId,
    pub ticket: TicketId,
    pub kind: Notice,
    /// When it was said last.
    pub at: Instant,
    pub read_at: Option<Instant>,
}

/// Tells somebody; what they have not read yet of the same request and kind is told anew.
pub async fn tell(tx: &Tx, person: PersonId, (kind, ticket): (Notice, TicketId), now: Instant) -> Result<()> {
    let again = "UPDATE notification SET told_at = $4 \
                 WHERE person_id = $1 AND ticket_id = $2 AND kind = $3 AND read_at IS NULL";
    if tx.run(again, values![person, ticket, kind, now]).await? > 0 {
        return Ok(());
    }
    let new = "INSERT INTO notification (person_id, ticket_id, kind, told_at) VALUES ($1, $2, $3, $4)";
    tx.run(new, values![person, ticket, kind, now]).await.map(drop)
}

/// The newest of a person's, at most `limit`.
pub async fn of(conn: &Handle, person: PersonId, limit: i64) -> Result<Vec<Notification>> {
    conn.rows(
        "SELECT id, ticket_id, kind, told_at, read_at FROM notification WHERE person_id = $1 \
         ORDER BY told_at DESC, id DESC LIMIT $2",
        values![person, limit],
        |row| {
            Ok(Notification {
                id: row.id("id", NotificationId)?,
                ticket: row.id("ticket_id", TicketId)?,
                kind: row.word("kind")?,
                at: row.instant("told_at")?,
                read_at: row.maybe_instant("read_at")?,
            })
        },
    )
    .await
}

/// The requests of those that a person has not read, each as often as it is there, at most `limit`.
pub async fn unread(conn: &Handle, person: PersonId, limit: i64) -> Result<Vec<TicketId>> {
    // The limit stands in the text, as in `ticket_lists`: every page of the desk asks this.
    let sql = format!("SELECT ticket_id FROM notification WHERE person_id = $1 AND read_at IS NULL LIMIT {limit}");
    conn.rows(&sql, values![person], |row| row.id("ticket_id", TicketId)).await
}

/// When a person read what they were told of a request in that way, where that is all that they were told of it.
pub async fn is_read(conn: &Handle, person: PersonId, (kind, ticket): (Notice, TicketId)) -> Result<bool> {
    let sql = "SELECT read_at FROM notification WHERE person_id = $1 AND ticket_id = $2 AND kind = $3";
    let told = conn.rows(sql, values![person, ticket, kind], |row| row.maybe_instant("read_at")).await?;
    Ok(!told.is_empty() && told.iter().all(Option::is_some))
}

/// Whether a person has not read one of a request.
pub async fn has_unread(conn: &Handle, person: PersonId, ticket: TicketId) -> Result<bool> {
    let sql = "SELECT id FROM notification WHERE person_id = $1 AND ticket_id = $2 AND read_at IS NULL LIMIT 1";
    Ok(conn.maybe(sql, values![person, ticket], |row| row.id("id", NotificationId)).await?.is_some())
}

/// Marks those of a request read.
pub async fn read_of(tx: &Tx, person: PersonId, ticket: TicketId, now: Instant) -> Result<()> {
    let sql = "UPDATE notification SET read_at = $3 WHERE person_id = $1 AND ticket_id = $2 AND read_at IS NULL";
    tx.run(sql, values![person, ticket, now]).await.map(drop)
}

/// Marks all read that were told up to then.
pub async fn read_up_to(tx: &Tx, person: PersonId, at: Instant, now: Instant) -> Result<()> {
    let sql = "UPDATE notification SET read_at = $3 WHERE person_id = $1 AND read_at IS NULL AND told_at <= $2";
    tx.run(sql, values![person, at, now]).await.map(drop)
}

/// Throws away what was told before then.
pub async fn sweep(tx: &Tx, before: Instant) -> Result<u64> {
    tx.run("DELETE FROM notification WHERE told_at < $1", values![before]).await
}

/// What a person chose.
pub async fn choices(conn: &Handle, person: PersonId) -> Result<Vec<(Notice, Chosen)>> {
    let sql = "SELECT kind, way, push FROM notification_choice WHERE person_id = $1 ORDER BY kind";
    conn.rows(sql, values![person], |row| Ok((row.word("kind")?, chosen(row)?))).await
}

fn chosen(row: &Row<'_>) -> Result<Chosen> {
    Ok(Chosen { way: row.word("way")?, push: row.get("push")? })
}

/// What they chose for one kind.
pub async fn choice(conn: &Handle, person: PersonId, kind: Notice) -> Result<Option<Chosen>> {
    let sql = "SELECT way, push FROM notification_choice WHERE person_id = $1 AND kind = $2";
    conn.maybe(sql, values![person, kind], chosen).await
}

pub async fn choose(tx: &Tx, person: PersonId, kind: Notice, chosen: Chosen) -> Result<()> {
    tx.run(
        "INSERT INTO notification_choice (person_id, kind, way, push) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person_id, kind) DO UPDATE SET way = excluded.way, push = excluded.push",
        values![person, kind, chosen.way, chosen.push],
    )
    .await
    .map(drop)
}
