//! From the local clock to instants (HRS-1): bounds in a gap of the clock move to its end; in a fold an
//! opening takes the first and a closing the second occurrence. A holiday closes exactly the instants
//! whose local date it is.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{AmbiguousOffset, Offset, TimeZone},
};

use super::{Calendar, DAY, Minutes, Span, index};
use crate::instant::Instant;

impl Calendar {
    /// What is open of a local date, by beginning; appended to `spans`. Neighbours may touch or overlap.
    pub(super) fn spans_on(&self, date: Date, spans: &mut impl Extend<Span>) {
        if self.holiday(date).is_some() {
            return;
        }
        for &minutes in &self.open[index(date.weekday())] {
            spans.extend(self.place(date, minutes));
        }
    }

    /// Where local minutes of one date (within 0 to 1440) lie; the date itself is no holiday.
    pub(super) fn place(&self, date: Date, minutes: Minutes) -> impl Iterator<Item = Span> {
        let span = Span {
            from: self.opening(local(date, minutes.from)),
            to: self.bound(local(date, minutes.to), Occurrence::Second),
        };
        let after = (minutes.to == DAY)
            .then(|| self.strangers_after(date))
            .flatten();
        let before = (minutes.from == 0)
            .then(|| self.strangers_before(date))
            .flatten();
        let kept = span
            .without(before)
            .into_iter()
            .flat_map(move |span| span.without(after));
        kept.filter(|span| span.from < span.to)
    }

    /// The instant of a local time; the first in a fold, the end of a gap.
    pub(super) fn opening(&self, local: DateTime) -> Instant {
        self.bound(local, Occurrence::First)
    }

    fn bound(&self, local: DateTime, occurrence: Occurrence) -> Instant {
        match (self.zone.to_ambiguous_timestamp(local).offset(), occurrence) {
            (AmbiguousOffset::Unambiguous { offset }, _) => at(offset, local),
            (AmbiguousOffset::Gap { after, .. }, _) => self.shift(at(after, local), after),
            (AmbiguousOffset::Fold { before, .. }, Occurrence::First) => at(before, local),
            (AmbiguousOffset::Fold { after, .. }, Occurrence::Second) => at(after, local),
        }
    }

    /// The first change of the zone's offset to `after` that follows an instant.
    fn shift(&self, earlier: Instant, after: Offset) -> Instant {
        let mut shifts = self.zone.following(earlier.timestamp());
        shifts
            .find(|shift| shift.offset() == after)
            .map_or(earlier, |shift| shift.timestamp().into())
    }

    /// A clock set back across the midnight that ends `date` shows the next date before that; a holiday
    /// then is closed in that first showing too.
    fn strangers_after(&self, date: Date) -> Option<Span> {
        let next = date.tomorrow().ok()?;
        self.holiday(next)?;
        let fold = self.midnight_fold(next)?;
        Some(Span {
            from: fold.first,
            to: fold.shift,
        })
    }

    /// The same midnight seen from the other side: the holiday's last minutes shown again.
    fn strangers_before(&self, date: Date) -> Option<Span> {
        self.holiday(date.yesterday().ok()?)?;
        let fold = self.midnight_fold(date)?;
        Some(Span {
            from: fold.shift,
            to: fold.second,
        })
    }

    fn midnight_fold(&self, date: Date) -> Option<Fold> {
        let midnight = date.to_datetime(Time::midnight());
        match self.zone.to_ambiguous_timestamp(midnight).offset() {
            AmbiguousOffset::Fold { before, after } => {
                let first = at(before, midnight);
                Some(Fold {
                    first,
                    shift: self.shift(first, after),
                    second: at(after, midnight),
                })
            }
            AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Gap { .. } => None,
        }
    }

    /// The first instant after `at` whose local date is another, or the end of time.
    pub(super) fn next_date(&self, at: Instant) -> Instant {
        let Ok(next) = self.date_of(at).tomorrow() else {
            return Instant::from(Timestamp::MAX);
        };
        let midnight = next.to_datetime(Time::midnight());
        let first = self.opening(midnight);
        if first > at {
            first
        } else {
            self.bound(midnight, Occurrence::Second)
        }
    }

    /// A date before which the offset does not change, seen from two days before `date`.
    pub(super) fn steady_until(&self, date: Date) -> Date {
        let Some(before) = days_from(date, -3) else {
            return date;
        };
        let before = TimeZone::UTC.to_timestamp(before.to_datetime(Time::midnight()));
        let Ok(before) = before else { return date };
        match self.zone.following(before).next() {
            None => Date::MAX,
            // Two days of distance cover every offset and bounds moved by the change itself.
            Some(shift) => {
                days_from(shift.timestamp().to_zoned(TimeZone::UTC).date(), -2).unwrap_or(date)
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Occurrence {
    First,
    Second,
}

struct Fold {
    first: Instant,
    shift: Instant,
    second: Instant,
}

impl Span {
    fn without(self, hole: Option<Self>) -> [Self; 2] {
        let empty = Self {
            from: self.to,
            to: self.to,
        };
        match hole {
            None => [self, empty],
            Some(hole) => [
                Self {
                    from: self.from,
                    to: self.to.min(hole.from),
                },
                Self {
                    from: self.from.max(hole.to),
                    to: self.to,
                },
            ],
        }
    }
}

/// `minutes` (0 to 2880) after 00:00 on the local clock; the end of the calendar at its end.
pub(super) fn local(date: Date, minutes: i64) -> DateTime {
    let Some(date) = days_from(date, minutes / DAY) else {
        return DateTime::MAX;
    };
    let minutes = minutes % DAY;
    let (hour, minute) = (minutes / 60, minutes % 60);
    let hour = i8::try_from(hour).expect("an hour of a day is below 24");
    let minute = i8::try_from(minute).expect("a minute of an hour is below 60");
    date.at(hour, minute, 0, 0)
}

pub(super) fn days_from(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()
}

/// The instant, kept within the years -9999 to 9999.
fn at(offset: Offset, local: DateTime) -> Instant {
    let outside = if local.year() < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    offset.to_timestamp(local).unwrap_or(outside).into()
}
