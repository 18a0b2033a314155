//! Of which days a report speaks.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use super::Kind;
use crate::instant::Instant;

/// Days that a report covers at most.
pub const LONGEST_DAYS: i32 = 366;
/// From so many days on it is drawn by weeks.
const BY_WEEKS_FROM: i32 = 63;

/// A span that one chooses by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    ThisMonth,
    LastMonth,
    ThisQuarter,
    LastQuarter,
}

impl Period {
    pub const ALL: [Period; 4] = [Period::ThisMonth, Period::LastMonth, Period::ThisQuarter, Period::LastQuarter];

    /// Its days, seen from today; the present month and quarter with those that are still to come.
    pub fn days(self, today: Date) -> Days {
        let month = today.first_of_month();
        let months_in = i32::from((today.month() - 1) % 3);
        let quarter = month.saturating_sub(months_in.months());
        let (from, months) = match self {
            Period::ThisMonth => (month, 1),
            Period::LastMonth => (month.saturating_sub(1.month()), 1),
            Period::ThisQuarter => (quarter, 3),
            Period::LastQuarter => (quarter.saturating_sub(3.months()), 3),
        };
        Days { from, through: from.saturating_add(months.months()).saturating_sub(1.day()) }
    }
}

/// Days from one through another, both meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    pub from: Date,
    pub through: Date,
}

/// Why two days are no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSpan {
    /// One is no day of the calendar, or is missing.
    NoDay,
    /// The first comes after the last.
    Backwards,
    TooLong,
}

/// From an instant until another, which is not meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Instant,
    pub until: Instant,
}

impl Span {
    /// As far as something of a kind can have happened until now: a clock that runs is late only once its due instant has
    /// passed, whenever that is noticed (FRT-9).
    #[must_use]
    pub fn of(self, kind: Kind, now: Instant) -> Self {
        if kind == Kind::Late { Self { until: self.until.min(now), ..self } } else { self }
    }

    pub fn has(self, at: Instant) -> bool {
        self.from <= at && at < self.until
    }
}

/// A day or a week of a report, by its first day and its last that the report covers.
pub type Bucket = Days;

impl Days {
    /// As two days are written.
    pub fn read(from: &str, through: &str) -> Result<Self, NoSpan> {
        let date = |text: &str| text.trim().parse::<Date>().map_err(|_| NoSpan::NoDay);
        let days = Self { from: date(from)?, through: date(through)? };
        match days.count() {
            count if count < 1 => Err(NoSpan::Backwards),
            count if count > LONGEST_DAYS => Err(NoSpan::TooLong),
            _ => Ok(days),
        }
    }

    pub fn count(self) -> i32 {
        (self.through - self.from).get_days() + 1
    }

    /// Their instants in a zone. A day that the calendar of instants has no end of ends with it.
    pub fn span(self, zone: &TimeZone) -> Option<Span> {
        let begins = |date: Date| date.to_zoned(zone.clone()).ok().map(|it| Instant::from(it.timestamp()));
        Some(Span { from: begins(self.from)?, until: begins(self.through.tomorrow().ok()?)? })
    }

    pub fn is_by_weeks(self) -> bool {
        self.count() >= BY_WEEKS_FROM
    }

    /// The days, or the weeks from Monday on, of which they are made.
    pub fn buckets(self) -> Vec<Bucket> {
        let mut buckets = vec![];
        let mut from = self.from;
        while from <= self.through {
            let through = if self.is_by_weeks() { sunday(from).min(self.through) } else { from };
            buckets.push(Days { from, through });
            match through.tomorrow() {
                Ok(next) => from = next,
                Err(_) => break,
            }
        }
        buckets
    }
}

fn sunday(date: Date) -> Date {
    let ahead = date.weekday().until(Weekday::Sunday);
    date.saturating_add(i32::from(ahead).days())
}
