//! The journal: what happened, in the order of commits. Append only.

use rules::{
    events::{By, Entry, Event, NewEntry},
    ids::{BugId, PersonId, Seq, TicketId},
    instant::Instant,
};

use crate::{
    Error, Handle, Result, Tx, dialect,
    engine::{Row, ToValue, slots, values},
};

/// The version of the payloads that this release writes.
const VERSION: i64 = 1;

/// Appends an entry; its number is greater than that of every entry committed before.
pub async fn append(tx: &Tx, new: &NewEntry) -> Result<Seq> {
    let payload = serde_json::to_string(&new.event).map_err(Error::broken)?;
    tx.one(
        "INSERT INTO journal (ticket_id, kind, version, payload, occurred_at, recorded_at, actor_kind, actor_id, cause, depth, bug_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING seq",
        values![
            new.event.ticket(),
            new.event.kind(),
            VERSION,
            payload,
            new.occurred_at,
            new.recorded_at,
            new.by.kind,
            new.by.person,
            new.cause,
            new.depth,
            new.event.bug(),
        ],
        |row| row.id("seq", Seq),
    )
    .await
}

/// Where whole entries go, and their columns.
pub(crate) const COLUMNS: &str = "journal (seq, ticket_id, kind, version, payload, occurred_at, recorded_at, \
    actor_kind, actor_id, cause, depth)";

/// An entry that has its number already.
pub(crate) fn row(entry: &Entry) -> Result<Vec<sea_orm::Value>> {
    Ok(values![
        entry.seq,
        entry.event.ticket(),
        entry.event.kind(),
        VERSION,
        serde_json::to_string(&entry.event).map_err(Error::broken)?,
        entry.occurred_at,
        entry.recorded_at,
        entry.by.kind,
        entry.by.person,
        entry.cause,
        entry.depth,
    ])
}

const ENTRY: &str = "SELECT seq, payload, occurred_at, recorded_at, actor_kind, actor_id, cause, depth FROM journal";

/// Everything that happened to a request, in order.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<Entry>> {
    conn.rows(&format!("{ENTRY} WHERE ticket_id = $1 ORDER BY seq"), values![ticket], entry).await
}

/// Everything that happened to a bug, in order.
pub async fn of_bug(conn: &Handle, bug: BugId) -> Result<Vec<Entry>> {
    conn.rows(&format!("{ENTRY} WHERE bug_id = $1 ORDER BY seq"), values![bug], entry).await
}

/// Everything that happened to several requests, each in order.
pub async fn of_tickets(conn: &Handle, tickets: &[TicketId]) -> Result<Vec<(TicketId, Vec<Entry>)>> {
    let mut histories: Vec<(TicketId, Vec<Entry>)> = Vec::new();
    for chunk in tickets.chunks(100) {
        let sql = format!("{ENTRY} WHERE ticket_id IN ({}) ORDER BY ticket_id, seq", slots(1, chunk.len()));
        let entries = conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), entry).await?;
        for entry in entries {
            let Some(ticket) = entry.event.ticket() else { continue };
            match histories.last_mut().filter(|(of, _)| *of == ticket) {
                Some((_, history)) => history.push(entry),
                None => histories.push((ticket, vec![entry])),
            }
        }
    }
    Ok(histories)
}

/// The number of the last entry of each of these requests.
pub async fn last_of_tickets(conn: &Handle, tickets: &[TicketId]) -> Result<Vec<(TicketId, Seq)>> {
    let mut last = Vec::with_capacity(tickets.len());
    for chunk in tickets.chunks(100) {
        let asked = slots(1, chunk.len());
        let sql =
            format!("SELECT ticket_id, MAX(seq) AS seq FROM journal WHERE ticket_id IN ({asked}) GROUP BY ticket_id");
        let values = chunk.iter().map(ToValue::to_value).collect();
        last.extend(conn.rows(&sql, values, |row| Ok((row.id("ticket_id", TicketId)?, row.id("seq", Seq)?))).await?);
    }
    Ok(last)
}

/// The entries after `seq`, at most `limit`, for those who follow the journal.
pub async fn after(conn: &Handle, seq: Seq, limit: i64) -> Result<Vec<Entry>> {
    conn.rows(&format!("{ENTRY} WHERE seq > $1 ORDER BY seq LIMIT $2"), values![seq, limit], entry).await
}

/// The number of the newest entry; 0 where nothing has happened.
pub async fn last(conn: &Handle) -> Result<Seq> {
    conn.one("SELECT COALESCE(MAX(seq), 0) AS seq FROM journal", values![], |row| row.id("seq", Seq)).await
}

/// Where the journal's numbers jump, from one to the next, at most a hundred times; none on PostgreSQL, whose numbers may.
pub async fn gaps(conn: &Handle) -> Result<Vec<(Seq, Seq)>> {
    match dialect::gaps(conn.backend()) {
        Some(sql) => conn.rows(sql, values![], |row| Ok((row.id("seq", Seq)?, row.id("next", Seq)?))).await,
        None => Ok(vec![]),
    }
}

/// When the newest entry was written down.
pub async fn last_recorded(conn: &Handle) -> Result<Option<Instant>> {
    let newest = "SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1";
    conn.maybe(newest, values![], |row| row.instant("recorded_at")).await
}

/// How many entries there are.
pub async fn count(conn: &Handle) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM journal", values![], |row| row.get("n")).await
}

fn entry(row: &Row<'_>) -> Result<Entry> {
    let event: Event = row.json("payload")?;
    Ok(Entry {
        seq: row.id("seq", Seq)?,
        event,
        by: By { kind: row.word("actor_kind")?, person: row.maybe_id("actor_id", PersonId)? },
        occurred_at: row.instant("occurred_at")?,
        recorded_at: row.instant("recorded_at")?,
        cause: row.maybe_id("cause", Seq)?,
        depth: u8::try_from(row.get::<i64>("depth")?).map_err(Error::broken)?,
    })
}

/// Keeps the words that a person gave with an event, apart from it (PRV-1). Whose they are stands with the event.
pub async fn remark(tx: &Tx, seq: Seq, ticket: TicketId, words: &str) -> Result<()> {
    tx.run(
        "INSERT INTO remark (seq, ticket_id, author_id, words) SELECT seq, $2, actor_id, $3 FROM journal WHERE seq = $1",
        values![seq, ticket, words],
    )
    .await
    .map(drop)
}

/// The words given with a request's events.
pub async fn remarks(conn: &Handle, ticket: TicketId) -> Result<std::collections::HashMap<Seq, String>> {
    let rows = conn
        .rows("SELECT seq, words FROM remark WHERE ticket_id = $1", values![ticket], |row| {
            Ok((row.id("seq", Seq)?, row.get::<String>("words")?))
        })
        .await?;
    Ok(rows.into_iter().collect())
}
