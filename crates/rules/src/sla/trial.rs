//! Another policy, tried on what happened (POL-4): every clock goes by it, whatever version it was pinned to. What people
//! did stays as it was, also a priority that they decided by the old policy; only targets and hours are others.

use std::sync::Arc;

use super::{About, Case, Clock, Terms, UnknownTerms, Versions, carry, clocks, dues::Track};
use crate::{
    events::{Entry, Event, TargetKind, TicketEvent},
    ids::{PolicyVersionId, TicketId},
    instant::Instant,
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

/// What a trial needs of a request whose clocks nothing moved: it kept its type and priority from its filing on
/// ([`WOULD_MOVE`]), and has no clock for a first response, or one, its first, which was answered. Most are such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Once {
    pub about: About,
    pub answered: Option<Answered>,
}

/// A clock's start and end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub started: Instant,
    pub at: Instant,
    pub was_late: bool,
}

/// The events that give a clock another aim.
pub const WOULD_MOVE: [&str; 4] =
    ["ticket.priority_decided", "ticket.converted", "ticket.escalated", "ticket.escalation_ended"];

impl Trial {
    /// What came of it and what would have: just what the events tell. `None` where only they can: clocks may stop for
    /// missing details, aims depend on the region that stands in the filing, or there is a target now and was none once,
    /// so that a clock could have slept unseen.
    pub fn once<'a>(
        &self,
        once: &Once,
        mut kept: impl Iterator<Item = &'a dyn Terms>,
    ) -> Option<(Option<Case>, Option<Case>)> {
        if self.0.has_regions() {
            return None;
        }
        let reopened = About { reopened: true, ..once.about.clone() };
        let aims = |terms: &dyn Terms| {
            [&once.about, &reopened].map(|about| terms.aim(TargetKind::FirstResponse, about).is_some())
        };
        match once.answered {
            None => (aims(&*self.0) == [false; 2]).then_some((None, None)),
            Some(_)
                if self.0.stops_for_missing_details()
                    || !kept.all(|terms| !terms.has_regions() && aims(terms) == [true; 2]) =>
            {
                None
            }
            Some(Answered { started, at, was_late }) => {
                let aim = self.0.aim(TargetKind::FirstResponse, &once.about)?;
                let due = Track { aim, from: started, stop: None }.due_from_start();
                let is_late = !aim.best_effort && due.is_some_and(|due| due < at);
                Some((Some(Case::first(&once.about, was_late)), Some(Case::first(&once.about, is_late))))
            }
        }
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

    fn in_force(&self, _: Instant) -> Option<PolicyVersionId> {
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
fn before_merge(history: &[Entry], into: TicketId, at: Instant) -> &[Entry] {
    let merges = |entry: &Entry| {
        matches!(&entry.event, Event::Ticket(_, TicketEvent::MergedInto { survivor }) if *survivor == into)
            && entry.occurred_at <= at
    };
    history.iter().rposition(merges).map_or(&[], |merged| &history[..merged])
}
