//! How long first responses took, for the figures that everybody may read (FRT-8). Which clocks were answered, and when,
//! is `fold`'s; of how many days and from how many cases on the figures speak is the policy's.

use jiff::SignedDuration;

use super::{Clock, Origin, Versions};
use crate::{events::TargetKind, instant::Instant};

/// The working time that a first response took, without the time in which its clock stood still. `None` for what is no
/// case: another kind of clock, a reopened cycle, which is reported apart (FRT-5), and one without an answer that counts.
/// A type without a clock, a feature request, has none to count.
pub fn worked(clock: &Clock, versions: &dyn Versions) -> Option<SignedDuration> {
    let is_case =
        clock.kind == TargetKind::FirstResponse && matches!(clock.origin, Origin::Filed | Origin::Absorbed(_));
    let answered = clock.standing.answer().filter(|_| is_case)?.at;
    let terms = versions.terms(clock.terms)?;
    let calendar = terms.aim(clock.kind, &clock.about)?.calendar;
    let between = |from: Instant, to: Instant| calendar.elapsed(from.max(clock.counted_from), to.min(answered));
    let stopped = clock.stops.iter().map(|stop| between(stop.from, stop.until.unwrap_or(answered)));
    Some(between(clock.counted_from, answered) - stopped.sum::<SignedDuration>())
}

/// The value that `percent` of all are not above, by the nearest rank: always one of them. `None` of nothing.
pub fn nearest_rank(values: &mut [SignedDuration], percent: u8) -> Option<SignedDuration> {
    let rank = (values.len() * usize::from(percent)).div_ceil(100).max(1);
    let (_, found, _) = (rank <= values.len()).then(|| values.select_nth_unstable(rank - 1))?;
    Some(*found)
}
