//! What redaction touches (PRV-2): the words that a request holds, wherever they stand, its files, the mails about it and the
//! archives that people made of it. What is written over is zeroed on the disk (`engine/embedded.rs`).

use rules::{
    ids::{AttachmentId, DraftId, ExportId, PersonId, RedactionId, TicketId},
    instant::Instant,
    redaction::Place,
};

use crate::{
    Error, Handle, Result, Tx, advisories,
    blobs::BlobId,
    drafts::{Draft, draft},
    engine::{ToValue, slots, values},
    redaction_list::Redaction,
};

/// Writes down what was redacted.
pub async fn insert(tx: &Tx, redaction: &Redaction) -> Result<RedactionId> {
    let line = redaction.line()?;
    let sql = "INSERT INTO redaction (ticket_id, at, line) VALUES ($1, $2, $3) RETURNING id";
    tx.insert(sql, values![redaction.ticket, redaction.at, line]).await.map(RedactionId)
}

/// The last that was redacted in a request: who composed something of it before began too early.
pub async fn last_of(conn: &Handle, ticket: TicketId) -> Result<Option<RedactionId>> {
    let sql = "SELECT id FROM redaction WHERE ticket_id = $1 ORDER BY id DESC LIMIT 1";
    conn.maybe(sql, values![ticket], |row| row.id("id", RedactionId)).await
}

/// The last that was redacted anywhere.
pub async fn last(conn: &Handle) -> Result<Option<RedactionId>> {
    conn.one("SELECT MAX(id) AS id FROM redaction", values![], |row| row.maybe_id("id", RedactionId)).await
}

/// Whether it was written down.
pub async fn is_known(conn: &Handle, redaction: &Redaction) -> Result<bool> {
    let line = redaction.line()?;
    let sql = "SELECT line FROM redaction WHERE ticket_id = $1";
    let lines = conn.rows(sql, values![redaction.ticket], |row| row.get::<String>("line")).await?;
    Ok(lines.contains(&line))
}

/// What people are writing to a request and have not sent.
pub async fn drafts(conn: &Handle, ticket: TicketId) -> Result<Vec<Draft>> {
    let sql = "SELECT id, person_id, purpose, fields, created_at, updated_at FROM draft WHERE purpose IN ($1, $2)";
    let purposes = values![format!("request/{ticket}"), format!("details/{ticket}")];
    let mut drafts = conn.rows(sql, purposes, draft).await?;
    drafts.sort_by_key(|draft| draft.id);
    Ok(drafts)
}

/// Puts a text in the place of another.
pub async fn put(tx: &Tx, ticket: TicketId, place: &Place, text: &str) -> Result<()> {
    let (sql, values) = match place {
        Place::Subject => ("UPDATE ticket SET subject = $2 WHERE id = $1", values![ticket, text]),
        Place::Detail(key) => (
            "UPDATE ticket_detail SET value = $3 WHERE ticket_id = $1 AND detail = $2",
            values![ticket, key.as_str(), text],
        ),
        // The mail that it came by holds the same words.
        Place::Message(id) => (
            "UPDATE message SET body = $3, source_blob = NULL WHERE id = $2 AND ticket_id = $1",
            values![ticket, *id, text],
        ),
        Place::Remark(seq) => {
            ("UPDATE remark SET words = $3 WHERE seq = $2 AND ticket_id = $1", values![ticket, *seq, text])
        }
        Place::Rating(person) => (
            "UPDATE satisfaction SET words = $3 WHERE ticket_id = $1 AND person_id = $2",
            values![ticket, *person, text],
        ),
        Place::Affected => ("UPDATE advisory SET affected = $2 WHERE ticket_id = $1", values![ticket, text]),
        Place::Advisory => ("UPDATE advisory SET body = $2 WHERE ticket_id = $1", values![ticket, text]),
        Place::Draft(id) => ("UPDATE draft SET fields = $2 WHERE id = $1", values![*id, text]),
    };
    tx.run(sql, values).await.map(drop)
}

/// The fields of a draft, as its row holds them.
pub async fn put_draft(tx: &Tx, id: DraftId, fields: &std::collections::BTreeMap<String, String>) -> Result<()> {
    let json = serde_json::to_string(fields).map_err(Error::broken)?;
    put(tx, TicketId(0), &Place::Draft(id), &json).await
}

/// The advisory's two texts, where there is one.
pub async fn advisory(conn: &Handle, ticket: TicketId) -> Result<Option<(Instant, String, String)>> {
    Ok(advisories::of_ticket(conn, ticket).await?.map(|it| (it.changed_at, it.affected, it.body)))
}

