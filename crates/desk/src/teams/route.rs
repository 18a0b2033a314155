//! A new request goes to the first team whose question means it, and in it to whom its way of sharing says. All of it in the
//! transaction that files it: writers come one at a time, also on several nodes, so no turn is given twice or left out.

use rules::{
    access::TicketFacts,
    events::{By, Secrecy},
    ids::TicketId,
    query::Facts,
    teams::{Shared, Sharing, Standing, next},
};
use store::teams::Team;

use super::{line::line, question};
use crate::{
    Result,
    scribe::Scribe,
    tickets::{give, set_team},
};

/// Gives it to a team, where one takes it.
pub(crate) async fn route(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    let teams = store::teams::all(&scribe.tx).await?;
    if teams.iter().all(|team| team.question.is_none()) {
        return Ok(());
    }
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let details = store::tickets::details(&scribe.tx, id).await?;
    let seeing = store::tickets::facts(&scribe.tx, id).await?;
    for team in teams {
        if takes(scribe, &team, (&ticket.facts(&details), &seeing)).await? {
            // The product does it, in the course of what somebody did.
            let by = std::mem::replace(&mut scribe.by, By::rule());
            let done = give_by_team(scribe, id, (&team, &seeing)).await;
            scribe.by = by;
            return done;
        }
    }
    Ok(())
}

/// What is for few goes only where one of them is (VIS-2).
async fn takes(scribe: &Scribe<'_>, team: &Team, (facts, seeing): (&Facts<'_>, &TicketFacts)) -> Result<bool> {
    let is_meant = match team.question.as_deref() {
        None => false,
        Some("") => true,
        // A question that makes no sense any more takes nothing; the page of teams says why.
        Some(text) => question(scribe.desk, &scribe.tx, text).await?.is_ok_and(|asked| asked.means(facts)),
    };
    if !is_meant || facts.secrecy == Secrecy::Open {
        return Ok(is_meant);
    }
    let line = line(&scribe.tx, team, seeing, scribe.now).await?;
    Ok(line.iter().any(|it| it.standing != Standing::CannotTake))
}

async fn give_by_team(scribe: &mut Scribe<'_>, id: TicketId, (team, seeing): (&Team, &TicketFacts)) -> Result<()> {
    set_team(scribe, id, Some(team.id)).await?;
    if team.sharing == Sharing::Pull || store::tickets::get(&scribe.tx, id).await?.assignee.is_some() {
        return Ok(());
    }
    let next = next(team.sharing, &line(&scribe.tx, team, seeing, scribe.now).await?);
    give(scribe, id, (next.to, Some(Shared { how: team.sharing, passed: next.passed }))).await
}
