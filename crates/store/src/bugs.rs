//! Bugs: each with its life as the rules know it, the requests that joined it, who follows it, what the checklist said, and
//! who was told what.

mod reports;
mod told;

use std::collections::HashMap;

use rules::{
    bugs::{Answers, Bug, Decision, Stage},
    ids::{BugId, PersonId},
    instant::Instant,
    keys::AreaKey,
    releases::Version,
};

pub use reports::{
    Counted, NewReport, Report, add_report, concerned, counted, of_ticket, of_tickets, part, reports, reports_behind,
    reports_of, total,
};
pub use told::{Telling, begin_telling, end_telling, go_on_telling, ledger_of, note, telling};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

/// A bug as it is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub life: Bug,
    pub says: Says,
    pub filed_by: Option<PersonId>,
    pub filed_at: Instant,
    pub changed_at: Instant,
}

impl Kept {
    pub fn id(&self) -> BugId {
        self.life.id
    }
}

/// What is said of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Says {
    pub title: String,
    /// For staff, as Markdown.
    pub about: String,
    pub area: Option<AreaKey>,
    pub first_seen: Option<Version>,
    /// Whether customers find it on the list of known bugs.
    pub public: bool,
    /// What they read of it, and how one does without; Markdown.
    pub said: String,
    pub way_around: String,
}

/// A time at which the checklist was answered (BUG-3).
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub answers: Answers,
    pub decision: Decision,
    pub by: PersonId,
    pub at: Instant,
}

const BUG: &str = "SELECT id, title, about, life, area, first_seen, public, said, way_around, filed_by_id, filed_at, \
    changed_at FROM bug";

fn kept(row: &Row<'_>) -> Result<Kept> {
    let first_seen: Option<String> = row.get("first_seen")?;
    let mut life: Bug = row.json("life")?;
    life.id = row.id("id", BugId)?;
    Ok(Kept {
        life,
        says: Says {
            title: row.get("title")?,
            about: row.get("about")?,
            area: row.get::<Option<String>>("area")?.map(AreaKey),
            first_seen: first_seen.as_deref().and_then(Version::read),
            public: row.get("public")?,
            said: row.get("said")?,
            way_around: row.get("way_around")?,
        },
        filed_by: row.maybe_id("filed_by_id", PersonId)?,
        filed_at: row.instant("filed_at")?,
        changed_at: row.instant("changed_at")?,
    })
}

fn said(says: &Says) -> Vec<sea_orm::Value> {
    let first_seen = says.first_seen.as_ref().map(ToString::to_string);
    values![&says.title, &says.about, says.area.as_ref(), first_seen, says.public, &says.said, &says.way_around]
}

/// Keeps a new one, which gets its number.
pub async fn insert(tx: &Tx, life: &Bug, says: &Says, (by, now): (Option<PersonId>, Instant)) -> Result<BugId> {
    let sql = "INSERT INTO bug (title, about, area, first_seen, public, said, way_around, life, stage, severity, source, \
               filed_by_id, filed_at, changed_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13) RETURNING id";
    let of_life = values![json(life)?, life.state.stage(), life.severity, life.source, by, now];
    tx.insert(sql, [said(says), of_life].concat()).await.map(BugId)
}

/// Its life is this now.
pub async fn set_life(tx: &Tx, life: &Bug, now: Instant) -> Result<()> {
    tx.run(
        "UPDATE bug SET life = $2, stage = $3, severity = $4, source = $5, changed_at = $6 WHERE id = $1",
        values![life.id, json(life)?, life.state.stage(), life.severity, life.source, now],
    )
    .await?;
    tx.run("DELETE FROM bug_fix WHERE bug_id = $1", values![life.id]).await?;
    for (at, round) in life.rounds().iter().enumerate() {
        let at = i64::try_from(at).map_err(Error::broken)?;
        for version in &round.fixed_in {
            let sql = "INSERT INTO bug_fix (bug_id, round, version) VALUES ($1, $2, $3)";
            tx.run(sql, values![life.id, at, version.key()]).await?;
        }
    }
    Ok(())
}

/// What is said of it is this now.
pub async fn set_says(tx: &Tx, id: BugId, says: &Says, now: Instant) -> Result<()> {
    let sql = "UPDATE bug SET title = $1, about = $2, area = $3, first_seen = $4, public = $5, said = $6, way_around = $7, \
               changed_at = $8 WHERE id = $9";
    tx.run(sql, [said(says), values![now, id]].concat()).await.map(drop)
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::broken)
}

pub async fn get(conn: &Handle, id: BugId) -> Result<Kept> {
    conn.one(&format!("{BUG} WHERE id = $1"), values![id], kept).await
}

/// Those of them that there are.
pub async fn these(conn: &Handle, ids: &[BugId]) -> Result<HashMap<BugId, Kept>> {
    let mut all = HashMap::new();
    for chunk in ids.chunks(100) {
        let sql = format!("{BUG} WHERE id IN ({})", slots(1, chunk.len()));
        let found = conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), kept).await?;
        all.extend(found.into_iter().map(|bug| (bug.id(), bug)));
    }
    Ok(all)
}

