//! When the desk is open (HRS-1, HRS-2) and how long a target is in that time (PLN-2).
//!
//! Decides which instants are working time, how much of it lies between two instants, when a length is
//! used up, and why the desk is closed in between. Which calendar and which length apply to a request
//! is the policy's, what a clock makes of them is `sla`'s, and how it is said is `words`'.
//!
//! Open time is found date by date on the local clock and then placed in UTC; whole weeks in which
//! neither a holiday nor a change of the zone's offset falls are passed in one step.

mod bounds;
mod length;
mod measure;
mod openings;
mod spec;
mod stretches;
mod working_days;

#[cfg(test)]
mod tests;

pub use length::{Length, Until, Used};
pub use spec::{CalendarFault, CalendarSpec, DAY_NAMES, Holiday, LocalTime, Slot, Week};
pub use stretches::{Hours, Stretch, Stretches};

use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};

use crate::instant::Instant;

/// Working hours, compiled: slots on the local clock of a zone, without holidays. It opens at least once a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    spec: CalendarSpec,
    zone: TimeZone,
    /// By weekday from Monday: the slots as written, in local minutes since 00:00 (up to 2880).
    written: [Vec<Minutes>; 7],
    /// By weekday from Monday: what is open of that date, united, within 0 to 1440.
    open: [Vec<Minutes>; 7],
    /// The open time of an undisturbed week, in microseconds; never 0.
    week_micros: i64,
    /// By date, each once.
    holidays: Vec<Holiday>,
}

/// There is no further open time between the instant asked for and the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeverOpens;

impl std::fmt::Display for NeverOpens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the calendar has not that much open time left before the year 9999")
    }
}

impl std::error::Error for NeverOpens {}

/// Local minutes, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Minutes {
    from: i64,
    to: i64,
}

/// Instants, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    from: Instant,
    to: Instant,
}

const DAY: i64 = 24 * 60;
const MINUTE_MICROS: i64 = 60_000_000;

impl Calendar {
    /// The hours as they were written.
    pub fn spec(&self) -> &CalendarSpec {
        &self.spec
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The local date of an instant.
    pub fn date_of(&self, at: Instant) -> Date {
        self.zone.to_datetime(at.timestamp()).date()
    }

    /// The holiday on a local date.
    pub fn holiday(&self, date: Date) -> Option<&Holiday> {
        self.holidays.binary_search_by_key(&date, |holiday| holiday.date).ok().map(|at| &self.holidays[at])
    }

    /// All holidays, by date, each date once.
    pub fn holidays(&self) -> &[Holiday] {
        &self.holidays
    }

    /// Whether the week has open time on this weekday, also what is left of the night before.
    pub fn opens_on(&self, weekday: Weekday) -> bool {
        !self.open[index(weekday)].is_empty()
    }

    /// Whether the desk is open every minute of an undisturbed week.
    pub fn is_around_the_clock(&self) -> bool {
        self.week_micros == 7 * DAY * MINUTE_MICROS
    }
}

/// Monday is 0.
fn index(weekday: Weekday) -> usize {
    usize::from(weekday.to_monday_zero_offset().unsigned_abs())
}
