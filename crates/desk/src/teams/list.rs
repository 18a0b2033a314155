//! The teams in their order, with who is in them.

use std::collections::HashMap;

use rules::{
    access::{Action, Grant},
    ids::{PersonId, TeamId},
    instant::Instant,
    query::Fault,
};
use store::teams::Team;

use super::question;
use crate::{Actor, Desk, Error, Result};

/// Open requests of a team are counted up to here.
const COUNTED: i64 = 100;

/// A team with what a page says of it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub team: Team,
    /// By name; who has left the desk is in none.
    pub people: Vec<(PersonId, String)>,
    /// Until when those of them are away who are.
    pub away: HashMap<PersonId, Instant>,
    /// Open requests that it has, and where counting stops.
    pub open: (usize, usize),
    /// Why its question takes nothing any more.
    pub fault: Option<Fault>,
}

/// All of them, in the order in which a new request is offered to them.
pub async fn list(desk: &Desk, actor: &Actor) -> Result<Vec<Shown>> {
    actor.staff(Action::UseDesk)?;
    let mut all = vec![];
    for team in store::teams::all(desk.store.read()).await? {
        all.push(shown(desk, actor, team).await?);
    }
    Ok(all)
}

pub async fn show(desk: &Desk, actor: &Actor, id: TeamId) -> Result<Shown> {
    actor.staff(Action::UseDesk)?;
    let team = store::teams::get(desk.store.read(), id).await?;
    if team.ended_at.is_some() {
        return Err(Error::NotFound);
    }
    shown(desk, actor, team).await
}

async fn shown(desk: &Desk, actor: &Actor, team: Team) -> Result<Shown> {
    let conn = desk.store.read();
    let members = store::teams::members(conn, team.id).await?;
    let mut people = staff(desk, actor).await?;
    people.retain(|(id, _)| members.iter().any(|it| it.person == *id));
    let away: HashMap<PersonId, Instant> = store::away::all(conn, desk.now()).await?.into_iter().collect();
    let open = store::teams::open(conn, team.id, COUNTED).await?;
    let (facts, scope) = (store::tickets::facts_of(conn, &open).await?, &actor.signed()?.scope);
    let seen = facts.values().filter(|facts| scope.sees(facts)).count();
    let fault = match team.question.as_deref() {
        None | Some("") => None,
        Some(text) => question(desk, conn, text).await?.err(),
    };
    let most = usize::try_from(COUNTED).map_err(Error::broken)?;
    Ok(Shown { team, people, away, open: (seen, most), fault })
}

/// Everybody who can be in a team, by name: who works on requests.
pub async fn staff(desk: &Desk, actor: &Actor) -> Result<Vec<(PersonId, String)>> {
    actor.staff(Action::UseDesk)?;
    let people = store::people::with_any_grant(desk.store.read(), &Grant::ALL).await?;
    Ok(people.into_iter().map(|person| (person.id, person.name)).collect())
}

/// The names of the teams, in their order.
pub async fn named(desk: &Desk, actor: &Actor) -> Result<Vec<(TeamId, String)>> {
    actor.staff(Action::UseDesk)?;
    Ok(store::teams::all(desk.store.read()).await?.into_iter().map(|team| (team.id, team.name)).collect())
}
