//! The issue of each bug.

use rules::{
    ids::{BugId, PersonId},
    instant::Instant,
    tracker::{Agreed, Fault, Waits},
};

use super::{json, maybe_json};
use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values, word},
};

/// A bug and its issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub bug: BugId,
    pub repository: String,
    /// None while it is being made.
    pub issue: Option<i64>,
    pub url: String,
    /// What its milestone is called.
    pub milestone: Option<String>,
    pub agreed: Agreed,
    pub waits: Option<Waits>,
    pub fault: Option<Fault>,
    pub wanted_at: Instant,
    pub tried_at: Option<Instant>,
    pub synced_at: Option<Instant>,
    pub comments_upto: Option<Instant>,
    /// Staff want the tracker to have what the desk has.
    pub insists: bool,
    pub linked_by: Option<PersonId>,
    pub linked_at: Instant,
}

/// One about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewLink<'a> {
    pub bug: BugId,
    pub repository: &'a str,
    pub issue: Option<i64>,
    pub url: &'a str,
    pub by: Option<PersonId>,
    pub now: Instant,
}

const LINK: &str = "SELECT bug_id, repository, issue, url, milestone, agreed, waits, fault, wanted_at, tried_at, synced_at, \
    comments_upto, insists, linked_by_id, linked_at FROM tracker_link";

fn read(row: &Row<'_>) -> Result<Link> {
    Ok(Link {
        bug: row.id("bug_id", BugId)?,
        repository: row.get("repository")?,
        issue: row.get("issue")?,
        url: row.get("url")?,
        milestone: row.get("milestone")?,
        agreed: row.json("agreed")?,
        waits: row.maybe_word("waits")?,
        fault: maybe_json(row, "fault")?,
        wanted_at: row.instant("wanted_at")?,
        tried_at: row.maybe_instant("tried_at")?,
        synced_at: row.maybe_instant("synced_at")?,
        comments_upto: row.maybe_instant("comments_upto")?,
        insists: row.get("insists")?,
        linked_by: row.maybe_id("linked_by_id", PersonId)?,
        linked_at: row.instant("linked_at")?,
    })
}

/// Both are linked.
///
/// # Errors
/// A conflict where one of them is in another link.
pub async fn insert(tx: &Tx, new: NewLink<'_>) -> Result<()> {
    let agreed = json(Some(&Agreed::default()))?;
    tx.run(
        "INSERT INTO tracker_link (bug_id, repository, issue, url, agreed, insists, wanted_at, linked_by_id, linked_at) \
         VALUES ($1, $2, $3, $4, $5, $8, $7, $6, $7)",
        values![new.bug, new.repository, new.issue, new.url, agreed, new.by, new.now, false],
    )
    .await
    .map(drop)
}

/// What is known of it now. When the desk's side changed is [`want`]'s to say, what went wrong [`end`]'s, how far comments were read
/// [`set_comments_upto`]'s.
pub async fn set_link(tx: &Tx, link: &Link) -> Result<()> {
    let agreed = serde_json::to_string(&link.agreed).map_err(Error::broken)?;
    let waits = link.waits.as_ref().map(word);
    tx.run(
        "UPDATE tracker_link SET issue = $2, url = $3, milestone = $4, agreed = $5, waits = $6, tried_at = $7, \
         synced_at = $8, insists = $9 WHERE bug_id = $1",
        values![
            link.bug,
            link.issue,
            &link.url,
            link.milestone.as_ref(),
            agreed,
            waits,
            link.tried_at,
            link.synced_at,
            link.insists
        ],
    )
    .await
    .map(drop)
}

/// The desk's side of it changed; whether it has an issue.
pub async fn want(tx: &Tx, bug: BugId, now: Instant) -> Result<bool> {
    Ok(tx.run("UPDATE tracker_link SET wanted_at = $2 WHERE bug_id = $1", values![bug, now]).await? > 0)
}

/// One worker is at it until then; `false` where another is.
pub async fn claim(tx: &Tx, bug: BugId, (now, until): (Instant, Instant)) -> Result<bool> {
    let sql = "UPDATE tracker_link SET busy_until = $3 WHERE bug_id = $1 AND (busy_until IS NULL OR busy_until <= $2)";
    Ok(tx.run(sql, values![bug, now, until]).await? > 0)
}

/// The worker is done with it, and what went wrong.
pub async fn end(tx: &Tx, bug: BugId, fault: Option<&Fault>) -> Result<()> {
    let sql = "UPDATE tracker_link SET busy_until = NULL, fault = $2 WHERE bug_id = $1";
    tx.run(sql, values![bug, json(fault)?]).await.map(drop)
}

pub async fn set_comments_upto(tx: &Tx, bug: BugId, upto: Option<Instant>) -> Result<()> {
    tx.run("UPDATE tracker_link SET comments_upto = $2 WHERE bug_id = $1", values![bug, upto]).await.map(drop)
}

/// Staff decided what it waited for.
pub async fn decide(tx: &Tx, bug: BugId, insists: bool) -> Result<()> {
    let sql = "UPDATE tracker_link SET waits = NULL, insists = $2 WHERE bug_id = $1";
    tx.run(sql, values![bug, insists]).await.map(drop)
}

pub async fn remove_link(tx: &Tx, bug: BugId) -> Result<u64> {
    tx.run("DELETE FROM tracker_link WHERE bug_id = $1", values![bug]).await
}

/// The issue of a bug.
pub async fn link(conn: &Handle, bug: BugId) -> Result<Option<Link>> {
    conn.maybe(&format!("{LINK} WHERE bug_id = $1"), values![bug], read).await
}

/// The bug of an issue.
pub async fn by_issue(conn: &Handle, repository: &str, issue: i64) -> Result<Option<Link>> {
    conn.maybe(&format!("{LINK} WHERE repository = $1 AND issue = $2"), values![repository, issue], read).await
}

/// Those whose milestone is called so, by number.
pub async fn of_milestone(
    conn: &Handle,
    (repository, title): (&str, &str),
    behind: BugId,
    limit: i64,
) -> Result<Vec<BugId>> {
    let sql = "SELECT bug_id FROM tracker_link WHERE repository = $1 AND milestone = $2 AND bug_id > $3 \
               ORDER BY bug_id LIMIT $4";
    conn.rows(sql, values![repository, title, behind, limit], |row| row.id("bug_id", BugId)).await
}

/// Those that staff are asked about, or where something went wrong.
pub async fn asking(conn: &Handle, limit: i64) -> Result<Vec<Link>> {
    let sql = format!("{LINK} WHERE waits IS NOT NULL OR fault IS NOT NULL ORDER BY bug_id LIMIT $1");
    conn.rows(&sql, values![limit], read).await
}

/// Linked bugs behind one, by number.
pub async fn linked(conn: &Handle, behind: BugId, limit: i64) -> Result<Vec<BugId>> {
    let sql = "SELECT bug_id FROM tracker_link WHERE bug_id > $1 ORDER BY bug_id LIMIT $2";
    conn.rows(sql, values![behind, limit], |row| row.id("bug_id", BugId)).await
}

/// How many there are.
pub async fn count(conn: &Handle) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM tracker_link WHERE bug_id > 0", values![], |row| row.get("n")).await
}
