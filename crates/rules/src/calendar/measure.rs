//! How much open time lies between two instants, and where a length of it ends (HRS-2). Exact to the
//! microsecond; nothing is rounded.

use jiff::SignedDuration;

use super::{
    Calendar, NeverOpens,
    openings::{Openings, Pieces},
};
use crate::instant::Instant;

impl Calendar {
    pub fn is_open(&self, at: Instant) -> bool {
        let next_date = self.next_date(at);
        Pieces::from(self, at).take_while(|piece| piece.from < next_date).next().is_some_and(|piece| piece.from == at)
    }

    /// The first open instant from `at` on, `at` itself when open.
    pub fn next_open(&self, at: Instant) -> Result<Instant, NeverOpens> {
        Pieces::from(self, at).next().map(|piece| piece.from).ok_or(NeverOpens)
    }

    /// The first instant after `at` at which the desk opens or closes; `None` when it stays as it is for good.
    pub fn next_change(&self, at: Instant) -> Option<Instant> {
        let opening = Openings::from(self, at).next()?;
        let change = if opening.from > at { opening.from } else { opening.to };
        (change < Instant::LAST).then_some(change)
    }

    /// The open time between two instants; zero when `to` is not after `from`.
    pub fn elapsed(&self, from: Instant, to: Instant) -> SignedDuration {
        let last = self.date_of(to);
        // A fold may show a date again; its day before is read piece by piece.
        let end = last.yesterday().unwrap_or(last);
        let mut pieces = Pieces::from(self, from);
        let mut micros = 0;
        loop {
            micros += pieces.skip_weeks(i64::MAX, end) * self.week_micros;
            match pieces.next() {
                Some(piece) if piece.from < to => micros += piece.to.min(to).micros() - piece.from.micros(),
                _ => return SignedDuration::from_micros(micros),
            }
        }
    }

    /// The earliest instant by which `length` of open time has passed since `from`; `from` itself for
    /// nothing or less. A length finer than a microsecond ends with the microsecond it falls into.
    pub fn due(&self, from: Instant, length: SignedDuration) -> Result<Instant, NeverOpens> {
        let mut left = micros_up(length)?;
        if left <= 0 {
            return Ok(from);
        }
        let mut pieces = Pieces::from(self, from);
        loop {
            // Never the last microsecond: where it lies is read from a piece.
            left -= pieces.skip_weeks((left - 1) / self.week_micros, jiff::civil::Date::MAX) * self.week_micros;
            let piece = pieces.next().ok_or(NeverOpens)?;
            let open = piece.to.micros() - piece.from.micros();
            if left <= open {
                return Instant::from_micros(piece.from.micros() + left).map_err(|_| NeverOpens);
            }
            left -= open;
        }
    }
}

/// In microseconds, rounded up; longer than time itself is never reached.
fn micros_up(length: SignedDuration) -> Result<i64, NeverOpens> {
    let nanos = length.as_nanos();
    i64::try_from(nanos.div_euclid(1_000) + i128::from(nanos.rem_euclid(1_000) > 0)).map_err(|_| NeverOpens)
}
