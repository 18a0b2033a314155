//! Signed-in browsers, single-use links, attempts that are limited, and spent proofs of work.

use rules::{
    ids::{LinkId, PersonId, SessionId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
    people::{self, READER, Reader},
};

/// A signed-in browser. Only the hash of its token is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub person: PersonId,
    /// The address it was last seen from.
    pub network: String,
    /// What the browser says of itself.
    pub agent: String,
    pub created_at: Instant,
    pub seen_at: Instant,
    pub expires_at: Instant,
}

/// A session about to be kept.
#[derive(Clone, Debug)]
pub struct NewSession<'a> {
    pub token_hash: [u8; 32],
    pub person: PersonId,
    pub network: &'a str,
    pub agent: &'a str,
    pub now: Instant,
    pub expires_at: Instant,
}

const SESSION: &str = "SELECT id, person_id, network, agent, created_at, seen_at, expires_at FROM session";

pub async fn insert(tx: &Tx, new: NewSession<'_>) -> Result<SessionId> {
    tx.insert(
        "INSERT INTO session (token_hash, person_id, network, agent, created_at, seen_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $5, $6) RETURNING id",
        values![new.token_hash, new.person, new.network, new.agent, new.now, new.expires_at],
    )
    .await
    .map(SessionId)
}

/// The session of a token, and whose it is.
pub async fn by_token(conn: &Handle, token_hash: [u8; 32]) -> Result<Option<(Session, Reader)>> {
    let sql = format!(
        "SELECT s.id, s.person_id, s.network, s.agent, s.created_at, s.seen_at, s.expires_at, {READER} \
         FROM session s JOIN person p ON p.id = s.person_id WHERE s.token_hash = $1"
    );
    conn.maybe(&sql, values![token_hash], |row| Ok((session(row)?, people::read(row)?))).await
}

/// A person's sessions, the one seen last first.
pub async fn of(conn: &Handle, person: PersonId) -> Result<Vec<Session>> {
    conn.rows(&format!("{SESSION} WHERE person_id = $1 ORDER BY seen_at DESC, id DESC"), values![person], session).await
}

/// One of a person's sessions.
pub async fn of_person(conn: &Handle, person: PersonId, id: SessionId) -> Result<Option<Session>> {
    conn.maybe(&format!("{SESSION} WHERE id = $1 AND person_id = $2"), values![id, person], session).await
}

fn session(row: &Row<'_>) -> Result<Session> {
    Ok(Session {
        id: row.id("id", SessionId)?,
        person: row.id("person_id", PersonId)?,
        network: row.get("network")?,
        agent: row.get("agent")?,
        created_at: row.instant("created_at")?,
        seen_at: row.instant("seen_at")?,
        expires_at: row.instant("expires_at")?,
    })
}

pub async fn seen(tx: &Tx, id: SessionId, network: &str, now: Instant, expires_at: Instant) -> Result<()> {
    tx.run(
        "UPDATE session SET seen_at = $2, network = $3, expires_at = $4 WHERE id = $1",
        values![id, now, network, expires_at],
    )
    .await
    .map(drop)
}

/// Ends one session of a person; `false` when it is not theirs or already gone.
pub async fn end(tx: &Tx, person: PersonId, id: SessionId) -> Result<bool> {
    Ok(tx.run("DELETE FROM session WHERE id = $1 AND person_id = $2", values![id, person]).await? > 0)
}

/// Ends a session whose browser has another one now.
pub async fn replaced(tx: &Tx, id: SessionId) -> Result<()> {
    tx.run("DELETE FROM session WHERE id = $1", values![id]).await.map(drop)
}

/// Ends all sessions of a person except `keep`.
pub async fn end_all(tx: &Tx, person: PersonId, keep: Option<SessionId>) -> Result<u64> {
    tx.run("DELETE FROM session WHERE person_id = $1 AND id <> $2", values![person, keep.unwrap_or(SessionId(0))]).await
}

/// A single-use link. Its text is derived from `nonce` and the secret key; only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: LinkId,
    /// `verification` or `reset`.
    pub purpose: String,
    pub nonce: Vec<u8>,
    pub person: Option<PersonId>,
    pub name: String,
    pub written: String,
    pub canonical: String,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

