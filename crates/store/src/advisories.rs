//! What is made public of a security report, and when (SEC-1): one draft a report.

use rules::{
    ids::{PersonId, TicketId},
    instant::Instant,
};

use crate::{Handle, Result, Tx, engine::values};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advisory {
    /// Versions, as written.
    pub affected: String,
    /// Markdown.
    pub body: String,
    pub embargo_until: Option<Instant>,
    /// When the role is reminded of its end next.
    pub remind_at: Option<Instant>,
    pub changed_by: PersonId,
    pub changed_at: Instant,
}

pub async fn keep(tx: &Tx, ticket: TicketId, advisory: &Advisory) -> Result<()> {
    tx.run(
        "INSERT INTO advisory (ticket_id, affected, body, embargo_until, remind_at, changed_by, changed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (ticket_id) DO UPDATE SET affected = excluded.affected, body = excluded.body, \
         embargo_until = excluded.embargo_until, remind_at = excluded.remind_at, changed_by = excluded.changed_by, \
         changed_at = excluded.changed_at",
        values![
            ticket,
            advisory.affected,
            advisory.body,
            advisory.embargo_until,
            advisory.remind_at,
            advisory.changed_by,
            advisory.changed_at
        ],
    )
    .await
    .map(drop)
}

pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Option<Advisory>> {
    conn.maybe(
        "SELECT affected, body, embargo_until, remind_at, changed_by, changed_at FROM advisory WHERE ticket_id = $1",
        values![ticket],
        |row| {
            Ok(Advisory {
                affected: row.get("affected")?,
                body: row.get("body")?,
                embargo_until: row.maybe_instant("embargo_until")?,
                remind_at: row.maybe_instant("remind_at")?,
                changed_by: row.id("changed_by", PersonId)?,
                changed_at: row.instant("changed_at")?,
            })
        },
    )
    .await
}

/// Reports of whose embargo the role is to be reminded by now.
pub async fn to_remind(conn: &Handle, now: Instant, limit: i64) -> Result<Vec<TicketId>> {
    conn.rows(
        "SELECT ticket_id FROM advisory WHERE remind_at <= $1 ORDER BY remind_at, ticket_id LIMIT $2",
        values![now, limit],
        |row| row.id("ticket_id", TicketId),
    )
    .await
}

pub async fn set_remind_at(tx: &Tx, ticket: TicketId, at: Option<Instant>) -> Result<()> {
    tx.run("UPDATE advisory SET remind_at = $2 WHERE ticket_id = $1", values![ticket, at]).await.map(drop)
}
