//! What happens to a request by itself, and when (REQ-9). The lengths are the policy's.

use jiff::SignedDuration;

use super::Standing;
use crate::{events::State, instant::Instant};

/// Lengths of wall-clock time, from the instant at which the state began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Waiting for the customer: the reminder.
    pub remind: SignedDuration,
    /// Waiting for the customer: solved.
    pub solve: SignedDuration,
    /// Solved: closed.
    pub close: SignedDuration,
}

impl Default for Times {
    /// 7, 14 and 14 days.
    fn default() -> Self {
        let days = |days: i64| SignedDuration::from_hours(days * 24);
        Self { remind: days(7), solve: days(14), close: days(14) }
    }
}

/// What a timer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    Remind,
    Solve,
    Close,
}

/// The next thing that happens by itself, with its instant; it may lie in the past when nobody was there
/// to do it. A reminder is given once, and never at or after the solving.
pub fn next_timer(standing: &Standing, times: &Times) -> Option<(Instant, Timer)> {
    let at = |length, timer| Some((standing.since.plus(length), timer));
    match standing.state {
        State::WaitingForCustomer if standing.reminded.is_none() && times.remind < times.solve => {
            at(times.remind, Timer::Remind)
        }
        State::WaitingForCustomer => at(times.solve, Timer::Solve),
        State::Solved => at(times.close, Timer::Close),
        State::New | State::Open | State::WithDevelopers | State::ToConfirm | State::Closed => None,
    }
}