/// A link about to be kept.
#[derive(Clone, Debug)]
pub struct NewLink<'a> {
    pub purpose: &'a str,
    pub hash: [u8; 32],
    pub nonce: &'a [u8],
    pub person: Option<PersonId>,
    pub name: &'a str,
    pub written: &'a str,
    pub canonical: &'a str,
    pub now: Instant,
    pub expires_at: Instant,
}

const LINK: &str = "SELECT id, purpose, nonce, person_id, name, written, canonical, expires_at, used_at FROM link";

pub async fn insert_link(tx: &Tx, new: NewLink<'_>) -> Result<LinkId> {
    tx.insert(
        "INSERT INTO link (purpose, hash, nonce, person_id, name, written, canonical, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
        values![
            new.purpose,
            new.hash,
            new.nonce,
            new.person,
            new.name,
            new.written,
            new.canonical,
            new.now,
            new.expires_at
        ],
    )
    .await
    .map(LinkId)
}

pub async fn link_by_hash(conn: &Handle, hash: [u8; 32]) -> Result<Option<Link>> {
    conn.maybe(&format!("{LINK} WHERE hash = $1"), values![hash], read_link).await
}

pub async fn link(conn: &Handle, id: LinkId) -> Result<Link> {
    conn.one(&format!("{LINK} WHERE id = $1"), values![id], read_link).await
}

fn read_link(row: &Row<'_>) -> Result<Link> {
    Ok(Link {
        id: row.id("id", LinkId)?,
        purpose: row.get("purpose")?,
        nonce: row.get("nonce")?,
        person: row.maybe_id("person_id", PersonId)?,
        name: row.get("name")?,
        written: row.get("written")?,
        canonical: row.get("canonical")?,
        expires_at: row.instant("expires_at")?,
        used_at: row.maybe_instant("used_at")?,
    })
}

/// Marks a link used; `false` when somebody was faster.
pub async fn use_link(tx: &Tx, id: LinkId, now: Instant) -> Result<bool> {
    Ok(tx.run("UPDATE link SET used_at = $2 WHERE id = $1 AND used_at IS NULL", values![id, now]).await? > 0)
}

/// Marks a person's links used, all that are left.
pub async fn use_links_of(tx: &Tx, person: PersonId, now: Instant) -> Result<u64> {
    tx.run("UPDATE link SET used_at = $2 WHERE person_id = $1 AND used_at IS NULL", values![person, now]).await
}

/// Writes an attempt down. `who` is a hash of an address, a network or an account.
pub async fn note_attempt(tx: &Tx, kind: &str, who: &[u8], now: Instant) -> Result<()> {
    tx.run("INSERT INTO attempt (kind, who, at) VALUES ($1, $2, $3)", values![kind, who, now]).await.map(drop)
}

/// The instants of the attempts since then, oldest first.
pub async fn attempts(conn: &Handle, kind: &str, who: &[u8], since: Instant) -> Result<Vec<Instant>> {
    conn.rows(
        "SELECT at FROM attempt WHERE kind = $1 AND who = $2 AND at > $3 ORDER BY at",
        values![kind, who, since],
        |row| row.instant("at"),
    )
    .await
}

/// Writes a solved proof down; `false` when it was spent before (a replay).
pub async fn spend_proof(tx: &Tx, nonce: &[u8], expires_at: Instant) -> Result<bool> {
    let spent = tx
        .run(
            "INSERT INTO spent_proof (nonce, expires_at) VALUES ($1, $2) ON CONFLICT (nonce) DO NOTHING",
            values![nonce, expires_at],
        )
        .await?;
    Ok(spent > 0)
}

/// Throws away what is past: sessions, links, proofs, and attempts from before `attempts_before`.
pub async fn sweep(tx: &Tx, now: Instant, attempts_before: Instant) -> Result<u64> {
    let mut gone = 0;
    for table in ["session", "link", "spent_proof"] {
        gone += tx.run(&format!("DELETE FROM {table} WHERE expires_at <= $1"), values![now]).await?;
    }
    Ok(gone + tx.run("DELETE FROM attempt WHERE at <= $1", values![attempts_before]).await?)
}
