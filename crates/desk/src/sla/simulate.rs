//! A policy is tried on what happened (POL-4): which first responses it would have found late. Reads only.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use jiff::civil::Date;
use rules::{
    access::Action,
    events::Entry,
    ids::TicketId,
    instant::Instant,
    policy::{Compiled, Fault, Policy},
    sla::{Compared, Trial, absorbed, cases},
};
use store::replay::{self, Asked, Filed};
use tokio::{runtime::Handle as Runtime, task::JoinSet};

use crate::{Actor, Desk, Error, Policies, Result, clocks::clocks};

/// What is to be tried.
#[derive(Clone, Debug)]
pub struct NewTrial {
    /// The policy's text.
    pub source: String,
    /// Requests filed from this day on, in the zone of the tried policy's hours.
    pub since: Date,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Simulated {
    pub requests: u64,
    pub compared: Compared,
}

/// Why nothing was tried.
#[derive(Debug)]
pub enum NotTried {
    /// It does not hold together.
    Faulty(Vec<Fault>),
    Error(Error),
}

impl<E: Into<Error>> From<E> for NotTried {
    fn from(error: E) -> Self {
        NotTried::Error(error.into())
    }
}

/// Requests whose histories are read and told in one go.
const AT_ONCE: usize = 2000;

/// Tries it on all requests that the actor sees, on so many threads, and says how far it is.
pub async fn simulate(
    desk: &Desk,
    actor: &Actor,
    new: NewTrial,
    threads: usize,
    tell: &(dyn Fn(Progress) + Sync),
) -> std::result::Result<Simulated, NotTried> {
    let tried = Compiled::new(Policy::parse(&new.source).map_err(NotTried::Faulty)?);
    let asked = asked(actor, &tried, new.since)?;
    let replay = Arc::new(Replay::new(desk, tried).await?);
    let (mut simulated, mut after, mut under_way) = (Simulated::default(), None, JoinSet::new());
    let total = u64::try_from(replay::count(desk.store.read(), &asked).await?).unwrap_or_default();
    tell(Progress { done: 0, total });
    loop {
        while under_way.len() < threads.max(1) {
            let page = replay::filed(desk.store.read(), &asked, after, AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after = Some(*last);
            let (replay, runtime) = (Arc::clone(&replay), Runtime::current());
            under_way.spawn_blocking(move || runtime.block_on(replay.page(&page)));
        }
        let Some(done) = under_way.join_next().await else { break };
        let (requests, compared) = done.map_err(Error::broken)??;
        simulated.requests += requests;
        simulated.compared.join(compared);
        tell(Progress { done: simulated.requests, total: total.max(simulated.requests) });
    }
    simulated.compared = simulated.compared.sorted();
    Ok(simulated)
}

/// Who asks sees what they may see (VIS-3); the command line is the desk's own.
pub(super) fn asked(actor: &Actor, tried: &Compiled, since: Date) -> Result<Asked> {
    let scope = match actor {
        Actor::Desk(_) => None,
        _ => Some(actor.staff(Action::ReadPolicy)?.scope.clone()),
    };
    let midnight = since.to_zoned(tried.hours().zone().clone()).map_err(Error::broken)?;
    Ok(Asked { scope, since: Instant::from(midnight.timestamp()) })
}

/// The policy that is tried, beside those that were in force.
#[derive(Debug)]
pub(super) struct Replay {
    desk: Desk,
    kept: Arc<Policies>,
    trial: Trial,
    now: Instant,
}

impl Replay {
    pub(super) async fn new(desk: &Desk, tried: Compiled) -> Result<Self> {
        let kept = desk.policies().await?;
        Ok(Self { desk: desk.clone(), kept, trial: Trial::new(Arc::new(tried)), now: desk.now() })
    }

    /// Compares the requests of a page; how many there were. Only those whose clocks do not say enough are told anew.
    pub(super) async fn page(&self, page: &[Filed]) -> Result<(u64, Compared)> {
        let tickets: Vec<TicketId> = page.iter().map(|(_, ticket)| *ticket).collect();
        let mut compared = Compared::default();
        let told = self.told_at_once(&tickets, &mut compared).await?;
        let others: Vec<TicketId> = tickets.into_iter().filter(|ticket| !told.contains(ticket)).collect();
        let mut histories = replay::histories(self.desk.store.read(), &others).await?;
        self.add_merged(&mut histories).await?;
        let of = |ticket| histories.get(&ticket).map(Vec::as_slice);
        for ticket in others {
            let Some(history) = of(ticket) else { continue };
            let was = cases(&clocks(history, &self.kept)?, self.now);
            let would_be = cases(&self.trial.clocks(history, &of).map_err(Error::broken)?, self.now);
            compared.take(ticket, (&was, &would_be));
        }
        Ok((page.len() as u64, compared))
    }

    /// Compares those whose clocks nothing moved; which they are.
    async fn told_at_once(&self, tickets: &[TicketId], compared: &mut Compared) -> Result<HashSet<TicketId>> {
        let mut told = HashSet::new();
        for (ticket, once) in replay::unmoved(self.desk.store.read(), tickets).await? {
            if let Some((was, would_be)) = self.trial.once(&once, self.kept.all()) {
                compared.take(ticket, (was.as_slice(), would_be.as_slice()));
                told.insert(ticket);
            }
        }
        Ok(told)
    }

    /// Reads what was merged into them too, and into that, until nothing new comes.
    async fn add_merged(&self, histories: &mut BTreeMap<TicketId, Vec<Entry>>) -> Result<()> {
        let mut missing = merged(histories.values(), histories);
        while !missing.is_empty() {
            let more = replay::histories(self.desk.store.read(), &missing).await?;
            missing = merged(more.values(), histories);
            missing.retain(|ticket| !more.contains_key(ticket));
            histories.extend(more);
        }
        Ok(())
    }
}

/// The requests that were merged into some of these and are not known.
fn merged<'a>(into: impl Iterator<Item = &'a Vec<Entry>>, known: &BTreeMap<TicketId, Vec<Entry>>) -> Vec<TicketId> {
    let merged: BTreeSet<TicketId> = into.flat_map(|history| absorbed(history)).collect();
    merged.into_iter().filter(|ticket| !known.contains_key(ticket)).collect()
}
