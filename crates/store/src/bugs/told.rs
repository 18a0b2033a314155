//! What was told of a bug, and how far telling is.

use rules::{
    bugs::telling::{Asked, Ledger, Noted, Of},
    ids::{BugId, PersonId, TicketId},
    instant::Instant,
    releases::Version,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

/// How far the last telling is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Telling {
    pub began_at: Instant,
    /// Requests and followers that it looks at, and looked at.
    pub total: i64,
    pub done: i64,
    /// People who were told something, and requests that moved.
    pub people: i64,
    pub requests: i64,
    pub ended_at: Option<Instant>,
}

fn of(ticket: TicketId, person: PersonId) -> Of {
    if ticket.0 == 0 { Of::Follow(person) } else { Of::Request(ticket) }
}

fn number(of: Of) -> TicketId {
    match of {
        Of::Request(ticket) => ticket,
        Of::Follow(_) => TicketId(0),
    }
}

/// What was told of a bug to these people, and what these requests were asked.
pub async fn ledger_of(conn: &Handle, bug: BugId, people: &[PersonId], tickets: &[TicketId]) -> Result<Ledger> {
    let mut rows: Vec<Noted> = vec![];
    for chunk in people.chunks(100) {
        let asked = slots(2, chunk.len());
        let sql =
            format!("SELECT person_id, of_ticket, told FROM bug_told WHERE bug_id = $1 AND person_id IN ({asked})");
        let row = |row: &Row<'_>| {
            let (to, ticket) = (row.id("person_id", PersonId)?, row.id("of_ticket", TicketId)?);
            Ok(Noted::Told { of: of(ticket, to), to, told: row.json("told")? })
        };
        let values = std::iter::once(bug.to_value()).chain(chunk.iter().map(ToValue::to_value)).collect();
        rows.extend(conn.rows(&sql, values, row).await?);
    }
    for chunk in tickets.chunks(100) {
        let sql = format!(
            "SELECT ticket_id, version, round FROM bug_asked WHERE bug_id = $1 AND ticket_id IN ({})",
            slots(2, chunk.len())
        );
        let row = |row: &Row<'_>| {
            let version: String = row.get("version")?;
            let version = Version::read(&version).ok_or_else(|| Error::broken("a version that is none"))?;
            let round = usize::try_from(row.get::<i64>("round")?).map_err(Error::broken)?;
            Ok(Noted::Asked { ticket: row.id("ticket_id", TicketId)?, asked: Asked { version, round } })
        };
        let values = std::iter::once(bug.to_value()).chain(chunk.iter().map(ToValue::to_value)).collect();
        rows.extend(conn.rows(&sql, values, row).await?);
    }
    Ok(Ledger::of(rows))
}

/// Writes down what was told and asked, each in the place of what was before.
pub async fn note(tx: &Tx, bug: BugId, noted: &[Noted]) -> Result<()> {
    for row in noted {
        match row {
            Noted::Told { of, to, told } => {
                let told = serde_json::to_string(told).map_err(Error::broken)?;
                let sql = "INSERT INTO bug_told (bug_id, person_id, of_ticket, told) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (bug_id, person_id, of_ticket) DO UPDATE SET told = excluded.told";
                tx.run(sql, values![bug, to, number(*of), told]).await?;
            }
            Noted::Asked { ticket, asked } => {
                let round = i64::try_from(asked.round).map_err(Error::broken)?;
                let sql = "INSERT INTO bug_asked (ticket_id, bug_id, version, round) VALUES ($1, $2, $3, $4) \
                           ON CONFLICT (ticket_id) DO UPDATE SET bug_id = excluded.bug_id, version = excluded.version, \
                           round = excluded.round";
                tx.run(sql, values![ticket, bug, asked.version.to_string(), round]).await?;
            }
            Noted::NotAsked { ticket } => {
                tx.run("DELETE FROM bug_asked WHERE ticket_id = $1", values![ticket]).await?;
            }
        }
    }
    Ok(())
}

/// It begins, in the place of the last one.
pub async fn begin_telling(tx: &Tx, bug: BugId, total: i64, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO bug_telling (bug_id, began_at, total, done, people, requests) VALUES ($1, $2, $3, 0, 0, 0) \
         ON CONFLICT (bug_id) DO UPDATE SET began_at = excluded.began_at, total = excluded.total, done = 0, people = 0, \
         requests = 0, ended_at = NULL",
        values![bug, now, total],
    )
    .await
    .map(drop)
}

/// So many more were looked at, people told and requests moved, in the one that began then.
pub async fn go_on_telling(
    tx: &Tx,
    (bug, began): (BugId, Instant),
    (done, people, requests): (usize, usize, usize),
) -> Result<()> {
    let number = |n: usize| i64::try_from(n).map_err(Error::broken);
    let sql = "UPDATE bug_telling SET done = done + $3, people = people + $4, requests = requests + $5 \
               WHERE bug_id = $1 AND began_at = $2";
    tx.run(sql, values![bug, began, number(done)?, number(people)?, number(requests)?]).await.map(drop)
}

pub async fn end_telling(tx: &Tx, (bug, began): (BugId, Instant), now: Instant) -> Result<()> {
    let sql = "UPDATE bug_telling SET ended_at = $3 WHERE bug_id = $1 AND began_at = $2";
    tx.run(sql, values![bug, began, now]).await.map(drop)
}

pub async fn telling(conn: &Handle, bug: BugId) -> Result<Option<Telling>> {
    let sql = "SELECT began_at, total, done, people, requests, ended_at FROM bug_telling WHERE bug_id = $1";
    conn.maybe(sql, values![bug], |row| {
        Ok(Telling {
            began_at: row.instant("began_at")?,
            total: row.get("total")?,
            done: row.get("done")?,
            people: row.get("people")?,
            requests: row.get("requests")?,
            ended_at: row.maybe_instant("ended_at")?,
        })
    })
    .await
}
