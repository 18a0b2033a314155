//! What is being written and not sent yet (REQ-10).

use std::collections::BTreeMap;

use rules::{
    ids::{DraftId, PersonId},
    instant::Instant,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
    uploads,
};

/// A draft of a request or of a reply.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: DraftId,
    pub person: PersonId,
    /// `request/bug`, `reply/4201`, `note/4201`.
    pub purpose: String,
    /// Form field to text, as typed.
    pub fields: BTreeMap<String, String>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

const DRAFT: &str = "SELECT id, person_id, purpose, fields, created_at, updated_at FROM draft";

pub async fn insert(
    tx: &Tx,
    person: PersonId,
    purpose: &str,
    fields: &BTreeMap<String, String>,
    now: Instant,
) -> Result<DraftId> {
    tx.insert(
        "INSERT INTO draft (person_id, purpose, fields, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) RETURNING id",
        values![person, purpose, json(fields)?, now],
    )
    .await
    .map(DraftId)
}

/// Saves what was typed; `false` when the draft is not theirs or was sent.
pub async fn save(
    tx: &Tx,
    person: PersonId,
    id: DraftId,
    fields: &BTreeMap<String, String>,
    now: Instant,
) -> Result<bool> {
    let saved = tx
        .run(
            "UPDATE draft SET fields = $3, updated_at = $4 WHERE id = $1 AND person_id = $2",
            values![id, person, json(fields)?, now],
        )
        .await?;
    Ok(saved > 0)
}

pub async fn get(conn: &Handle, person: PersonId, id: DraftId) -> Result<Draft> {
    conn.one(&format!("{DRAFT} WHERE id = $1 AND person_id = $2"), values![id, person], draft).await
}

/// The draft saved last for a purpose.
pub async fn latest(conn: &Handle, person: PersonId, purpose: &str) -> Result<Option<Draft>> {
    conn.maybe(
        &format!("{DRAFT} WHERE person_id = $1 AND purpose = $2 ORDER BY updated_at DESC, id DESC LIMIT 1"),
        values![person, purpose],
        draft,
    )
    .await
}

/// A person's drafts, the one saved last first.
pub async fn of(conn: &Handle, person: PersonId) -> Result<Vec<Draft>> {
    conn.rows(&format!("{DRAFT} WHERE person_id = $1 ORDER BY updated_at DESC, id DESC"), values![person], draft).await
}

/// Makes it a draft of something else.
pub async fn become_of(
    tx: &Tx,
    (person, id): (PersonId, DraftId),
    (purpose, fields): (&str, &BTreeMap<String, String>),
    now: Instant,
) -> Result<()> {
    tx.run(
        "UPDATE draft SET purpose = $3, fields = $4, updated_at = $5 WHERE id = $1 AND person_id = $2",
        values![id, person, purpose, json(fields)?, now],
    )
    .await
    .map(drop)
}

/// Throws a draft away, with the files that still belong to it.
pub async fn discard(tx: &Tx, person: PersonId, id: DraftId, now: Instant) -> Result<bool> {
    tx.run(
        "UPDATE attachment SET draft_id = NULL, removed_at = $3 WHERE draft_id = $1 AND owner_id = $2",
        values![id, person, now],
    )
    .await?;
    tx.run("DELETE FROM mask WHERE draft_id = $1 AND ticket_id IS NULL", values![id]).await?;
    uploads::remove_of_draft(tx, person, id).await?;
    Ok(tx.run("DELETE FROM draft WHERE id = $1 AND person_id = $2", values![id, person]).await? > 0)
}

fn json(fields: &BTreeMap<String, String>) -> Result<String> {
    serde_json::to_string(fields).map_err(Error::broken)
}

pub(crate) fn draft(row: &Row<'_>) -> Result<Draft> {
    Ok(Draft {
        id: row.id("id", DraftId)?,
        person: row.id("person_id", PersonId)?,
        purpose: row.get("purpose")?,
        fields: row.json("fields")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
