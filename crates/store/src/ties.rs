//! What ties a request to others and to staff who want to hear of it: links, merges, watchers.

use rules::{
    ids::{PersonId, TicketId},
    instant::Instant,
};

use crate::{Handle, Result, Tx, engine::values};

fn ordered(one: TicketId, other: TicketId) -> (TicketId, TicketId) {
    if one < other { (one, other) } else { (other, one) }
}

/// Ties two requests; whether they were apart before.
pub async fn link(tx: &Tx, one: TicketId, other: TicketId) -> Result<bool> {
    let (one, other) = ordered(one, other);
    let new = tx.run(
        "INSERT INTO ticket_link (ticket_id, other_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        values![one, other],
    );
    Ok(new.await? > 0)
}

/// Unties them; whether they were tied before.
pub async fn unlink(tx: &Tx, one: TicketId, other: TicketId) -> Result<bool> {
    let (one, other) = ordered(one, other);
    let gone = tx.run("DELETE FROM ticket_link WHERE ticket_id = $1 AND other_id = $2", values![one, other]);
    Ok(gone.await? > 0)
}

/// The requests that a request is tied to, by number.
pub async fn links(conn: &Handle, id: TicketId) -> Result<Vec<TicketId>> {
    let mut links = conn
        .rows(
            "SELECT other_id AS id FROM ticket_link WHERE ticket_id = $1 \
             UNION ALL SELECT ticket_id FROM ticket_link WHERE other_id = $1",
            values![id],
            |row| row.id("id", TicketId),
        )
        .await?;
    links.sort_unstable();
    Ok(links)
}

/// The requests that were merged into one, by number.
pub async fn merged_into(conn: &Handle, id: TicketId) -> Result<Vec<TicketId>> {
    conn.rows(
        "SELECT id FROM ticket WHERE merged_into_id = $1 AND deleted_at IS NULL ORDER BY id",
        values![id],
        |row| row.id("id", TicketId),
    )
    .await
}

pub async fn watch(tx: &Tx, id: TicketId, person: PersonId, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO ticket_watcher (ticket_id, person_id, since_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values![id, person, now],
    )
    .await
    .map(drop)
}

pub async fn unwatch(tx: &Tx, id: TicketId, person: PersonId) -> Result<()> {
    tx.run("DELETE FROM ticket_watcher WHERE ticket_id = $1 AND person_id = $2", values![id, person]).await.map(drop)
}

/// Staff who want to hear of a request.
pub async fn watchers(conn: &Handle, id: TicketId) -> Result<Vec<PersonId>> {
    conn.rows("SELECT person_id FROM ticket_watcher WHERE ticket_id = $1 ORDER BY person_id", values![id], |row| {
        row.id("person_id", PersonId)
    })
    .await
}