/// Those that stand there, the last changed first.
pub async fn in_stage(conn: &Handle, stage: Stage, limit: i64) -> Result<Vec<Kept>> {
    let sql = format!("{BUG} WHERE stage = $1 ORDER BY changed_at DESC, id DESC LIMIT $2");
    conn.rows(&sql, values![stage, limit], kept).await
}

/// How many stand there.
pub async fn count_in(conn: &Handle, stage: Stage) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM bug WHERE stage = $1", values![stage], |row| row.get("n")).await
}

/// Those that customers may find, the last changed first.
pub async fn public(conn: &Handle, limit: i64) -> Result<Vec<Kept>> {
    let sql = format!("{BUG} WHERE public ORDER BY changed_at DESC, id DESC LIMIT $1");
    conn.rows(&sql, values![limit], kept).await
}

/// The bugs with a fix in that version, of any round.
pub async fn fixed_in(conn: &Handle, version: &Version) -> Result<Vec<BugId>> {
    let sql = "SELECT DISTINCT bug_id FROM bug_fix WHERE version = $1 ORDER BY bug_id";
    conn.rows(sql, values![version.key()], |row| row.id("bug_id", BugId)).await
}

/// Whether anybody was told anything of it.
pub async fn was_told(conn: &Handle, id: BugId) -> Result<bool> {
    let sql = "SELECT of_ticket FROM bug_told WHERE bug_id = $1 LIMIT 1";
    Ok(conn.maybe(sql, values![id], |row| row.get::<i64>("of_ticket")).await?.is_some())
}

/// Whether somebody filed a report of it, or takes part in one.
pub async fn takes_part(conn: &Handle, id: BugId, person: PersonId) -> Result<bool> {
    let of = |row: &Row<'_>| row.id("ticket_id", rules::ids::TicketId);
    let filed = "SELECT ticket_id FROM bug_report WHERE bug_id = $1 AND requester_id = $2 LIMIT 1";
    if conn.maybe(filed, values![id, person], of).await?.is_some() {
        return Ok(true);
    }
    let added = "SELECT r.ticket_id FROM participant p JOIN bug_report r ON r.ticket_id = p.ticket_id \
                 WHERE p.person_id = $2 AND r.bug_id = $1 LIMIT 1";
    Ok(conn.maybe(added, values![id, person], of).await?.is_some())
}

/// Somebody wants to hear of it from now on; whether they did not before.
pub async fn follow(tx: &Tx, id: BugId, person: PersonId, now: Instant) -> Result<bool> {
    let sql = "INSERT INTO bug_follow (bug_id, person_id, since_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    Ok(tx.run(sql, values![id, person, now]).await? > 0)
}

pub async fn unfollow(tx: &Tx, id: BugId, person: PersonId) -> Result<()> {
    tx.run("DELETE FROM bug_follow WHERE bug_id = $1 AND person_id = $2", values![id, person]).await.map(drop)
}

pub async fn follows(conn: &Handle, id: BugId, person: PersonId) -> Result<bool> {
    let sql = "SELECT since_at FROM bug_follow WHERE bug_id = $1 AND person_id = $2";
    Ok(conn.maybe(sql, values![id, person], |row| row.instant("since_at")).await?.is_some())
}

/// Those who follow it behind a person, by number.
pub async fn followers(conn: &Handle, id: BugId, behind: PersonId, limit: i64) -> Result<Vec<PersonId>> {
    let sql = "SELECT person_id FROM bug_follow WHERE bug_id = $1 AND person_id > $2 ORDER BY person_id LIMIT $3";
    conn.rows(sql, values![id, behind, limit], |row| row.id("person_id", PersonId)).await
}

/// How many follow it.
pub async fn count_followers(conn: &Handle, id: BugId) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM bug_follow WHERE bug_id = $1", values![id], |row| row.get("n")).await
}

/// The checklist was answered.
pub async fn check(tx: &Tx, id: BugId, checked: &Checked) -> Result<()> {
    tx.run(
        "INSERT INTO bug_hotfix (bug_id, answers, decision, by_id, at) VALUES ($1, $2, $3, $4, $5)",
        values![id, json(&checked.answers)?, json(&checked.decision)?, checked.by, checked.at],
    )
    .await
    .map(drop)
}

/// Each time that it was, the last one first.
pub async fn checks(conn: &Handle, id: BugId) -> Result<Vec<Checked>> {
    let sql = "SELECT answers, decision, by_id, at FROM bug_hotfix WHERE bug_id = $1 ORDER BY id DESC";
    conn.rows(sql, values![id], |row| {
        Ok(Checked {
            answers: row.json("answers")?,
            decision: row.json("decision")?,
            by: row.id("by_id", PersonId)?,
            at: row.instant("at")?,
        })
    })
    .await
}
