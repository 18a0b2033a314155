//! The place of a request in "needs an answer" (TRN-2). It holds no "now": what is late stands first
//! because its due instant is earliest.

use super::{Turn, Whose};
use crate::{
    events::{State, TargetKind},
    instant::Instant,
    sla::{Clock, Standing},
};

/// A sort key: smaller comes first. Equal places are told apart by the request's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct QueuePlace {
    pub bucket: Bucket,
    /// The due instant, or since when it is ours.
    pub at: Instant,
}

/// Stored as its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// A clock runs towards a due instant, or has passed it unanswered.
    Due = 0,
    /// Ours without such a clock.
    Ours = 1,
}

/// Where the request stands in the queue; `None` when it needs no answer from support: it is theirs, with
/// our developers, solved or closed. Best effort is never late and so has no due place. An update that is late needs
/// one whose turn it ever is (PLN-2).
pub fn queue_place(state: State, turn: Turn, clocks: &[Clock]) -> Option<QueuePlace> {
    let asks_support = match state {
        State::New | State::Open | State::WaitingForCustomer | State::ToConfirm => true,
        State::WithDevelopers | State::Solved | State::Closed => false,
    };
    if !asks_support || turn.whose == Whose::Theirs {
        let updates = clocks.iter().filter(|clock| clock.kind == TargetKind::Update && !clock.is_under_way());
        return updates
            .filter_map(late_since)
            .min()
            .filter(|_| !state.is_over())
            .map(|due| QueuePlace { bucket: Bucket::Due, at: due });
    }
    Some(match clocks.iter().filter_map(firm_due).min() {
        Some(due) => QueuePlace { bucket: Bucket::Due, at: due },
        None => QueuePlace { bucket: Bucket::Ours, at: turn.since },
    })
}

fn firm_due(clock: &Clock) -> Option<Instant> {
    match clock.standing {
        Standing::Running if !clock.best_effort => clock.due,
        _ => late_since(clock),
    }
}

/// From when it is late and unanswered, once that was recorded.
fn late_since(clock: &Clock) -> Option<Instant> {
    match clock.standing {
        Standing::Breached { due, answered: None } => Some(due),
        _ => None,
    }
}
