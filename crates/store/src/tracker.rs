//! The tracker with whose issues bugs are mirrored, the issue of each bug, and what is said of bugs here and there.

mod comments;
mod links;

pub use comments::{
    Comment, Heard, NewComment, add_comment, comment, comments, forget_reason, public_comments, remove_comment,
    set_public, set_remote, take_comment, unsent,
};
pub use links::{
    Link, NewLink, asking, by_issue, claim, count, decide, end, insert, link, linked, of_milestone, remove_link,
    set_comments_upto, set_link, want,
};

use rules::{ids::PersonId, instant::Instant, tracker::Fault};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
};

/// The tracker, with what is secret of it sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker {
    pub base_url: String,
    pub repository: String,
    pub token: Vec<u8>,
    pub secret: Vec<u8>,
    pub secret_before: Option<Vec<u8>>,
    pub set_by: PersonId,
    pub set_at: Instant,
    pub heard_at: Option<Instant>,
    pub forged: i64,
    pub forged_at: Option<Instant>,
    pub read_upto: Option<Instant>,
    pub read_at: Option<Instant>,
    pub fault: Option<Fault>,
}

/// One that is set up.
#[derive(Clone, Copy, Debug)]
pub struct NewTracker<'a> {
    pub base_url: &'a str,
    pub repository: &'a str,
    pub token: &'a [u8],
    /// Kept where there is one.
    pub secret: &'a [u8],
    pub by: PersonId,
    pub now: Instant,
}

/// JSON of what is there.
fn json(value: Option<&impl serde::Serialize>) -> Result<Option<String>> {
    value.map(|value| serde_json::to_string(value).map_err(Error::broken)).transpose()
}

fn maybe_json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(Error::broken)).transpose()
}

pub async fn get(conn: &Handle) -> Result<Option<Tracker>> {
    let sql = "SELECT base_url, repository, token, secret, secret_before, set_by_id, set_at, heard_at, forged, forged_at, read_upto, \
               read_at, fault FROM tracker WHERE number = 1";
    conn.maybe(sql, values![], |row| {
        Ok(Tracker {
            base_url: row.get("base_url")?,
            repository: row.get("repository")?,
            token: row.get("token")?,
            secret: row.get("secret")?,
            secret_before: row.get("secret_before")?,
            set_by: row.id("set_by_id", PersonId)?,
            set_at: row.instant("set_at")?,
            heard_at: row.maybe_instant("heard_at")?,
            forged: row.get("forged")?,
            forged_at: row.maybe_instant("forged_at")?,
            read_upto: row.maybe_instant("read_upto")?,
            read_at: row.maybe_instant("read_at")?,
            fault: maybe_json(row, "fault")?,
        })
    })
    .await
}

/// It is this one from now on; its secret stays what it was, and what went wrong before is forgotten.
pub async fn set(tx: &Tx, new: NewTracker<'_>) -> Result<()> {
    tx.run(
        "INSERT INTO tracker (number, base_url, repository, token, secret, set_by_id, set_at, forged) \
         VALUES (1, $1, $2, $3, $4, $5, $6, 0) ON CONFLICT (number) DO UPDATE SET base_url = $1, repository = $2, token = $3, \
         set_by_id = $5, set_at = $6, fault = NULL, read_upto = NULL, read_at = NULL",
        values![new.base_url, new.repository, new.token, new.secret, new.by, new.now],
    )
    .await
    .map(drop)
}

pub async fn remove(tx: &Tx) -> Result<()> {
    tx.run("DELETE FROM tracker WHERE number = 1", values![]).await.map(drop)
}

/// It signs with another secret; the one before counts as long as it is named.
pub async fn set_secret(tx: &Tx, secret: &[u8], before: Option<&[u8]>) -> Result<()> {
    let sql = "UPDATE tracker SET secret = $1, secret_before = $2 WHERE number = 1";
    tx.run(sql, values![secret, before]).await.map(drop)
}

/// It called.
pub async fn heard(tx: &Tx, now: Instant) -> Result<()> {
    tx.run("UPDATE tracker SET heard_at = $1 WHERE number = 1", values![now]).await.map(drop)
}

/// Somebody called who is not it.
pub async fn forged(tx: &Tx, now: Instant) -> Result<()> {
    let sql = "UPDATE tracker SET forged = forged + 1, forged_at = $1 WHERE number = 1";
    tx.run(sql, values![now]).await.map(drop)
}

/// Its changes were read, up to an instant of its own; or could not be.
pub async fn was_read(tx: &Tx, (upto, now): (Option<Instant>, Instant), fault: Option<&Fault>) -> Result<()> {
    let sql = "UPDATE tracker SET read_upto = COALESCE($1, read_upto), read_at = $2, fault = $3 WHERE number = 1";
    tx.run(sql, values![upto, now, json(fault)?]).await.map(drop)
}

/// Notes a call by its name; whether it is heard for the first time.
pub async fn note_delivery(tx: &Tx, name: &str, now: Instant) -> Result<bool> {
    let sql = "INSERT INTO tracker_delivery (name, heard_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![name, now]).await? > 0)
}

/// Forgets calls from before then.
pub async fn sweep(tx: &Tx, before: Instant) -> Result<u64> {
    tx.run("DELETE FROM tracker_delivery WHERE heard_at <= $1", values![before]).await
}
