//! The clock that each row of a list shows. It is a pure function of the request's events and of the versions of the policy,
//! so it is remembered until either grows; a list is read far more often than its requests change.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rules::{
    events::TargetKind,
    ids::{PolicyVersionId, Seq, TicketId},
    sla::Clock,
};

use crate::{Desk, Policies, Result, clocks::clocks};

/// Requests whose clocks are remembered at most: a few megabytes.
const MOST: usize = 10_000;

/// What this process told of late.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowClocks(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// The newest version that they were told by.
    version: Option<PolicyVersionId>,
    /// As of the request's last entry.
    clocks: HashMap<TicketId, (Seq, Option<Clock>)>,
}

/// The clock to show of each request that has one.
pub(super) async fn row_clocks(desk: &Desk, tickets: &[TicketId]) -> Result<HashMap<TicketId, Clock>> {
    let (conn, policies) = (desk.store.read(), desk.policies().await?);
    let last = store::events::last_of_tickets(conn, tickets).await?;
    let mut shown = HashMap::with_capacity(last.len());
    let mut unknown = vec![];
    {
        let known = desk.row_clocks.going_by(&policies);
        for (ticket, seq) in last {
            match known.clocks.get(&ticket) {
                Some((told, clock)) if *told == seq => shown.extend(clock.clone().map(|clock| (ticket, clock))),
                _ => unknown.push(ticket),
            }
        }
    }
    let mut told = vec![];
    for (ticket, history) in store::events::of_tickets(conn, &unknown).await? {
        let Some(last) = history.last() else { continue };
        told.push((ticket, (last.seq, to_show(clocks(&history, &policies)?))));
    }
    shown.extend(told.iter().filter_map(|(ticket, (_, clock))| Some((*ticket, clock.clone()?))));
    desk.row_clocks.remember(told, &policies);
    Ok(shown)
}

impl RowClocks {
    /// What is known by these versions; what others told is forgotten.
    fn going_by(&self, policies: &Policies) -> MutexGuard<'_, Known> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.version != policies.newest() {
            *known = Known { version: policies.newest(), ..Known::default() };
        }
        known
    }

    fn remember(&self, told: Vec<(TicketId, (Seq, Option<Clock>))>, policies: &Policies) {
        let mut known = self.going_by(policies);
        if known.clocks.len() + told.len() > MOST {
            known.clocks.clear();
        }
        known.clocks.extend(told);
    }
}

/// The clock that still waits for an answer and is due first, else the one that ended last: of an answer, since an update
/// that is owed no more says nothing of how it went.
pub(super) fn to_show(clocks: Vec<Clock>) -> Option<Clock> {
    let waiting = clocks.iter().filter(|clock| clock.standing.is_unanswered()).min_by_key(|clock| clock.due).cloned();
    waiting.or_else(|| clocks.into_iter().max_by_key(|clock| (clock.kind != TargetKind::Update, clock.started)))
}
