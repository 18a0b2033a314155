//! How a target is written: `"8 working hours"`, `"2 working days"`, `"none"`.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::calendar::{Length, Until};

/// A target as a line states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Target {
    /// Said to have none: no clock.
    None,
    Within(TargetLength),
}

/// A length in one of PLN-2's four units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetLength {
    /// Minutes of working time.
    WorkingMinutes(u32),
    /// N × the day's length that the calendar states.
    SupportDays(u16),
    /// To the same local time within the Nth following working day, or to its end.
    WorkingDays(u16, Until),
    /// Minutes on any clock.
    WallClockMinutes(u32),
}

/// Ten years; more would be a slip of the pen.
const MOST_MINUTES: u32 = 5_256_000;
const MOST_DAYS: u16 = 3_650;

/// What may be written, for refusals.
pub const TARGET_FORMS: &str = "`8 working hours`, `90 working minutes`, `2 working days`, `1 working day to the end`, \
     `3 support days`, `48 wall-clock hours`, `7 wall-clock days` or `none`";

impl FromStr for Target {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let refused = || format!("`{written}` is no target: it takes a number and one of the units");
        if written == "none" {
            return Ok(Target::None);
        }
        let (count, unit) = written.split_once(' ').ok_or_else(refused)?;
        let count = Some(count).filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
        let count: u32 = count.and_then(|count| count.parse().ok()).ok_or_else(refused)?;
        let minutes =
            |each: u32| count.checked_mul(each).filter(|n| (1..=MOST_MINUTES).contains(n)).ok_or_else(refused);
        let days = || u16::try_from(count).ok().filter(|n| (1..=MOST_DAYS).contains(n)).ok_or_else(refused);
        let length = match unit {
            "working hour" | "working hours" => TargetLength::WorkingMinutes(minutes(60)?),
            "working minute" | "working minutes" => TargetLength::WorkingMinutes(minutes(1)?),
            "support day" | "support days" => TargetLength::SupportDays(days()?),
            "working day" | "working days" => TargetLength::WorkingDays(days()?, Until::SameTime),
            "working day to the end" | "working days to the end" => TargetLength::WorkingDays(days()?, Until::EndOfDay),
            "wall-clock minute" | "wall-clock minutes" => TargetLength::WallClockMinutes(minutes(1)?),
            "wall-clock hour" | "wall-clock hours" => TargetLength::WallClockMinutes(minutes(60)?),
            "wall-clock day" | "wall-clock days" => TargetLength::WallClockMinutes(minutes(24 * 60)?),
            _ => return Err(refused()),
        };
        Ok(Target::Within(length))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit, end) = match *self {
            Target::None => return f.write_str("none"),
            Target::Within(length) => match length {
                TargetLength::WorkingMinutes(n) if n % 60 == 0 => (n / 60, "working hour", ""),
                TargetLength::WorkingMinutes(n) => (n, "working minute", ""),
                TargetLength::SupportDays(n) => (n.into(), "support day", ""),
                TargetLength::WorkingDays(n, Until::SameTime) => (n.into(), "working day", ""),
                TargetLength::WorkingDays(n, Until::EndOfDay) => (n.into(), "working day", " to the end"),
                TargetLength::WallClockMinutes(n) if n % 1440 == 0 => (n / 1440, "wall-clock day", ""),
                TargetLength::WallClockMinutes(n) if n % 60 == 0 => (n / 60, "wall-clock hour", ""),
                TargetLength::WallClockMinutes(n) => (n, "wall-clock minute", ""),
            },
        };
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}{end}")
    }
}

impl TryFrom<String> for Target {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> String {
        target.to_string()
    }
}

impl JsonSchema for Target {
    fn schema_name() -> Cow<'static, str> {
        "Target".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": format!("A target: {}.", TARGET_FORMS),
            "type": "string",
            "format": "target",
            "examples": ["8 working hours"],
        })
    }
}

impl TargetLength {
    /// The length by a calendar whose support day has so many minutes; `None` for support days without that.
    pub fn by(self, support_day_minutes: Option<u16>) -> Option<Length> {
        Some(match self {
            TargetLength::WorkingMinutes(minutes) => Length::WorkingTime { minutes },
            TargetLength::SupportDays(days) => Length::SupportDays { days, day_minutes: support_day_minutes? },
            TargetLength::WorkingDays(days, until) => Length::WorkingDays { days, until },
            TargetLength::WallClockMinutes(minutes) => Length::WallClock { minutes },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again(written: &str) -> String {
        written.parse::<Target>().expect("a target").to_string()
    }

    #[test]
    fn pln_2_a_target_is_said_as_it_is_written() {
        for written in [
            "none",
            "1 working minute",
            "90 working minutes",
            "1 working hour",
            "8 working hours",
            "1 support day",
            "3 support days",
            "2 working days",
            "1 working day to the end",
            "2 working days to the end",
            "30 wall-clock minutes",
            "1501 wall-clock minutes",
            "1 wall-clock hour",
            "36 wall-clock hours",
            "1 wall-clock day",
            "7 wall-clock days",
        ] {
            assert_eq!(again(written), written);
        }
    }

    #[test]
    fn pln_2_a_target_is_said_in_the_longest_unit_that_is_even() {
        for (written, said) in [
            ("60 working minutes", "1 working hour"),
            ("120 wall-clock minutes", "2 wall-clock hours"),
            ("48 wall-clock hours", "2 wall-clock days"),
            ("1440 wall-clock minutes", "1 wall-clock day"),
            ("1 working days", "1 working day"),
        ] {
            assert_eq!(again(written), said);
        }
    }

    #[test]
    fn pln_2_what_is_no_target_is_refused() {
        for written in
            ["", "8", "8 hours", "0 working hours", "-1 working hours", "+1 working hours", "8  working hours", "None"]
        {
            assert!(written.parse::<Target>().is_err(), "{written:?}");
        }
        for (most, more) in [
            ("5256000 working minutes", "5256001 working minutes"),
            ("3650 wall-clock days", "3651 wall-clock days"),
            ("3650 working days", "3651 working days"),
            ("3650 support days", "4294967296 support days"),
        ] {
            assert!(most.parse::<Target>().is_ok() && more.parse::<Target>().is_err(), "{more}");
        }
    }
}
