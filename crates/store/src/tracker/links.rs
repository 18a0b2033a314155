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
    comments_upto, linked_by_id, linked_at FROM tracker_link";

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
        "INSERT INTO tracker_link (bug_id, repository, issue, url, agreed, wanted_at, linked_by_id, linked_at) \
         VALUES ($1, $2, $3, $4, $5, $7, $6, $7)",
        values![new.bug, new.repository, new.issue, new.url, agreed, new.by, new.now],
    )
    .await
    .map(drop)
}

/// What is known of it now. When the desk's side changed is [`want`]'s to say.
pub async fn set_link(tx: &Tx, link: &Link) -> Result<()> {
    let agreed = serde_json::to_string(&link.agreed).map_err(Error::broken)?;
    let waits = link.waits.as_ref().map(word);
    tx.run(
        "UPDATE tracker_link SET issue = $2, url = $3, milestone = $4, agreed = $5, waits = $6, fault = $7, tried_at = $8, \
         synced_at = $9, comments_upto = $10 WHERE bug_id = $1",
        values![
            link.bug,
            link.issue,
            &link.url,
            link.milestone.as_ref(),
            agreed,
            waits,
            json(link.fault.as_ref())?,
            link.tried_at,
            link.synced_at,
            link.comments_upto
        ],
    )
    .await
    .map(drop)
}

/// The desk's side of it changed; whether it has an issue.
pub async fn want(tx: &Tx, bug: BugId, now: Instant) -> Result<bool> {
    Ok(tx.run("UPDATE tracker_link SET wanted_at = $2 WHERE bug_id = $1", values![bug, now]).await? > 0)
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
pub async fn of_milestone(conn: &Handle, (repository, title): (&str, &str), behind: BugId, limit: i64) -> Result<Vec<BugId>> {
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
