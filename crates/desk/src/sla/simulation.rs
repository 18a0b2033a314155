//! A policy is tried on what happened while somebody watches (POL-4): a job goes through it in steps, between other jobs,
//! so that mail does not wait for it and another node may go on.

use jiff::SignedDuration;
use rules::{
    access::Action,
    ids::{SimulationId, TicketId},
    policy::{Compiled, Policy},
    sla::{Compared, Group, Tally},
};
use serde::{Deserialize, Serialize};
use store::{
    replay,
    simulations::{self, NewSimulation, Simulation},
};
use tokio::runtime::Handle as Runtime;

use super::simulate::{NewTrial, NotTried, Progress, Replay, asked};
use crate::{Actor, Desk, Error, Result, actor::Signed, jobs::Done, scribe::Scribe, tickets::seen};

pub(crate) const SIMULATION: &str = "simulation";

/// Requests of a step: about a tenth of a second.
const STEP: usize = 2_000;
/// Requests that are named in a list; of the rest there is the number.
const NAMED: usize = 20;
/// How long one is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Begins one; its number.
pub async fn begin_simulation(
    desk: &Desk,
    actor: &Actor,
    new: NewTrial,
) -> std::result::Result<SimulationId, NotTried> {
    let signed = actor.staff(Action::ReadPolicy)?;
    let tried = Compiled::new(Policy::parse(&new.source).map_err(NotTried::Faulty)?);
    let total = replay::count(desk.store.read(), &asked(actor, &tried, new.since)?).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let now = scribe.now;
    let begun = NewSimulation { asked_by: signed.person, source: &new.source, since: new.since, total, now };
    let id = simulations::insert(&scribe.tx, begun).await?;
    order(&mut scribe, id, 0).await?;
    scribe.settle().await?;
    Ok(id)
}

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    simulation: SimulationId,
}

async fn order(scribe: &mut Scribe<'_>, simulation: SimulationId, done: i64) -> Result<()> {
    let now = scribe.now;
    scribe.enqueue(SIMULATION, &format!("{SIMULATION}/{simulation}/{done}"), &Step { simulation }, now).await
}

/// Goes on with one.
pub(crate) async fn step(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { simulation } = serde_json::from_str(payload).map_err(Error::broken)?;
    let mut simulation = simulations::get(desk.store.read(), simulation).await?;
    if simulation.ended_at.is_none() {
        go_on(desk, &mut simulation).await?;
    }
    Ok(Done::Finished)
}

async fn go_on(desk: &Desk, simulation: &mut Simulation) -> Result<()> {
    let actor = Actor::Person(Box::new(Signed::read(desk.store.read(), simulation.asked_by).await?));
    let parsed = Policy::parse(&simulation.source).map_err(|_| Error::broken("a tried policy was checked before"))?;
    let tried = Compiled::new(parsed);
    let asked = asked(&actor, &tried, simulation.since)?;
    let page = replay::filed(desk.store.read(), &asked, simulation.after, STEP).await?;
    let (is_last, last) = (page.len() < STEP, page.last().copied());
    let (replay, runtime) = (Replay::new(desk, tried).await?, Runtime::current());
    let told = tokio::task::spawn_blocking(move || runtime.block_on(replay.page(&page)));
    let (requests, compared) = told.await.map_err(Error::broken)??;
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    simulation.done += i64::try_from(requests).map_err(Error::broken)?;
    simulation.after = last.or(simulation.after);
    simulation.compared.join(compared);
    if is_last {
        simulation.compared = std::mem::take(&mut simulation.compared).sorted();
        simulation.ended_at = Some(scribe.now);
    }
    simulations::step(&scribe.tx, simulation).await?;
    if !is_last {
        order(&mut scribe, simulation.id, simulation.done).await?;
    }
    scribe.settle().await
}

/// One as who asked for it sees it.
#[derive(Clone, Debug)]
pub struct ShownSimulation {
    pub simulation: Simulation,
    pub progress: Progress,
    pub groups: Vec<ShownGroup>,
}

/// A type with a priority; the named requests are those that the reader sees now.
#[derive(Clone, Debug)]
pub struct ShownGroup {
    pub group: Group,
    pub tally: Tally,
    pub newly_late: Vec<TicketId>,
    pub spared: Vec<TicketId>,
}

pub async fn show_simulation(desk: &Desk, actor: &Actor, id: SimulationId) -> Result<ShownSimulation> {
    let signed = actor.staff(Action::ReadPolicy)?;
    let simulation = simulations::get(desk.store.read(), id).await?;
    if simulation.asked_by != signed.person {
        return Err(Error::NotFound);
    }
    let count = |n: i64| u64::try_from(n).unwrap_or_default();
    let progress = Progress { done: count(simulation.done), total: count(simulation.total.max(simulation.done)) };
    let mut groups = vec![];
    for (group, tally) in Vec::from(simulation.compared.clone()) {
        let newly_late = visible(desk, signed, &tally.newly_late).await?;
        let spared = visible(desk, signed, &tally.spared).await?;
        groups.push(ShownGroup { group, tally, newly_late, spared });
    }
    Ok(ShownSimulation { progress, groups, simulation: Simulation { compared: Compared::default(), ..simulation } })
}

/// The first of them that exist for this reader (VIS-3).
async fn visible(desk: &Desk, signed: &Signed, tickets: &[TicketId]) -> Result<Vec<TicketId>> {
    let mut visible = vec![];
    for ticket in tickets.iter().take(NAMED) {
        match seen(desk.store.read(), signed, *ticket).await {
            Ok(_) => visible.push(*ticket),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(visible)
}

/// Throws old ones away.
pub(crate) async fn sweep_simulations(tx: &store::Tx, now: rules::instant::Instant) -> Result<u64> {
    Ok(simulations::sweep(tx, now.plus(-KEPT)).await?)
}
