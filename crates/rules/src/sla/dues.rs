//! The arithmetic of due instants: lengths on a calendar, across the one stop that a clock can have (FRT-4),
//! and what a change of the target does to them (FRT-9). `None` is a due instant that never comes, because
//! the hours never open again.

use jiff::SignedDuration;

use super::{Aim, Stop, Warning};
use crate::instant::Instant;

/// Where a target is measured from, and the stop in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Track<'a> {
    pub(super) aim: Aim<'a>,
    pub(super) from: Instant,
    pub(super) stop: Option<Stop>,
}

impl Track<'_> {
    /// The due instant of the whole target, counted from the start.
    pub(super) fn due_from_start(&self) -> Option<Instant> {
        self.due_from(self.from).and_then(|due| self.past_stop(due))
    }

    /// The due instant of the whole target, counted from `at`. While the clock stands still, from where it stopped.
    pub(super) fn due_from_change(&self, at: Instant) -> Option<Instant> {
        self.due_from(self.open_stop().map_or(at, |stop| stop.from))
    }

    /// A due instant as it is once the clock has passed the stop, if it has.
    pub(super) fn past_stop(&self, due: Instant) -> Option<Instant> {
        match self.stop {
            Some(Stop { from, until: Some(until) }) if from < due => self.later(until, self.between(from, due)),
            _ => Some(due),
        }
    }

    /// The time of the target's kind between two instants: open time, for a wall clock any time.
    pub(super) fn between(&self, from: Instant, to: Instant) -> SignedDuration {
        if self.aim.length.is_wall_clock() { to.since(from) } else { self.aim.calendar.elapsed(from, to) }
    }

    /// The instants at which the given parts of the time until `due` are used up, earliest first. Those that
    /// are not before `due` are left out.
    pub(super) fn warnings(&self, due: Instant, percents: &[u8]) -> Vec<Warning> {
        let before_stop = self.stop.map(|stop| self.between(self.from, stop.from.min(due)));
        let whole = match self.stop {
            Some(Stop { from, until: Some(until) }) if from < due => {
                self.between(self.from, from) + self.between(until, due)
            }
            _ => self.between(self.from, due),
        };
        let reached = |percent: u8| {
            let part = share(whole, percent);
            match (self.stop, before_stop) {
                (Some(Stop { until: Some(until), .. }), Some(before)) if part > before => {
                    self.later(until, part - before)
                }
                _ => self.later(self.from, part),
            }
        };
        let mut warnings: Vec<_> = percents
            .iter()
            .filter_map(|&percent| Some(Warning { percent, at: reached(percent)? }))
            .filter(|warning| warning.at < due)
            .collect();
        warnings.sort_by_key(|warning| warning.percent);
        warnings
    }

    fn due_from(&self, at: Instant) -> Option<Instant> {
        self.aim.calendar.due_by(at, &self.aim.length).ok()
    }

    fn later(&self, from: Instant, by: SignedDuration) -> Option<Instant> {
        if self.aim.length.is_wall_clock() { Some(from.plus(by)) } else { self.aim.calendar.due(from, by).ok() }
    }

    fn open_stop(&self) -> Option<Stop> {
        self.stop.filter(|stop| stop.until.is_none())
    }
}

/// The earlier of two due instants.
pub(super) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.into_iter().chain(other).min()
}

/// The later of two due instants.
pub(super) fn later(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    one.zip(other).map(|(one, other)| one.max(other))
}

/// Whether `one` comes later than `other`.
pub(super) fn is_later(one: Option<Instant>, other: Option<Instant>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one > other,
        (None, Some(_)) => true,
        (_, None) => false,
    }
}

fn share(whole: SignedDuration, percent: u8) -> SignedDuration {
    let micros = whole.as_micros() * i128::from(percent) / 100;
    SignedDuration::from_micros(i64::try_from(micros).expect("a part of a length fits where the length did"))
}
