//! What is said of bugs: by staff of the desk, and in the tracker.

use rules::{
    ids::{BugCommentId, BugId, PersonId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub id: BugCommentId,
    pub bug: BugId,
    /// A member of staff; none for what was said in the tracker.
    pub by: Option<PersonId>,
    /// Who said it there.
    pub author: String,
    /// Markdown.
    pub body: String,
    /// Whether it was longer there.
    pub cut: bool,
    /// Whether customers read it among the known bugs.
    pub public: bool,
    /// It tells why the bug is none, in words that are made when it is sent.
    pub reason: bool,
    /// Its number in the tracker, where it is there.
    pub remote: Option<i64>,
    pub made_at: Instant,
    pub changed_at: Instant,
}

/// One of the desk's own.
#[derive(Clone, Copy, Debug)]
pub struct NewComment<'a> {
    pub bug: BugId,
    pub by: Option<PersonId>,
    pub body: &'a str,
    pub public: bool,
    pub reason: bool,
    pub now: Instant,
}

/// One as the tracker told it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    pub bug: BugId,
    pub remote: i64,
    pub author: &'a str,
    pub body: &'a str,
    pub cut: bool,
    pub made_at: Instant,
    pub changed_at: Instant,
}

const COMMENT: &str =
    "SELECT id, bug_id, by_id, author, body, cut, public, reason, remote, made_at, changed_at FROM bug_comment";

fn read(row: &Row<'_>) -> Result<Comment> {
    Ok(Comment {
        id: row.id("id", BugCommentId)?,
        bug: row.id("bug_id", BugId)?,
        by: row.maybe_id("by_id", PersonId)?,
        author: row.get("author")?,
        body: row.get("body")?,
        cut: row.get("cut")?,
        public: row.get("public")?,
        reason: row.get("reason")?,
        remote: row.get("remote")?,
        made_at: row.instant("made_at")?,
        changed_at: row.instant("changed_at")?,
    })
}

pub async fn add_comment(tx: &Tx, new: NewComment<'_>) -> Result<BugCommentId> {
    let sql = "INSERT INTO bug_comment (bug_id, by_id, author, body, cut, public, reason, made_at, changed_at) \
               VALUES ($1, $2, '', $3, $4, $5, $6, $7, $7) RETURNING id";
    tx.insert(sql, values![new.bug, new.by, new.body, false, new.public, new.reason, new.now]).await.map(BugCommentId)
}

/// Keeps what the tracker tells, or what it tells now of one that is known; what changed there is for customers no more until staff
/// say so again. What is older than what is known does nothing.
pub async fn take_comment(tx: &Tx, it: Heard<'_>) -> Result<()> {
    tx.run(
        "INSERT INTO bug_comment (bug_id, author, body, cut, public, reason, remote, made_at, changed_at) \
         VALUES ($1, $3, $4, $5, $6, $6, $2, $7, $8) ON CONFLICT (bug_id, remote) DO UPDATE SET \
         author = $3, public = CASE WHEN bug_comment.body = $4 THEN bug_comment.public ELSE $6 END, body = $4, cut = $5, changed_at = $8 \
         WHERE bug_comment.by_id IS NULL AND NOT bug_comment.reason AND bug_comment.changed_at <= $8",
        values![it.bug, it.remote, it.author, it.body, it.cut, false, it.made_at, it.changed_at],
    )
    .await
    .map(drop)
}

/// It was deleted in the tracker; what staff wrote here stays.
pub async fn remove_comment(tx: &Tx, bug: BugId, remote: i64) -> Result<()> {
    let sql = "DELETE FROM bug_comment WHERE bug_id = $1 AND remote = $2 AND by_id IS NULL AND NOT reason";
    tx.run(sql, values![bug, remote]).await.map(drop)
}

/// A reason that is none any more is told to nobody.
pub async fn forget_reason(tx: &Tx, id: BugCommentId) -> Result<()> {
    tx.run("DELETE FROM bug_comment WHERE id = $1 AND reason AND remote IS NULL", values![id]).await.map(drop)
}

/// It stands in the tracker under this number.
pub async fn set_remote(tx: &Tx, id: BugCommentId, remote: i64) -> Result<()> {
    tx.run("UPDATE bug_comment SET remote = $2 WHERE id = $1", values![id, remote]).await.map(drop)
}

pub async fn set_public(tx: &Tx, id: BugCommentId, public: bool) -> Result<()> {
    tx.run("UPDATE bug_comment SET public = $2 WHERE id = $1", values![id, public]).await.map(drop)
}

pub async fn comment(conn: &Handle, id: BugCommentId) -> Result<Comment> {
    conn.one(&format!("{COMMENT} WHERE id = $1"), values![id], read).await
}

/// The last of them, the newest first.
pub async fn comments(conn: &Handle, bug: BugId, limit: i64) -> Result<Vec<Comment>> {
    let sql = format!("{COMMENT} WHERE bug_id = $1 AND NOT reason ORDER BY id DESC LIMIT $2");
    conn.rows(&sql, values![bug, limit], read).await
}

/// Those that customers read, in their order.
pub async fn public_comments(conn: &Handle, bug: BugId, limit: i64) -> Result<Vec<Comment>> {
    let sql = format!("{COMMENT} WHERE bug_id = $1 AND public ORDER BY id LIMIT $2");
    conn.rows(&sql, values![bug, limit], read).await
}

/// The desk's own since then that are not in the tracker, in their order.
pub async fn unsent(conn: &Handle, (bug, since): (BugId, Instant), limit: i64) -> Result<Vec<Comment>> {
    let sql = format!("{COMMENT} WHERE bug_id = $1 AND remote IS NULL AND made_at >= $2 ORDER BY id LIMIT $3");
    conn.rows(&sql, values![bug, since, limit], read).await
}
