//! What a merged request hands to its survivor (FRT-5).

use super::{Clock, Standing};
use crate::{
    events::{Carried, TargetKind},
    ids::PersonId,
    instant::Instant,
};

/// The unanswered first-response clock of a request that is merged, for the survivor's `Absorbed`; `None`
/// when nothing is owed. Of several, the one due first: one response answers them all. A response that is
/// under way is judged where it was sent.
pub fn carry(clocks: &[Clock], requester: PersonId) -> Option<Carried> {
    let owed = |clock: &&Clock| clock.kind == TargetKind::FirstResponse && clock.standing.is_unanswered();
    let first = clocks.iter().filter(owed).min_by_key(|clock| (due(clock).is_none(), due(clock)))?;
    Some(Carried {
        requester,
        started: first.started,
        due: due(first),
        request_type: first.about.request_type.clone(),
        priority: first.about.priority.clone(),
        terms: first.terms,
    })
}

fn due(clock: &Clock) -> Option<Instant> {
    match clock.standing {
        Standing::Breached { due, .. } => Some(due),
        _ => clock.due,
    }
}
