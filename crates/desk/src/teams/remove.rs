//! A team ends: nothing comes to it any more, and what it has open goes back to all, a few at a time.

use rules::{access::Action, audit::Act, ids::TeamId};
use serde::{Deserialize, Serialize};
use store::teams::Team;

use super::keep::standing;
use crate::{Actor, Desk, Error, Result, jobs::Done, scribe::Scribe, tickets::set_team};

/// The kind of job that hands back what a team had that ended.
pub const ENDED: &str = "team_ended";
/// Requests that go back at once.
const AT_ONCE: i64 = 100;

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    team: TeamId,
    step: u32,
}

/// Ends it; what it was. Who has a request keeps it.
pub async fn remove(desk: &Desk, actor: &Actor, id: TeamId) -> Result<Team> {
    actor.staff(Action::UseDesk)?;
    standing(desk.store.read(), id).await?;
    actor.staff(Action::KeepTeams)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let was = standing(&scribe.tx, id).await?;
    store::teams::end(&scribe.tx, id, scribe.now).await?;
    scribe.audit(&Act::TeamEnded { team: id }).await?;
    owe(&mut scribe, &Step { team: id, step: 0 }).await?;
    scribe.settle().await?;
    Ok(was)
}

async fn owe(scribe: &mut Scribe<'_>, step: &Step) -> Result<()> {
    let now = scribe.now;
    scribe.enqueue(ENDED, &format!("{ENDED}/{}/{}", step.team, step.step), step, now).await
}

/// Hands some back, and orders the next step where there are more.
pub(crate) async fn hand_back(desk: &Desk, payload: &str) -> Result<Done> {
    let step: Step = serde_json::from_str(payload).map_err(Error::broken)?;
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let open = store::teams::open(&scribe.tx, step.team, AT_ONCE).await?;
    for ticket in &open {
        set_team(&mut scribe, *ticket, None).await?;
    }
    if !open.is_empty() {
        owe(&mut scribe, &Step { step: step.step + 1, ..step }).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
