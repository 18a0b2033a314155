//! Walks through open time from an instant on, in order and without overlaps.

use std::collections::VecDeque;

use jiff::civil::Date;

use super::{Calendar, Span, bounds::days_from};
use crate::instant::Instant;

/// Pieces of open time, date by date; none overlaps the one before, but they may touch.
pub(super) struct Pieces<'a> {
    calendar: &'a Calendar,
    /// The local date to be read next; `None` at the end of the calendar.
    date: Option<Date>,
    queue: VecDeque<Span>,
    /// Everything before this has been handed out or lies before the start.
    reached: Instant,
    /// From here on no piece begins before the start, so that whole weeks are alike.
    whole_from: Option<Date>,
    /// No holiday and no change of offset before this date.
    steady_until: Option<Date>,
}

impl<'a> Pieces<'a> {
    pub(super) fn from(calendar: &'a Calendar, start: Instant) -> Self {
        let date = calendar.date_of(start);
        // A closing in a fold reaches into the next date.
        let before = date.yesterday().unwrap_or(date);
        Self {
            calendar,
            date: Some(before),
            queue: VecDeque::new(),
            reached: start,
            whole_from: date.tomorrow().ok(),
            steady_until: None,
        }
    }

    /// Passes up to `most` weeks in one step, only if each has the open time of an undisturbed week and
    /// ends by `end`. Returns how many.
    pub(super) fn skip_weeks(&mut self, most: i64, end: Date) -> i64 {
        let (true, Some(date)) = (most > 0 && self.queue.is_empty(), self.date) else {
            return 0;
        };
        if self.whole_from.is_none_or(|whole| date < whole) || weeks_between(date, end) < 1 {
            return 0;
        }
        let steady_until = match self.steady_until {
            Some(until) if date < until => until,
            _ => *self.steady_until.insert(self.calendar.alike_until(date)),
        };
        let weeks = most.min(weeks_between(date, steady_until.min(end)));
        if weeks < 1 {
            return 0;
        }
        self.date = days_from(date, weeks * 7);
        weeks
    }
}

impl Iterator for Pieces<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        loop {
            while let Some(span) = self.queue.pop_front() {
                let from = span.from.max(self.reached);
                if from < span.to {
                    self.reached = span.to;
                    return Some(Span { from, to: span.to });
                }
            }
            let date = self.date?;
            self.calendar.spans_on(date, &mut self.queue);
            self.date = date.tomorrow().ok();
        }
    }
}

/// Openings as people see them: touching pieces are one. Open for good ends at the end of time.
pub(super) struct Openings<'a> {
    pieces: Pieces<'a>,
    ahead: Option<Span>,
}

impl<'a> Openings<'a> {
    pub(super) fn from(calendar: &'a Calendar, start: Instant) -> Self {
        Self { pieces: Pieces::from(calendar, start), ahead: None }
    }
}

impl Iterator for Openings<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let mut opening = self.ahead.take().or_else(|| self.pieces.next())?;
        loop {
            if self.pieces.date.is_some_and(|date| self.pieces.calendar.is_open_for_good(date)) {
                self.pieces.date = None;
                self.pieces.queue.clear();
                return Some(Span { from: opening.from, to: Instant::LAST });
            }
            match self.pieces.next() {
                Some(next) if next.from <= opening.to => opening.to = next.to,
                next => {
                    self.ahead = next;
                    return Some(opening);
                }
            }
        }
    }
}

impl Calendar {
    /// The first date from `date` on that is a holiday or near a change of the offset.
    fn alike_until(&self, date: Date) -> Date {
        let next = self.holidays.partition_point(|holiday| holiday.date < date);
        let steady = self.steady_until(date);
        self.holidays.get(next).map_or(steady, |holiday| steady.min(holiday.date))
    }

    fn is_open_for_good(&self, date: Date) -> bool {
        self.is_around_the_clock() && self.holidays.last().is_none_or(|last| last.date < date)
    }
}

fn weeks_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days()).div_euclid(7)
}
