//! Who of a team stands where in front of one request.

use rules::{
    access::{Action, TicketFacts},
    ids::{PersonId, TeamId, TicketId},
    instant::Instant,
    teams::{Member, Next, Sharing, Standing, next},
};
use store::{Handle, teams::Team};

use crate::{Actor, Desk, Error, Result, actor::Signed};

/// Everybody of a team who is at the desk still.
pub(super) async fn line(conn: &Handle, team: &Team, facts: &TicketFacts, now: Instant) -> Result<Vec<Member>> {
    let mut line = vec![];
    for it in store::teams::members(conn, team.id).await? {
        let signed = match Signed::read(conn, it.person).await {
            Ok(signed) => signed,
            // Erased.
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error),
        };
        if !signed.grants.is_staff() || signed.waiting.is_some() {
            continue;
        }
        let can_take = rules::access::may(signed.grants, Action::Reply) && signed.scope.sees(facts);
        let away = store::away::until(conn, it.person, now).await?;
        let open = if team.sharing == Sharing::Load { store::teams::load(conn, it.person).await? } else { 0 };
        let standing = match away {
            _ if !can_take => Standing::CannotTake,
            Some(until) => Standing::AwayUntil(until),
            None => Standing::There,
        };
        line.push(Member { person: it.person, last_turn: it.last_turn, open, standing });
    }
    Ok(line)
}

/// Who would get a request of a team next.
#[derive(Clone, Debug)]
pub struct NextInLine {
    pub how: Sharing,
    pub next: Next,
    /// Those named by it, by name.
    pub names: std::collections::HashMap<PersonId, String>,
}

/// Who of its team is next for a request that the reader sees; none where it has no team, or the team's people take for
/// themselves.
pub async fn next_in_line(desk: &Desk, actor: &Actor, id: TicketId) -> Result<Option<NextInLine>> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let ticket = crate::tickets::seen_ticket(conn, signed, id).await?;
    let Some(team) = ticket.team else { return Ok(None) };
    let team = store::teams::get(conn, team).await?;
    if team.sharing == Sharing::Pull || team.ended_at.is_some() {
        return Ok(None);
    }
    let facts = store::tickets::facts(conn, id).await?;
    let next = next(team.sharing, &line(conn, &team, &facts, desk.now()).await?);
    let people: Vec<PersonId> = next.to.into_iter().chain(next.passed.iter().map(|it| it.person)).collect();
    let names = store::people::names(conn, &people).await?;
    Ok(Some(NextInLine { how: team.sharing, next, names }))
}

/// The teams that the reader is in.
pub async fn teams_of(desk: &Desk, actor: &Actor) -> Result<Vec<TeamId>> {
    let signed = actor.staff(Action::UseDesk)?;
    Ok(store::teams::of(desk.store.read(), signed.person).await?)
}

/// Whom the next in line of a team is for a request that the reader may give; `team`: another one than its own.
pub async fn next_of(
    desk: &Desk,
    actor: &Actor,
    id: TicketId,
    team: Option<Option<TeamId>>,
) -> Result<Option<PersonId>> {
    let signed = actor.staff(Action::Assign)?;
    let conn = desk.store.read();
    let ticket = crate::tickets::seen_ticket(conn, signed, id).await?;
    let Some(team) = team.unwrap_or(ticket.team) else { return Ok(None) };
    let team = store::teams::get(conn, team).await?;
    let facts = store::tickets::facts(conn, id).await?;
    Ok(next(team.sharing, &line(conn, &team, &facts, desk.now()).await?).to)
}
