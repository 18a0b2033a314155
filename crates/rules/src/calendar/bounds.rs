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
        for &minutes in &self.open[index(date.weekday())] {
            self.place(date, minutes, spans);
        }
    }

    /// Where local minutes of one date (within 0 to 1440) lie, without holidays; appended to `spans`.
    pub(super) fn place(&self, date: Date, minutes: Minutes, spans: &mut impl Extend<Span>) {
        let span = Span {
            from: self.opening(local(date, minutes.from)),
            to: self.bound(local(date, minutes.to), Occurrence::Second),
        };
        if span.from >= span.to {
            return;
        }
        if !self.is_near_holiday(date) {
            return spans.extend([span]);
        }
        // Cut where the date on the clock changes: one set back across midnight shows another date twice.
        let mut from = span.from;
        while from < span.to {
            let to = self.next_date(from).min(span.to);
            if self.holiday(self.date_of(from)).is_none() {
                spans.extend([Span { from, to }]);
            }
            from = to;
        }
    }

    /// Whether a date, the one before or the one after is a holiday.
    fn is_near_holiday(&self, date: Date) -> bool {
        let next = self.holidays.partition_point(|holiday| holiday.date < date.yesterday().unwrap_or(date));
        self.holidays.get(next).is_some_and(|holiday| holiday.date <= date.tomorrow().unwrap_or(date))
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
        shifts.find(|shift| shift.offset() == after).map_or(earlier, |shift| shift.timestamp().into())
    }

    /// The first instant after `at` that shows another local date, or the end of time.
    pub fn next_date(&self, at: Instant) -> Instant {
        let date = self.date_of(at);
        let Ok(next) = date.tomorrow() else { return Instant::LAST };
        let midnight = next.to_datetime(Time::midnight());
        let first = self.opening(midnight);
        let midnight = if first > at { first } else { self.bound(midnight, Occurrence::Second) };
        let shift = self.zone.following(at.timestamp()).next().map(|shift| Instant::from(shift.timestamp()));
        shift.filter(|&shift| shift < midnight && self.date_of(shift) != date).unwrap_or(midnight)
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
            Some(shift) => days_from(shift.timestamp().to_zoned(TimeZone::UTC).date(), -2).unwrap_or(date),
        }
    }
}

#[derive(Clone, Copy)]
enum Occurrence {
    First,
    Second,
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
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The instant, kept within the years -9999 to 9999.
fn at(offset: Offset, local: DateTime) -> Instant {
    let outside = if local.year() < 0 { Timestamp::MIN } else { Timestamp::MAX };
    offset.to_timestamp(local).unwrap_or(outside).into()
}
