//! Working days (PLN-2): dates on which a slot begins, as written. A working day lasts until its last
//! slot ends, past midnight too, and an instant after midnight belongs to the day that its slot began
//! on. A holiday is no working day; what a slot begun on one has after midnight still belongs to it.
//! Where slots overlap, a day that is over at the start does not follow it: no time is due before it began.

use jiff::civil::Date;

use super::{Calendar, DAY, Minutes, NeverOpens, Span, Until, bounds::days_from, index};
use crate::instant::Instant;

impl Calendar {
    /// When `days` working days that begin at `from` are over.
    pub(super) fn working_days(&self, from: Instant, days: u16, until: Until) -> Result<Instant, NeverOpens> {
        let start = self.next_open(from)?;
        let first = self.working_day_of(start);
        let last = self.working_day_after(first, days, start).ok_or(NeverOpens)?;
        match until {
            Until::EndOfDay => self.end_of(last).ok_or(NeverOpens),
            Until::SameTime if last == first => Ok(start),
            Until::SameTime => self.same_time(start, first, last).ok_or(NeverOpens),
        }
    }

    /// The working day that an open instant belongs to; where slots overlap, the one begun last.
    pub fn working_day_of(&self, at: Instant) -> Date {
        let date = self.date_of(at);
        let holds = |date: Date| self.slots_of(date).iter().any(|slot| slot.from <= at && at < slot.to);
        if holds(date) { date } else { date.yesterday().unwrap_or(date) }
    }

    fn working_day_after(&self, first: Date, days: u16, start: Instant) -> Option<Date> {
        let follows = |date| self.is_working_day(date) && self.end_of(date).is_some_and(|end| end > start);
        let mut date = first;
        for _ in 0..days {
            date = date.tomorrow().ok()?;
            while !follows(date) {
                date = date.tomorrow().ok()?;
            }
        }
        Some(date)
    }

    /// When the last slot of a working day ends.
    fn end_of(&self, date: Date) -> Option<Instant> {
        self.slots_of(date).iter().map(|slot| slot.to).max()
    }

    /// Whether a slot begins on a date.
    pub fn is_working_day(&self, date: Date) -> bool {
        let mut begun = Vec::new();
        if self.holiday(date).is_none() {
            let slots = &self.written[index(date.weekday())];
            slots.iter().for_each(|slot| self.place(date, slot.before_midnight(), &mut begun));
        }
        !begun.is_empty()
    }

    /// The place in `last` that `start` has in `first` on the local clock, moved into its open time.
    fn same_time(&self, start: Instant, first: Date, last: Date) -> Option<Instant> {
        let local = self.zone.to_datetime(start.timestamp());
        let into = i64::from((local.date() - first).get_days());
        let wanted = self.opening(days_from(last, into)?.to_datetime(local.time()));
        let slots = self.slots_of(last);
        if slots.iter().any(|slot| slot.from <= wanted && wanted < slot.to) {
            return Some(wanted);
        }
        let closed_before = slots.iter().map(|slot| slot.to).filter(|&to| to <= wanted).max();
        closed_before.or_else(|| slots.iter().map(|slot| slot.from).min())
    }

    /// The open time of the slots that begin on a date, as written: they may overlap.
    fn slots_of(&self, date: Date) -> Vec<Span> {
        let mut spans = Vec::new();
        for slot in &self.written[index(date.weekday())] {
            self.place(date, slot.before_midnight(), &mut spans);
            if let (Some(rest), Ok(next)) = (slot.after_midnight(), date.tomorrow()) {
                self.place(next, rest, &mut spans);
            }
        }
        spans
    }
}

impl Minutes {
    fn before_midnight(self) -> Self {
        Self { from: self.from, to: self.to.min(DAY) }
    }

    fn after_midnight(self) -> Option<Self> {
        (self.to > DAY).then_some(Self { from: 0, to: self.to - DAY })
    }
}