/// The mails that messages came by.
pub async fn sources(conn: &Handle, ticket: TicketId) -> Result<Vec<(rules::ids::MessageId, BlobId)>> {
    let sql = "SELECT id, source_blob FROM message WHERE ticket_id = $1 ORDER BY id";
    let read = |row: &crate::engine::Row<'_>| {
        let blob = row.get::<Option<String>>("source_blob")?;
        Ok((row.id("id", rules::ids::MessageId)?, blob.map(BlobId::kept)))
    };
    let all = conn.rows(sql, values![ticket], read).await?;
    Ok(all.into_iter().filter_map(|(id, blob)| Some((id, blob?))).collect())
}

/// What servers answered to the mails about a request, and what jobs say of that, may repeat what stood in them.
pub async fn forget_answers(tx: &Tx, ticket: TicketId) -> Result<()> {
    let faults = "UPDATE job SET fault = NULL WHERE unique_key IN (SELECT key FROM outgoing WHERE ticket_id = $1)";
    tx.run(faults, values![ticket]).await?;
    tx.run("UPDATE outgoing SET answer = NULL WHERE ticket_id = $1", values![ticket]).await.map(drop)
}

/// Archives that people of these made, which may hold what they saw then: their bytes, and which are to be made anew.
pub async fn exports(conn: &Handle, people: &[PersonId]) -> Result<Vec<(ExportId, BlobId)>> {
    if people.is_empty() {
        return Ok(vec![]);
    }
    let sql =
        format!("SELECT id, blob FROM export WHERE person_id IN ({}) AND blob IS NOT NULL", slots(1, people.len()));
    let values = people.iter().map(ToValue::to_value).collect();
    let read =
        |row: &crate::engine::Row<'_>| Ok((row.id("id", ExportId)?, row.get::<String>("blob").map(BlobId::kept)?));
    let mut archives = conn.rows(&sql, values, read).await?;
    archives.sort_by_key(|(id, _)| *id);
    Ok(archives)
}

/// Takes an archive's bytes from it.
pub async fn unmake_export(tx: &Tx, id: ExportId) -> Result<()> {
    tx.run("UPDATE export SET blob = NULL, bytes = NULL WHERE id = $1", values![id]).await.map(drop)
}

/// What of a file stays in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RedactedFile {
    pub id: AttachmentId,
    pub message: Option<rules::ids::MessageId>,
    pub owner: PersonId,
    /// Empty where it was to go too.
    pub name: String,
    pub kind: Option<rules::logs::Kind>,
    pub bytes: i64,
    pub redacted_at: Instant,
}

/// The files of a request that were redacted.
pub async fn files(conn: &Handle, ticket: TicketId) -> Result<Vec<RedactedFile>> {
    let sql = "SELECT id, message_id, owner_id, name, kind, bytes, redacted_at FROM attachment \
               WHERE ticket_id = $1 AND redacted_at IS NOT NULL ORDER BY id";
    let read = |row: &crate::engine::Row<'_>| {
        Ok(RedactedFile {
            id: row.id("id", AttachmentId)?,
            message: row.maybe_id("message_id", rules::ids::MessageId)?,
            owner: row.id("owner_id", PersonId)?,
            name: row.get("name")?,
            kind: row.get::<Option<String>>("kind")?.as_deref().and_then(rules::logs::Kind::read),
            bytes: row.get("bytes")?,
            redacted_at: row.instant("redacted_at")?,
        })
    };
    conn.rows(sql, values![ticket], read).await
}

/// What stands in a row for a blob that is gone: no file has this content.
const NO_BLOB: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Empties a file's row of all but when, how large and of what kind it was; and of its name, where `name` says another.
pub async fn empty_file(tx: &Tx, id: AttachmentId, name: &str, now: Instant) -> Result<()> {
    let sql = "UPDATE attachment SET name = $3, blob = $4, original = NULL, offered = NULL, facts = NULL, expires_at = NULL, \
               draft_id = NULL, removed_at = COALESCE(removed_at, $2), redacted_at = $2 WHERE id = $1";
    tx.run(sql, values![id, now, name, NO_BLOB]).await.map(drop)
}

/// The masks of a request whose last file is gone say nothing to anybody any more.
pub async fn drop_masks(tx: &Tx, ticket: TicketId) -> Result<()> {
    let sql = "DELETE FROM mask WHERE ticket_id = $1 \
               AND NOT EXISTS (SELECT 1 FROM attachment WHERE ticket_id = $1 AND removed_at IS NULL)";
    tx.run(sql, values![ticket]).await.map(drop)
}
