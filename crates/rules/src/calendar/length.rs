//! How long a target is: a number in one of four units (PLN-2), and what that means on a calendar.

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Calendar, NeverOpens};
use crate::instant::Instant;

/// A length in one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "unit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Length {
    /// Open time of the calendar.
    WorkingTime { minutes: u32 },
    /// Open time, counted in days of the length that the policy states for the calendar.
    SupportDays { days: u16, day_minutes: u16 },
    /// Dates on which a slot begins.
    WorkingDays {
        days: u16,
        #[serde(default)]
        until: Until,
    },
    /// Time as it passes, open or not.
    WallClock { minutes: u32 },
}

/// Where in its last day a length in working days ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Until {
    /// At the local time of day at which it began.
    #[default]
    SameTime,
    /// When the day's last slot ends.
    EndOfDay,
}

/// How much of a length is used: open time, for a wall clock any time. Late when more than the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    pub used: SignedDuration,
    pub whole: SignedDuration,
}

impl Length {
    /// Whether closed time counts as well.
    pub fn is_wall_clock(self) -> bool {
        matches!(self, Self::WallClock { .. })
    }

    /// The length as a fixed amount of time, open or wall clock; `None` for working days, which depend on the start.
    pub fn fixed(self) -> Option<SignedDuration> {
        match self {
            Self::WorkingTime { minutes } | Self::WallClock { minutes } => {
                Some(SignedDuration::from_mins(minutes.into()))
            }
            Self::SupportDays { days, day_minutes } => {
                Some(SignedDuration::from_mins(i64::from(days) * i64::from(day_minutes)))
            }
            Self::WorkingDays { .. } => None,
        }
    }
}

impl Calendar {
    /// When a length that begins at `from` is used up.
    pub fn due_by(&self, from: Instant, length: &Length) -> Result<Instant, NeverOpens> {
        match *length {
            Length::WorkingDays { days, until } => self.working_days(from, days, until),
            Length::WallClock { minutes } => {
                let micros = i64::from(minutes) * super::MINUTE_MICROS;
                Instant::from_micros(from.micros() + micros).map_err(|_| NeverOpens)
            }
            Length::WorkingTime { .. } | Length::SupportDays { .. } => {
                self.due(from, length.fixed().expect("only working days are not fixed"))
            }
        }
    }

    /// How much of a length that began at `from` is used at `to`. Working days are measured in the open
    /// time to their end.
    pub fn used(&self, from: Instant, to: Instant, length: &Length) -> Result<Used, NeverOpens> {
        let used =
            if length.is_wall_clock() { to.since(from).max(SignedDuration::ZERO) } else { self.elapsed(from, to) };
        let whole = match length.fixed() {
            Some(whole) => whole,
            None => self.elapsed(from, self.due_by(from, length)?),
        };
        Ok(Used { used, whole })
    }
}
