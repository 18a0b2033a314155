//! What staff wrote to those whom a bug affects, who gets it, and which request their answer opened.

use rules::{
    bugs::affected::{Choice, Lot, Recipient, Why},
    ids::{BugId, CircularId, OrganisationId, PersonId, TicketId},
    instant::Instant,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
};

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circular {
    pub id: CircularId,
    pub bug: BugId,
    pub texts: Vec<Written>,
    pub choice: Choice,
    pub by: PersonId,
    pub at: Instant,
    /// How many get it, and to how many it went out so far.
    pub total: i64,
    pub done: i64,
    pub left_out: i64,
    pub ended_at: Option<Instant>,
}

/// What it says in a language, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Written {
    pub language: String,
    pub subject: String,
    pub body: String,
}

/// One about to be sent.
#[derive(Clone, Copy, Debug)]
pub struct NewCircular<'a> {
    pub bug: BugId,
    pub form: &'a str,
    pub texts: &'a [Written],
    pub choice: &'a Choice,
    pub by: PersonId,
    pub left_out: usize,
    pub now: Instant,
}

/// Somebody's copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub person: PersonId,
    pub organisation: Option<OrganisationId>,
    pub why: Why,
    pub lot: Lot,
    pub ticket: Option<TicketId>,
}

/// What a request answers, the bug that was about, and whose copy it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub circular: CircularId,
    pub bug: BugId,
    pub by: PersonId,
}

fn json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::broken)
}

const CIRCULAR: &str = "SELECT id, bug_id, texts, choice, by_id, at, total, done, left_out, ended_at FROM circular";

fn circular(row: &Row<'_>) -> Result<Circular> {
    Ok(Circular {
        id: row.id("id", CircularId)?,
        bug: row.id("bug_id", BugId)?,
        texts: row.json("texts")?,
        choice: row.json("choice")?,
        by: row.id("by_id", PersonId)?,
        at: row.instant("at")?,
        total: row.get("total")?,
        done: row.get("done")?,
        left_out: row.get("left_out")?,
        ended_at: row.maybe_instant("ended_at")?,
    })
}

const COPY: &str = "SELECT person_id, organisation_id, why, lot, ticket_id FROM circular_copy";

fn copy(row: &Row<'_>) -> Result<Copy> {
    Ok(Copy {
        person: row.id("person_id", PersonId)?,
        organisation: row.maybe_id("organisation_id", OrganisationId)?,
        why: row.json("why")?,
        lot: row.json("lot")?,
        ticket: row.maybe_id("ticket_id", TicketId)?,
    })
}

/// Keeps it with everybody who gets it.
///
/// # Errors
/// A conflict where its form was sent before.
pub async fn insert(tx: &Tx, new: NewCircular<'_>, to: &[Recipient]) -> Result<CircularId> {
    let number = |n: usize| i64::try_from(n).map_err(Error::broken);
    let (texts, choice) = (serde_json::to_string(new.texts).map_err(Error::broken)?, json(new.choice)?);
    let sql = "INSERT INTO circular (bug_id, form_key, texts, choice, by_id, at, total, done, behind, left_out) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, $8) RETURNING id";
    let (total, left_out) = (number(to.len())?, number(new.left_out)?);
    let values = values![new.bug, new.form, texts, choice, new.by, new.now, total, left_out];
    let id = tx.insert(sql, values).await.map(CircularId)?;
    for it in to {
        let organisation = match it.holder {
            rules::bugs::affected::Holder::Organisation(organisation) => Some(organisation),
            rules::bugs::affected::Holder::Person(_) => None,
        };
        let sql =
            "INSERT INTO circular_copy (circular_id, person_id, organisation_id, why, lot) VALUES ($1, $2, $3, $4, $5)";
        tx.run(sql, values![id, it.person, organisation, json(&it.why)?, json(&it.lot)?]).await?;
    }
    Ok(id)
}

pub async fn get(conn: &Handle, id: CircularId) -> Result<Circular> {
    conn.one(&format!("{CIRCULAR} WHERE id = $1"), values![id], circular).await
}

/// The one that a form sent, if it did.
pub async fn by_form(conn: &Handle, form: &str) -> Result<Option<CircularId>> {
    let sql = "SELECT id FROM circular WHERE form_key = $1";
    conn.maybe(sql, values![form], |row| row.id("id", CircularId)).await
}

/// Those about a bug, the last one first.
pub async fn of_bug(conn: &Handle, bug: BugId, limit: i64) -> Result<Vec<Circular>> {
    let sql = format!("{CIRCULAR} WHERE bug_id = $1 ORDER BY id DESC LIMIT $2");
    conn.rows(&sql, values![bug, limit], circular).await
}

/// Those who get it behind a person, by number.
pub async fn copies_behind(conn: &Handle, id: CircularId, behind: PersonId, limit: i64) -> Result<Vec<Copy>> {
    let sql = format!("{COPY} WHERE circular_id = $1 AND person_id > $2 ORDER BY person_id LIMIT $3");
    conn.rows(&sql, values![id, behind, limit], copy).await
}

/// A person's copy of it.
pub async fn copy_of(conn: &Handle, id: CircularId, person: PersonId) -> Result<Option<Copy>> {
    let sql = format!("{COPY} WHERE circular_id = $1 AND person_id = $2");
    conn.maybe(&sql, values![id, person], copy).await
}

/// To so many more it went out, up to `to`; nothing where another one went on behind `from` before.
pub async fn go_on(tx: &Tx, id: CircularId, (from, to): (PersonId, PersonId), more: usize) -> Result<bool> {
    let more = i64::try_from(more).map_err(Error::broken)?;
    let sql = "UPDATE circular SET done = done + $4, behind = $3 WHERE id = $1 AND behind = $2 AND ended_at IS NULL";
    Ok(tx.run(sql, values![id, from, to, more]).await? > 0)
}

pub async fn end(tx: &Tx, id: CircularId, now: Instant) -> Result<()> {
    let sql = "UPDATE circular SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    tx.run(sql, values![id, now]).await.map(drop)
}

/// Their answer is that request from now on.
pub async fn answered(tx: &Tx, id: CircularId, person: PersonId, ticket: TicketId) -> Result<()> {
    let sql = "UPDATE circular_copy SET ticket_id = $3 WHERE circular_id = $1 AND person_id = $2";
    tx.run(sql, values![id, person, ticket]).await.map(drop)
}

/// What a request is an answer to.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Option<Answered>> {
    let sql = "SELECT c.id, c.bug_id, y.person_id FROM circular_copy y JOIN circular c ON c.id = y.circular_id \
               WHERE y.ticket_id = $1 ORDER BY y.circular_id DESC LIMIT 1";
    conn.maybe(sql, values![ticket], |row| {
        Ok(Answered {
            circular: row.id("id", CircularId)?,
            bug: row.id("bug_id", BugId)?,
            by: row.id("person_id", PersonId)?,
        })
    })
    .await
}

/// The requests that answers to it opened.
pub async fn answers(conn: &Handle, id: CircularId, limit: i64) -> Result<Vec<TicketId>> {
    // The plus keeps it from the index of requests, which would find those of all messages first.
    let sql = "SELECT ticket_id FROM circular_copy WHERE circular_id = $1 AND +ticket_id IS NOT NULL \
               ORDER BY person_id LIMIT $2";
    conn.rows(sql, values![id, limit], |row| row.id("ticket_id", TicketId)).await
}
