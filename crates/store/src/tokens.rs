//! Tokens with which programs come: of each only its hash is kept.

use std::collections::HashMap;

use rules::{
    ids::{ApiTokenId, PersonId},
    instant::Instant,
    programs::Permit,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub id: ApiTokenId,
    pub name: String,
    pub permit: Permit,
    pub made_by: PersonId,
    pub made_at: Instant,
    pub used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// A token about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewToken<'a> {
    pub name: &'a str,
    pub permit: Permit,
    pub hash: [u8; 32],
    pub by: PersonId,
    pub now: Instant,
}

pub async fn insert(tx: &Tx, new: NewToken<'_>) -> Result<ApiTokenId> {
    tx.insert(
        "INSERT INTO api_token (name, permit, hash, made_by, made_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        values![new.name, new.permit.as_str(), new.hash, new.by, new.now],
    )
    .await
    .map(ApiTokenId)
}

const TOKEN: &str = "SELECT id, name, permit, made_by, made_at, used_at, revoked_at FROM api_token";

pub async fn by_hash(conn: &Handle, hash: [u8; 32]) -> Result<Option<Token>> {
    conn.maybe(&format!("{TOKEN} WHERE hash = $1"), values![hash], token).await
}

/// All of them, those that were revoked too, the newest first.
pub async fn all(conn: &Handle) -> Result<Vec<Token>> {
    conn.rows(&format!("{TOKEN} WHERE id > 0 ORDER BY id DESC"), values![], token).await
}

/// What these are called.
pub async fn names(conn: &Handle, ids: &[ApiTokenId]) -> Result<HashMap<ApiTokenId, String>> {
    let mut names = HashMap::new();
    for chunk in ids.chunks(100) {
        let sql = format!("SELECT id, name FROM api_token WHERE id IN ({})", slots(1, chunk.len()));
        let read = |row: &Row<'_>| Ok((row.id("id", ApiTokenId)?, row.get::<String>("name")?));
        names.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), read).await?);
    }
    Ok(names)
}

/// Has it open nothing from then on; how many it were.
pub async fn revoke(tx: &Tx, id: ApiTokenId, now: Instant) -> Result<u64> {
    tx.run("UPDATE api_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL", values![id, now]).await
}

pub async fn used(tx: &Tx, id: ApiTokenId, now: Instant) -> Result<()> {
    tx.run("UPDATE api_token SET used_at = $2 WHERE id = $1", values![id, now]).await.map(drop)
}

fn token(row: &Row<'_>) -> Result<Token> {
    let word: String = row.get("permit")?;
    Ok(Token {
        id: row.id("id", ApiTokenId)?,
        name: row.get("name")?,
        permit: Permit::read(&word).ok_or_else(|| Error::broken(format!("{word} is nothing that a token permits")))?,
        made_by: row.id("made_by", PersonId)?,
        made_at: row.instant("made_at")?,
        used_at: row.maybe_instant("used_at")?,
        revoked_at: row.maybe_instant("revoked_at")?,
    })
}
