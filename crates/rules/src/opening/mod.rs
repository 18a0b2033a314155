//! The first opening of each working day, and what a member of staff is told at it.
//!
//! It decides when a working day begins, since when the desk was closed before, whose a request is in a digest, and in which
//! order it stands there. Who may see a request is `access`', and whether somebody wants to be told is theirs (`notices`).

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, civil::Date};

use crate::{
    calendar::{Calendar, Hours},
    ids::{PersonId, TeamId, TicketId},
    instant::Instant,
};

/// How far back it is looked for the last closing, and how far ahead for the next opening.
const BACK: SignedDuration = SignedDuration::from_hours(31 * 24);
const AHEAD_DAYS: i32 = 400;

/// The desk opens after it was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub closed_from: Instant,
    pub at: Instant,
    /// The end of its day on the desk's clock.
    pub day_ends: Instant,
}

impl Opening {
    /// The first of a date. None on a day that is closed, and on one through which the desk is open from the day before.
    pub fn of(calendar: &Calendar, date: Date) -> Option<Self> {
        let midnight = |date: Date| date.to_zoned(calendar.zone().clone()).ok().map(|it| Instant::from(it.timestamp()));
        let (begins, day_ends) = (midnight(date)?, midnight(date.tomorrow().ok()?)?);
        let mut closed_from = None;
        for stretch in calendar.stretches(begins.plus(-BACK), day_ends) {
            if stretch.hours != Hours::Open {
                closed_from = closed_from.or(Some(stretch.from));
                continue;
            }
            match closed_from.take() {
                Some(closed_from) if stretch.from >= begins => {
                    return Some(Self { closed_from, at: stretch.from, day_ends });
                }
                _ => {}
            }
        }
        None
    }

    /// The next after an instant. None where the desk never closes.
    pub fn after(calendar: &Calendar, now: Instant) -> Option<Self> {
        let mut date = calendar.date_of(now);
        if calendar.is_around_the_clock() && calendar.holidays().last().is_none_or(|last| last.date < date) {
            return None;
        }
        for _ in 0..AHEAD_DAYS {
            if let Some(opening) = Self::of(calendar, date).filter(|it| it.at > now) {
                return Some(opening);
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// That of the day of an instant, where it has come.
    pub fn of_today(calendar: &Calendar, now: Instant) -> Option<Self> {
        Self::of(calendar, calendar.date_of(now)).filter(|it| it.at <= now)
    }
}

/// Somebody who is told, as far as it matters whose a request is.
#[derive(Clone, Debug)]
pub struct Reader {
    pub person: PersonId,
    pub teams: Vec<TeamId>,
}

impl Reader {
    /// Theirs, of a team of theirs, or nobody's at all.
    pub fn is_told_of(&self, assignee: Option<PersonId>, team: Option<TeamId>) -> bool {
        assignee == Some(self.person)
            || team.is_some_and(|team| self.teams.contains(&team))
            || assignee.is_none() && team.is_none()
    }
}

/// A line of a digest as it is sorted: the place of its priority, the highest first, and when it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub ticket: TicketId,
    pub priority: usize,
    pub due: Option<Instant>,
}

/// The highest priority first, then by due instant, what has none last.
pub fn sort(lines: &mut [Line]) {
    lines.sort_by_key(|it| (it.priority, it.due.is_none(), it.due, it.ticket));
}
