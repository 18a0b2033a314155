//! Texts that staff keep for replies.

use rules::{
    ids::{PersonId, TemplateId},
    instant::Instant,
    keys::TypeKey,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// A text as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTemplate {
    pub id: TemplateId,
    pub name: String,
    /// Jinja over Markdown.
    pub body: String,
    /// For requests of which type; none for every one.
    pub request_type: Option<TypeKey>,
    /// BCP 47; none where it does not matter.
    pub language: Option<String>,
    /// FRT-2: sent as it is, it is no first response.
    pub acknowledges: bool,
    /// What the reply does besides: `wait`, `solved`, `with_developers`, `keep`.
    pub after: String,
}

const TEMPLATE: &str = "SELECT id, name, body, request_type, language, acknowledges, after_reply FROM reply_template";

fn template(row: &Row<'_>) -> Result<ReplyTemplate> {
    Ok(ReplyTemplate {
        id: row.id("id", TemplateId)?,
        name: row.get("name")?,
        body: row.get("body")?,
        request_type: row.get::<Option<String>>("request_type")?.map(TypeKey),
        language: row.get("language")?,
        acknowledges: row.get("acknowledges")?,
        after: row.get("after_reply")?,
    })
}

/// All of them, in the order in which they were made.
pub async fn all(conn: &Handle) -> Result<Vec<ReplyTemplate>> {
    conn.rows(&format!("{TEMPLATE} WHERE id > 0 ORDER BY id"), values![], template).await
}

pub async fn get(conn: &Handle, id: TemplateId) -> Result<ReplyTemplate> {
    conn.one(&format!("{TEMPLATE} WHERE id = $1"), values![id], template).await
}

pub async fn insert(tx: &Tx, new: &ReplyTemplate, (by, now): (PersonId, Instant)) -> Result<TemplateId> {
    tx.insert(
        "INSERT INTO reply_template (name, body, request_type, language, acknowledges, after_reply, changed_by_id, \
         changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        values![
            &new.name,
            &new.body,
            new.request_type.as_ref().map(|it| it.0.as_str()),
            new.language.as_deref(),
            new.acknowledges,
            &new.after,
            by,
            now
        ],
    )
    .await
    .map(TemplateId)
}

/// Everything of it but its number is this now.
pub async fn change(tx: &Tx, changed: &ReplyTemplate, (by, now): (PersonId, Instant)) -> Result<()> {
    tx.run(
        "UPDATE reply_template SET name = $2, body = $3, request_type = $4, language = $5, acknowledges = $6, \
         after_reply = $7, changed_by_id = $8, changed_at = $9 WHERE id = $1",
        values![
            changed.id,
            &changed.name,
            &changed.body,
            changed.request_type.as_ref().map(|it| it.0.as_str()),
            changed.language.as_deref(),
            changed.acknowledges,
            &changed.after,
            by,
            now
        ],
    )
    .await
    .map(drop)
}

pub async fn remove(tx: &Tx, id: TemplateId) -> Result<()> {
    tx.run("DELETE FROM reply_template WHERE id = $1", values![id]).await.map(drop)
}
