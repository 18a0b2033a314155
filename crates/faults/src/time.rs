//! The desk's time in a round: it goes on by itself from the stage's first morning, and jumps when a scenario says so.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Instant as Stopwatch,
};

use desk::ports::Clock;
use jiff::SignedDuration;
use rules::instant::Instant;

/// A clock that runs and can be set.
#[derive(Debug)]
pub(crate) struct SetClock {
    begun: Stopwatch,
    /// Microseconds of the instant that it showed, or would have shown, when it began.
    base: AtomicI64,
}

impl SetClock {
    pub(crate) fn at(micros: i64) -> Self {
        Self { begun: stopwatch(), base: AtomicI64::new(micros) }
    }

    pub(crate) fn micros(&self) -> i64 {
        let elapsed = i64::try_from(self.begun.elapsed().as_micros()).unwrap_or(i64::MAX);
        self.base.load(Ordering::SeqCst).saturating_add(elapsed)
    }

    pub(crate) fn jump(&self, by: SignedDuration) {
        self.base.fetch_add(i64::try_from(by.as_micros()).unwrap_or_default(), Ordering::SeqCst);
    }

    /// Shows `micros` from now on.
    pub(crate) fn set(&self, micros: i64) {
        self.base.fetch_add(micros.saturating_sub(self.micros()), Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.micros()).expect("no scenario leaves the calendar")
    }
}

#[expect(clippy::disallowed_methods, reason = "faults happen in real time, beside the desk's own")]
pub(crate) fn stopwatch() -> Stopwatch {
    Stopwatch::now()
}
