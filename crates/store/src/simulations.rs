//! Policies that are being tried on what happened (POL-4), with how far each is and what was found.

use jiff::civil::Date;
use rules::{
    ids::{PersonId, SimulationId, TicketId},
    instant::Instant,
    sla::Compared,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
    replay::Filed,
};

#[derive(Clone, Debug)]
pub struct Simulation {
    pub id: SimulationId,
    pub asked_by: PersonId,
    pub asked_at: Instant,
    /// The policy's text.
    pub source: String,
    pub since: Date,
    /// Requests that there are to try it on, and those that it was tried on.
    pub total: i64,
    pub done: i64,
    /// The last request of those.
    pub after: Option<Filed>,
    pub compared: Compared,
    pub ended_at: Option<Instant>,
}

const SIMULATION: &str =
    "SELECT id, asked_by, asked_at, source, since, total, done, after_at, after_id, compared, ended_at FROM simulation";

/// One that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewSimulation<'a> {
    pub asked_by: PersonId,
    pub source: &'a str,
    pub since: Date,
    pub total: i64,
    pub now: Instant,
}

pub async fn insert(tx: &Tx, new: NewSimulation<'_>) -> Result<SimulationId> {
    let (since, nothing) = (new.since.to_string(), json(&Compared::default())?);
    tx.insert(
        "INSERT INTO simulation (asked_by, asked_at, source, since, total, done, compared) \
         VALUES ($1, $2, $3, $4, $5, 0, $6) RETURNING id",
        values![new.asked_by, new.now, new.source, since, new.total, nothing],
    )
    .await
    .map(SimulationId)
}

/// How far it came, and what was found until then.
pub async fn step(tx: &Tx, simulation: &Simulation) -> Result<()> {
    let Simulation { id, done, after, compared, ended_at, .. } = simulation;
    let (at, ticket) = (after.map(|(at, _)| at), after.map(|(_, ticket)| ticket));
    tx.run(
        "UPDATE simulation SET done = $2, after_at = $3, after_id = $4, compared = $5, ended_at = $6 WHERE id = $1",
        values![*id, *done, at, ticket, json(compared)?, *ended_at],
    )
    .await
    .map(drop)
}

pub async fn get(conn: &Handle, id: SimulationId) -> Result<Simulation> {
    conn.one(&format!("{SIMULATION} WHERE id = $1"), values![id], simulation).await
}

/// Throws away those that were asked for before.
pub async fn sweep(tx: &Tx, before: Instant) -> Result<u64> {
    tx.run("DELETE FROM simulation WHERE asked_at <= $1", values![before]).await
}

fn simulation(row: &Row<'_>) -> Result<Simulation> {
    let since: String = row.get("since")?;
    let after = row.maybe_instant("after_at")?.zip(row.maybe_id("after_id", TicketId)?);
    Ok(Simulation {
        id: row.id("id", SimulationId)?,
        asked_by: row.id("asked_by", PersonId)?,
        asked_at: row.instant("asked_at")?,
        source: row.get("source")?,
        since: since.parse().map_err(Error::broken)?,
        total: row.get("total")?,
        done: row.get("done")?,
        after,
        compared: row.json("compared")?,
        ended_at: row.maybe_instant("ended_at")?,
    })
}

fn json(compared: &Compared) -> Result<String> {
    serde_json::to_string(compared).map_err(Error::broken)
}
