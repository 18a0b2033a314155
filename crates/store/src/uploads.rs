//! Files on their way (LOG-5): what was begun, what of it has arrived, and which file it became. A part is a sealed blob; its
//! row is written after the disk has it, so what a row says was received is there after any crash.

use rules::{
    ids::{AttachmentId, DraftId, OrganisationId, PersonId, UploadId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    blobs::BlobId,
    engine::{Row, values},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    pub id: UploadId,
    /// Its address: unguessable.
    pub token: String,
    pub person: PersonId,
    /// Whose room is reserved for it; the person's own where there is none.
    pub organisation: Option<OrganisationId>,
    pub draft: DraftId,
    pub field: String,
    pub name: String,
    /// What tells the file from another of the same name and size on the machine that sends it.
    pub mark: String,
    pub bytes: i64,
    pub received: i64,
    /// The file that it became.
    pub attachment: Option<AttachmentId>,
    pub expires_at: Instant,
}

#[derive(Clone, Debug)]
pub struct NewUpload<'a> {
    pub token: &'a str,
    pub person: PersonId,
    pub organisation: Option<OrganisationId>,
    pub draft: DraftId,
    pub field: &'a str,
    pub name: &'a str,
    pub mark: &'a str,
    pub bytes: i64,
    pub now: Instant,
    pub expires_at: Instant,
}

/// Bytes that arrived, and the blob that holds them sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub starts: i64,
    pub bytes: i64,
    pub blob: BlobId,
}

const UPLOAD: &str = "SELECT id, token, person_id, organisation_id, draft_id, field, name, mark, bytes, received, \
    attachment_id, expires_at FROM upload";

pub async fn insert(tx: &Tx, new: &NewUpload<'_>) -> Result<UploadId> {
    tx.insert(
        "INSERT INTO upload (token, person_id, organisation_id, draft_id, field, name, mark, bytes, received, created_at, \
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10) RETURNING id",
        values![
            new.token,
            new.person,
            new.organisation,
            new.draft,
            new.field,
            new.name,
            new.mark,
            new.bytes,
            new.now,
            new.expires_at
        ],
    )
    .await
    .map(UploadId)
}

/// One's own, by its address. What is past its time is not there, whenever the broom comes.
pub async fn get(conn: &Handle, person: PersonId, (token, now): (&str, Instant)) -> Result<Upload> {
    conn.one(
        &format!("{UPLOAD} WHERE token = $1 AND person_id = $2 AND expires_at > $3"),
        values![token, person, now],
        upload,
    )
    .await
}

/// Those of a draft that are no file yet, in the order in which they were begun.
pub async fn of_draft(conn: &Handle, draft: DraftId, now: Instant) -> Result<Vec<Upload>> {
    conn.rows(
        &format!("{UPLOAD} WHERE draft_id = $1 AND attachment_id IS NULL AND expires_at > $2 ORDER BY id"),
        values![draft, now],
        upload,
    )
    .await
}

/// How many somebody has under way.
pub async fn count(conn: &Handle, person: PersonId, now: Instant) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM upload WHERE person_id = $1 AND attachment_id IS NULL AND expires_at > $2";
    conn.one(sql, values![person, now], |row| row.get("n")).await
}

/// What is reserved for one.
pub async fn reserved(conn: &Handle, id: UploadId) -> Result<i64> {
    let sql = "SELECT bytes FROM upload WHERE id = $1 AND attachment_id IS NULL";
    Ok(conn.maybe(sql, values![id], |row| row.get("bytes")).await?.unwrap_or(0))
}

/// Bytes that are still to come, of everybody.
pub async fn outstanding(conn: &Handle, now: Instant) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(bytes - received), 0) AS BIGINT) AS bytes FROM upload WHERE expires_at > $1";
    conn.one(sql, values![now], |row| row.get("bytes")).await
}

/// Notes a part behind what was received; `false` where another one was faster, or the upload is over.
pub async fn add_part(tx: &Tx, upload: &Upload, (bytes, blob): (i64, &BlobId), expires_at: Instant) -> Result<bool> {
    let moved = tx
        .run(
            "UPDATE upload SET received = received + $3, expires_at = $4 \
             WHERE id = $1 AND received = $2 AND received + $3 <= bytes AND attachment_id IS NULL",
            values![upload.id, upload.received, bytes, expires_at],
        )
        .await?;
    if moved == 0 {
        return Ok(false);
    }
    tx.run(
        "INSERT INTO upload_part (upload_id, starts, bytes, blob) VALUES ($1, $2, $3, $4)",
        values![upload.id, upload.received, bytes, blob.as_str()],
    )
    .await?;
    Ok(true)
}

/// What has arrived, in order.
pub async fn parts(conn: &Handle, id: UploadId) -> Result<Vec<Part>> {
    conn.rows("SELECT starts, bytes, blob FROM upload_part WHERE upload_id = $1 ORDER BY starts", values![id], |row| {
        Ok(Part { starts: row.get("starts")?, bytes: row.get("bytes")?, blob: BlobId::kept(row.get("blob")?) })
    })
    .await
}

/// It is a file now, and its parts are nobody's; `false` where it was one before or is gone.
pub async fn became(tx: &Tx, id: UploadId, attachment: AttachmentId) -> Result<bool> {
    let sql = "UPDATE upload SET attachment_id = $2 WHERE id = $1 AND attachment_id IS NULL";
    let is_first = tx.run(sql, values![id, attachment]).await? > 0;
    tx.run("DELETE FROM upload_part WHERE upload_id = $1", values![id]).await?;
    Ok(is_first)
}

pub async fn remove(tx: &Tx, id: UploadId) -> Result<()> {
    tx.run("DELETE FROM upload_part WHERE upload_id = $1", values![id]).await?;
    tx.run("DELETE FROM upload WHERE id = $1", values![id]).await.map(drop)
}

/// Those of a draft that goes.
pub(crate) async fn remove_of_draft(tx: &Tx, person: PersonId, draft: DraftId) -> Result<()> {
    let parts =
        "DELETE FROM upload_part WHERE upload_id IN (SELECT id FROM upload WHERE draft_id = $1 AND person_id = $2)";
    tx.run(parts, values![draft, person]).await?;
    tx.run("DELETE FROM upload WHERE draft_id = $1 AND person_id = $2", values![draft, person]).await.map(drop)
}

/// Forgets those whose time is over; the broom takes their parts.
pub async fn expire(tx: &Tx, now: Instant) -> Result<u64> {
    let parts = "DELETE FROM upload_part WHERE upload_id IN (SELECT id FROM upload WHERE expires_at <= $1)";
    tx.run(parts, values![now]).await?;
    tx.run("DELETE FROM upload WHERE expires_at <= $1", values![now]).await
}

fn upload(row: &Row<'_>) -> Result<Upload> {
    Ok(Upload {
        id: row.id("id", UploadId)?,
        token: row.get("token")?,
        person: row.id("person_id", PersonId)?,
        organisation: row.maybe_id("organisation_id", OrganisationId)?,
        draft: row.id("draft_id", DraftId)?,
        field: row.get("field")?,
        name: row.get("name")?,
        mark: row.get("mark")?,
        bytes: row.get("bytes")?,
        received: row.get("received")?,
        attachment: row.maybe_id("attachment_id", AttachmentId)?,
        expires_at: row.instant("expires_at")?,
    })
}
