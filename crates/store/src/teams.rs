//! Teams: who is in one, what it takes, and whose turn it is.

use std::collections::HashMap;

use rules::{
    ids::{PersonId, TeamId, TicketId},
    instant::Instant,
    teams::{Called, Sharing},
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

/// A team as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    /// In the filter language; none where it takes only what somebody gives it.
    pub question: Option<String>,
    pub sharing: Sharing,
    pub ended_at: Option<Instant>,
}

/// Somebody in a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InTeam {
    pub person: PersonId,
    /// At which of the team's turns they got a request last; 0: at none yet.
    pub last_turn: i64,
}

const TEAM: &str = "SELECT id, name, question, sharing, ended_at FROM team";

fn team(row: &Row<'_>) -> Result<Team> {
    Ok(Team {
        id: row.id("id", TeamId)?,
        name: row.get("name")?,
        question: row.get("question")?,
        sharing: row.word("sharing")?,
        ended_at: row.maybe_instant("ended_at")?,
    })
}

/// Those that there are, in their order.
pub async fn all(conn: &Handle) -> Result<Vec<Team>> {
    conn.rows(&format!("{TEAM} WHERE ended_at IS NULL ORDER BY place, id"), values![], team).await
}

/// Also one that ended.
pub async fn get(conn: &Handle, id: TeamId) -> Result<Team> {
    conn.one(&format!("{TEAM} WHERE id = $1"), values![id], team).await
}

/// Those that ended.
pub async fn ended(conn: &Handle) -> Result<Vec<Team>> {
    conn.rows(&format!("{TEAM} WHERE ended_at IS NOT NULL ORDER BY place, id"), values![], team).await
}

/// What these are called, also those that ended.
pub async fn names(conn: &Handle, ids: &[TeamId]) -> Result<HashMap<TeamId, Called>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!("SELECT id, name, ended_at FROM team WHERE id IN ({})", slots(1, ids.len()));
    let rows = conn.rows(&sql, ids.iter().map(ToValue::to_value).collect(), |row| {
        let has_ended = row.maybe_instant("ended_at")?.is_some();
        Ok((row.id("id", TeamId)?, Called { name: row.get("name")?, has_ended }))
    });
    Ok(rows.await?.into_iter().collect())
}

/// Keeps a new one, behind the others.
pub async fn insert(tx: &Tx, new: &Team, now: Instant) -> Result<TeamId> {
    let last = "SELECT place FROM team WHERE ended_at IS NULL ORDER BY place DESC, id DESC LIMIT 1";
    let last = tx.maybe(last, values![], |row| row.get::<i64>("place")).await?.unwrap_or(0);
    tx.insert(
        "INSERT INTO team (place, name, question, sharing, changed_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        values![last + 1, &new.name, new.question.as_deref(), new.sharing, now],
    )
    .await
    .map(TeamId)
}

pub async fn change(tx: &Tx, changed: &Team, now: Instant) -> Result<()> {
    tx.run(
        "UPDATE team SET name = $2, question = $3, sharing = $4, changed_at = $5 WHERE id = $1",
        values![changed.id, &changed.name, changed.question.as_deref(), changed.sharing, now],
    )
    .await
    .map(drop)
}

/// It is no more; nobody is in it.
pub async fn end(tx: &Tx, id: TeamId, now: Instant) -> Result<()> {
    tx.run("UPDATE team SET ended_at = $2 WHERE id = $1", values![id, now]).await?;
    tx.run("DELETE FROM team_member WHERE team_id = $1", values![id]).await.map(drop)
}

/// These stand in this order.
pub async fn order(tx: &Tx, ids: &[TeamId]) -> Result<()> {
    for (place, id) in (1_i64..).zip(ids) {
        tx.run("UPDATE team SET place = $2 WHERE id = $1", values![id, place]).await?;
    }
    Ok(())
}

/// Who is in it.
pub async fn members(conn: &Handle, id: TeamId) -> Result<Vec<InTeam>> {
    let sql = "SELECT person_id, last_turn FROM team_member WHERE team_id = $1 ORDER BY person_id";
    conn.rows(sql, values![id], |row| {
        Ok(InTeam { person: row.id("person_id", PersonId)?, last_turn: row.get("last_turn")? })
    })
    .await
}

/// The teams that somebody is in.
pub async fn of(conn: &Handle, person: PersonId) -> Result<Vec<TeamId>> {
    let sql = "SELECT team_id FROM team_member WHERE person_id = $1 ORDER BY team_id";
    conn.rows(sql, values![person], |row| row.id("team_id", TeamId)).await
}

/// These are in it, and nobody else. Who stays keeps their place in the line.
pub async fn set_members(tx: &Tx, id: TeamId, people: &[PersonId]) -> Result<()> {
    for member in members(tx, id).await?.iter().filter(|it| !people.contains(&it.person)) {
        let sql = "DELETE FROM team_member WHERE team_id = $1 AND person_id = $2";
        tx.run(sql, values![id, member.person]).await?;
    }
    for person in people {
        let sql = "INSERT INTO team_member (team_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        tx.run(sql, values![id, person]).await?;
    }
    Ok(())
}

/// Somebody in it got a request: they stand last in its line now. Writers come one at a time, so no two get one turn.
pub async fn take_turn(tx: &Tx, id: TeamId, person: PersonId) -> Result<()> {
    tx.run("UPDATE team SET turns = turns + 1 WHERE id = $1", values![id]).await?;
    let sql = "UPDATE team_member SET last_turn = (SELECT turns FROM team WHERE id = $1) \
               WHERE team_id = $1 AND person_id = $2";
    tx.run(sql, values![id, person]).await.map(drop)
}

/// How many open requests somebody has that are our turn.
pub async fn load(conn: &Handle, person: PersonId) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS open FROM ticket \
               WHERE assignee_id = $1 AND state NOT IN ('solved', 'closed') AND turn = 'ours' AND deleted_at IS NULL";
    conn.one(sql, values![person], |row| row.get("open")).await
}

/// Open requests of a team, in no order.
pub async fn open(conn: &Handle, id: TeamId, limit: i64) -> Result<Vec<TicketId>> {
    let sql = "SELECT id FROM ticket WHERE team_id = $1 AND state IN \
               ('new', 'open', 'waiting_for_customer', 'with_developers', 'to_confirm') LIMIT $2";
    conn.rows(sql, values![id, limit], |row| row.id("id", TicketId)).await
}

/// It belongs to that team from now on, or to none.
pub async fn set(tx: &Tx, ticket: TicketId, team: Option<TeamId>) -> Result<()> {
    tx.run("UPDATE ticket SET team_id = $2 WHERE id = $1", values![ticket, team]).await.map(drop)
}
