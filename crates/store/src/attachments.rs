//! Files: the row that says whose they are; the bytes are blobs.

use rules::{
    ids::{AttachmentId, DraftId, MessageId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    logs::Kind,
};

use crate::{
    Handle, Result, Tx,
    blobs::BlobId,
    engine::{Row, values},
    masks,
};

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub owner: PersonId,
    pub draft: Option<DraftId>,
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    /// The form's field that it was given for: `detail.logs`, `body`.
    pub field: String,
    pub name: String,
    /// As recognised by content, never as claimed.
    pub media_type: String,
    pub bytes: i64,
    /// What people read: of a text with its secrets masked, of an archive that nobody reads as it came the original itself.
    pub blob: BlobId,
    /// The original, encrypted.
    pub original: Option<BlobId>,
    pub kind: Option<Kind>,
    /// The field that it was given for, where it does not do for that (LOG-1).
    pub offered: Option<String>,
    /// What was found in it, as JSON.
    pub facts: Option<String>,
    /// When it is removed by itself (LOG-5); `None` while its request is not closed.
    pub expires_at: Option<Instant>,
    pub created_at: Instant,
    pub removed_at: Option<Instant>,
}

/// A file about to be kept, for a draft.
#[derive(Clone, Debug)]
pub struct NewAttachment<'a> {
    pub owner: PersonId,
    /// Whose room it takes; its owner's own where there is none.
    pub organisation: Option<OrganisationId>,
    pub draft: DraftId,
    pub field: &'a str,
    pub name: &'a str,
    pub media_type: &'a str,
    pub bytes: i64,
    pub blob: &'a BlobId,
    pub original: Option<&'a BlobId>,
    pub kind: Kind,
    pub offered: Option<&'a str>,
    pub facts: Option<&'a str>,
    pub now: Instant,
}

const ATTACHMENT: &str = "SELECT id, owner_id, draft_id, ticket_id, message_id, field, name, media_type, bytes, blob, \
    original, kind, offered, facts, expires_at, created_at, removed_at FROM attachment";

pub async fn insert(tx: &Tx, new: &NewAttachment<'_>) -> Result<AttachmentId> {
    tx.insert(
        "INSERT INTO attachment (owner_id, draft_id, field, name, media_type, bytes, blob, original, kind, offered, facts, \
         created_at, organisation_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
        values![
            new.owner,
            new.draft,
            new.field,
            new.name,
            new.media_type,
            new.bytes,
            new.blob.as_str(),
            new.original.map(BlobId::as_str),
            new.kind.as_str(),
            new.offered,
            new.facts,
            new.now,
            new.organisation
        ],
    )
    .await
    .map(AttachmentId)
}

/// The files of a message, for another message too; they name the same blobs.
pub async fn copy(tx: &Tx, from: MessageId, (ticket, message): (TicketId, MessageId)) -> Result<()> {
    tx.run(
        "INSERT INTO attachment (owner_id, ticket_id, message_id, field, name, media_type, bytes, blob, original, kind, \
         offered, facts, created_at, organisation_id) SELECT owner_id, $2, $3, field, name, media_type, bytes, blob, \
         original, kind, offered, facts, created_at, organisation_id FROM attachment \
         WHERE message_id = $1 AND removed_at IS NULL",
        values![from, ticket, message],
    )
    .await
    .map(drop)
}

pub async fn get(conn: &Handle, id: AttachmentId) -> Result<Attachment> {
    conn.one(&format!("{ATTACHMENT} WHERE id = $1 AND removed_at IS NULL"), values![id], attachment).await
}

pub async fn of_draft(conn: &Handle, draft: DraftId) -> Result<Vec<Attachment>> {
    conn.rows(
        &format!("{ATTACHMENT} WHERE draft_id = $1 AND removed_at IS NULL ORDER BY id"),
        values![draft],
        attachment,
    )
    .await
}

pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<Attachment>> {
    conn.rows(
        &format!("{ATTACHMENT} WHERE ticket_id = $1 AND removed_at IS NULL ORDER BY id"),
        values![ticket],
        attachment,
    )
    .await
}

impl Attachment {
    /// Whether nobody reads it as it came: an archive, whose files stand beside it.
    pub fn is_sealed(&self) -> bool {
        self.original.as_ref() == Some(&self.blob)
    }
}

/// Puts the files of one kind of a draft into another field.
pub async fn lay(tx: &Tx, draft: DraftId, kind: Kind, field: &str) -> Result<u64> {
    tx.run(
        "UPDATE attachment SET field = $3, offered = NULL WHERE draft_id = $1 AND kind = $2 AND removed_at IS NULL",
        values![draft, kind.as_str(), field],
    )
    .await
}

/// A draft's files become those of the request, or of the message, that was sent.
pub async fn hand_over(tx: &Tx, draft: DraftId, ticket: TicketId, message: Option<MessageId>) -> Result<u64> {
    masks::hand_over(tx, draft, ticket).await?;
    tx.run(
        "UPDATE attachment SET draft_id = NULL, ticket_id = $2, message_id = $3 WHERE draft_id = $1 AND removed_at IS NULL",
        values![draft, ticket, message],
    )
    .await
}

/// Says of the files of a request when they are removed; `None`: not by themselves.
pub async fn set_expiry(tx: &Tx, ticket: TicketId, at: Option<Instant>) -> Result<u64> {
    tx.run("UPDATE attachment SET expires_at = $2 WHERE ticket_id = $1 AND removed_at IS NULL", values![ticket, at])
        .await
}

/// Removes the files whose time is over; the broom takes their blobs a day later.
pub async fn expire(tx: &Tx, now: Instant) -> Result<u64> {
    tx.run(
        "UPDATE attachment SET removed_at = $1 WHERE expires_at IS NOT NULL AND expires_at <= $1 AND removed_at IS NULL",
        values![now],
    )
    .await
}

/// Takes a file off a draft; `false` when it is not theirs or was sent.
pub async fn remove_from_draft(tx: &Tx, owner: PersonId, id: AttachmentId, now: Instant) -> Result<bool> {
    let removed = tx
        .run(
            "UPDATE attachment SET removed_at = $3, draft_id = NULL WHERE id = $1 AND owner_id = $2 AND draft_id IS NOT NULL",
            values![id, owner, now],
        )
        .await?;
    Ok(removed > 0)
}

fn attachment(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.id("id", AttachmentId)?,
        owner: row.id("owner_id", PersonId)?,
        draft: row.maybe_id("draft_id", DraftId)?,
        ticket: row.maybe_id("ticket_id", TicketId)?,
        message: row.maybe_id("message_id", MessageId)?,
        field: row.get("field")?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        bytes: row.get("bytes")?,
        blob: BlobId::kept(row.get("blob")?),
        original: row.get::<Option<String>>("original")?.map(BlobId::kept),
        kind: row.get::<Option<String>>("kind")?.as_deref().and_then(Kind::read),
        offered: row.get("offered")?,
        facts: row.get("facts")?,
        expires_at: row.maybe_instant("expires_at")?,
        created_at: row.instant("created_at")?,
        removed_at: row.maybe_instant("removed_at")?,
    })
}
