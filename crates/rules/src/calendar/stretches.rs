//! What lies between two instants, for people: open time and, when closed, why.

use jiff::civil::{Date, Weekday};

use super::{Calendar, Span, openings::Openings};
use crate::instant::Instant;

/// A time in which the desk is open, or closed for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch<'a> {
    pub from: Instant,
    pub to: Instant,
    pub hours: Hours<'a>,
}

/// Whether the desk is open, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours<'a> {
    Open,
    /// Before, between or after the slots of a date.
    OutsideHours,
    /// Saturday or Sunday, when the week has no hours on it.
    Weekend,
    /// Another weekday without hours.
    DayOff(Weekday),
    Holiday {
        date: Date,
        name: Option<&'a str>,
    },
}

impl Calendar {
    /// Everything from `from` to `to`, in order and without gaps; neighbours differ in their hours. Each
    /// holiday is a stretch of its own.
    pub fn stretches(&self, from: Instant, to: Instant) -> Stretches<'_> {
        Stretches { calendar: self, openings: Openings::from(self, from), opening: None, at: from, to, ahead: None }
    }

    fn why_closed(&self, date: Date) -> Hours<'_> {
        let weekday = date.weekday();
        match self.holiday(date) {
            Some(holiday) => Hours::Holiday { date, name: holiday.name.as_deref() },
            None if self.opens_on(weekday) => Hours::OutsideHours,
            None if matches!(weekday, Weekday::Saturday | Weekday::Sunday) => Hours::Weekend,
            None => Hours::DayOff(weekday),
        }
    }
}

/// See [`Calendar::stretches`].
pub struct Stretches<'a> {
    calendar: &'a Calendar,
    openings: Openings<'a>,
    /// The opening that holds `at` or comes next.
    opening: Option<Span>,
    at: Instant,
    to: Instant,
    ahead: Option<Stretch<'a>>,
}

impl<'a> Stretches<'a> {
    /// The next piece, cut at every local midnight while closed.
    fn piece(&mut self) -> Option<Stretch<'a>> {
        if self.at >= self.to {
            return None;
        }
        if self.opening.is_none_or(|opening| opening.to <= self.at) {
            let never = Span { from: Instant::LAST, to: Instant::LAST };
            self.opening = Some(self.openings.next().unwrap_or(never));
        }
        let opening = self.opening?;
        let (hours, end) = if opening.from <= self.at {
            (Hours::Open, opening.to)
        } else {
            let date = self.calendar.date_of(self.at);
            (self.calendar.why_closed(date), self.calendar.next_date(self.at).min(opening.from))
        };
        let piece = Stretch { from: self.at, to: end.min(self.to), hours };
        self.at = piece.to;
        Some(piece)
    }
}

impl<'a> Iterator for Stretches<'a> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        let mut stretch = self.ahead.take().or_else(|| self.piece())?;
        while let Some(next) = self.piece() {
            if next.hours != stretch.hours {
                self.ahead = Some(next);
                break;
            }
            stretch.to = next.to;
        }
        Some(stretch)
    }
}

impl std::fmt::Debug for Stretches<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Stretches {{ {} to {} }}", self.at, self.to)
    }
}
