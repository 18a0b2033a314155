//! What concerns a person or an organisation, found by an index each; and archives that people asked for (PRV-3).

use rules::{
    ids::{ExportId, OrganisationId, PersonId, TicketId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    blobs::BlobId,
    engine::{Row, values},
};

/// The requests that somebody filed or was added to.
pub async fn requests_of(conn: &Handle, person: PersonId) -> Result<Vec<TicketId>> {
    let sql = "SELECT ticket_id FROM participant WHERE person_id = $1 ORDER BY ticket_id";
    conn.rows(sql, values![person], |row| row.id("ticket_id", TicketId)).await
}

/// The requests in which somebody wrote, whosesoever they are.
pub async fn written_in(conn: &Handle, person: PersonId) -> Result<Vec<TicketId>> {
    let sql = "SELECT ticket_id FROM message WHERE author_id = $1";
    let mut tickets = conn.rows(sql, values![person], |row| row.id("ticket_id", TicketId)).await?;
    tickets.sort_unstable();
    tickets.dedup();
    Ok(tickets)
}

/// The requests that were filed for an organisation.
pub async fn requests_for(conn: &Handle, organisation: OrganisationId) -> Result<Vec<TicketId>> {
    let sql = "SELECT id FROM ticket WHERE organisation_id = $1 ORDER BY id";
    conn.rows(sql, values![organisation], |row| row.id("id", TicketId)).await
}

/// Everybody who is or was a member, once each.
pub async fn members(conn: &Handle, organisation: OrganisationId) -> Result<Vec<PersonId>> {
    let sql = "SELECT person_id FROM membership WHERE organisation_id = $1";
    let mut people = conn.rows(sql, values![organisation], |row| row.id("person_id", PersonId)).await?;
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// An archive that somebody asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub id: ExportId,
    pub person: PersonId,
    pub asked_at: Instant,
    /// The archive and its size, once it is made.
    pub made: Option<(BlobId, i64)>,
    pub expires_at: Instant,
}

const EXPORT: &str = "SELECT id, person_id, asked_at, blob, bytes, expires_at FROM export";

pub async fn insert(tx: &Tx, person: PersonId, (now, expires_at): (Instant, Instant)) -> Result<ExportId> {
    tx.insert(
        "INSERT INTO export (person_id, asked_at, expires_at) VALUES ($1, $2, $3) RETURNING id",
        values![person, now, expires_at],
    )
    .await
    .map(ExportId)
}

pub async fn made(tx: &Tx, id: ExportId, (blob, bytes): (&BlobId, i64)) -> Result<()> {
    tx.run("UPDATE export SET blob = $2, bytes = $3 WHERE id = $1", values![id, blob.as_str(), bytes]).await.map(drop)
}

pub async fn get(conn: &Handle, id: ExportId) -> Result<Export> {
    conn.one(&format!("{EXPORT} WHERE id = $1"), values![id], export).await
}

/// The one that somebody asked for last.
pub async fn newest_of(conn: &Handle, person: PersonId) -> Result<Option<Export>> {
    conn.maybe(&format!("{EXPORT} WHERE person_id = $1 ORDER BY id DESC LIMIT 1"), values![person], export).await
}

/// Throws away those whose time is over.
pub async fn sweep(tx: &Tx, now: Instant) -> Result<u64> {
    tx.run("DELETE FROM export WHERE expires_at <= $1", values![now]).await
}

fn export(row: &Row<'_>) -> Result<Export> {
    let blob = row.get::<Option<String>>("blob")?.map(BlobId::kept);
    Ok(Export {
        id: row.id("id", ExportId)?,
        person: row.id("person_id", PersonId)?,
        asked_at: row.instant("asked_at")?,
        made: blob.zip(row.get("bytes")?),
        expires_at: row.instant("expires_at")?,
    })
}
