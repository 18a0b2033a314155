//! Another policy, tried on what happened (POL-4): every clock goes by it, whatever version it was pinned to. What people
//! did stays as it was, also a priority that they decided by the old policy; only targets and hours are others.

use std::sync::Arc;

use super::{Clock, Terms, UnknownTerms, Versions, carry, clocks};
use crate::{
    events::{Entry, Event, TicketEvent},
    ids::{PolicyVersionId, TicketId},
};

/// The policy that is tried.
pub struct Trial(Arc<dyn Terms>);

impl Trial {
    pub fn new(terms: Arc<dyn Terms>) -> Self {
        Self(terms)
    }

    /// The clocks of a request as this policy would have had them. `others` gives the events of requests that were merged
    /// into this one: what they brought along is told by this policy too.
    pub fn clocks<'a>(
        &self,
        history: &[Entry],
        others: &dyn Fn(TicketId) -> Option<&'a [Entry]>,
    ) -> Result<Vec<Clock>, UnknownTerms> {
        if absorbed(history).next().is_none() {
            return clocks(history, self);
        }
        let mut history = history.to_vec();
        for entry in &mut history {
            let Event::Ticket(survivor, TicketEvent::Absorbed { other, clock }) = &mut entry.event else { continue };
            let Some((carried, theirs)) = clock.as_ref().zip(others(*other)) else { continue };
            let before = before_merge(theirs, *survivor, entry.occurred_at);
            *clock = carry(&self.clocks(before, others)?, carried.requester);
        }
        clocks(&history, self)
    }
}

impl std::fmt::Debug for Trial {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Trial").finish_non_exhaustive()
    }
}

impl Versions for Trial {
    fn terms(&self, _: PolicyVersionId) -> Option<Arc<dyn Terms>> {
        Some(Arc::clone(&self.0))
    }

    fn in_force(&self, _: crate::instant::Instant) -> Option<PolicyVersionId> {
        Some(PolicyVersionId(0))
    }
}

/// The requests whose clocks came along with a merge.
pub fn absorbed(history: &[Entry]) -> impl Iterator<Item = TicketId> {
    history.iter().filter_map(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::Absorbed { other, clock: Some(_) }) => Some(*other),
        _ => None,
    })
}

/// What had happened to a request until it was merged: always less than all of it, so that chains of merges end.
fn before_merge(history: &[Entry], into: TicketId, at: crate::instant::Instant) -> &[Entry] {
    let merges = |entry: &Entry| {
        matches!(&entry.event, Event::Ticket(_, TicketEvent::MergedInto { survivor }) if *survivor == into)
            && entry.occurred_at <= at
    };
    history.iter().rposition(merges).map_or(&[], |merged| &history[..merged])
}
