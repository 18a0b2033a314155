//! How a target, a slot and a length are written: `"8 working hours"`, `"08:00-18:00"`.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

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
    SupportDays(u32),
    /// The same local time within the Nth following working day.
    WorkingDays(u32),
    /// The end of the Nth following working day.
    WorkingDaysToTheEnd(u32),
    /// Minutes on any clock.
    WallClockMinutes(u32),
}

/// The most that any unit may count: about a hundred years of minutes would be a slip of the pen.
const MOST: u32 = 5_256_000;

/// What may be written, for refusals.
pub const TARGET_FORMS: &str = "`8 working hours`, `90 working minutes`, `2 working days`, `1 working day to the end`, \
     `3 support days`, `48 wall-clock hours`, `7 wall-clock days` or `none`";

impl FromStr for Target {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let refused = || format!("`{written}` is no target; write {TARGET_FORMS}");
        if written == "none" {
            return Ok(Target::None);
        }
        let (count, unit) = written.split_once(' ').ok_or_else(refused)?;
        let count = Some(count).filter(|count| count.bytes().all(|byte| byte.is_ascii_digit()));
        let count: u32 = count
            .and_then(|count| count.parse().ok())
            .ok_or_else(refused)?;
        let times = |minutes: u32| {
            count
                .checked_mul(minutes)
                .filter(|n| (1..=MOST).contains(n))
                .ok_or_else(refused)
        };
        let length = match unit.strip_suffix('s').unwrap_or(unit) {
            "working hour" => TargetLength::WorkingMinutes(times(60)?),
            "working minute" => TargetLength::WorkingMinutes(times(1)?),
            "support day" => TargetLength::SupportDays(times(1)?),
            "working day" => TargetLength::WorkingDays(times(1)?),
            "working day to the end" | "working days to the end" => {
                TargetLength::WorkingDaysToTheEnd(times(1)?)
            }
            "wall-clock minute" => TargetLength::WallClockMinutes(times(1)?),
            "wall-clock hour" => TargetLength::WallClockMinutes(times(60)?),
            "wall-clock day" => TargetLength::WallClockMinutes(times(24 * 60)?),
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
                TargetLength::SupportDays(n) => (n, "support day", ""),
                TargetLength::WorkingDays(n) => (n, "working day", ""),
                TargetLength::WorkingDaysToTheEnd(n) => (n, "working day", " to the end"),
                TargetLength::WallClockMinutes(n) if n % 1440 == 0 => {
                    (n / 1440, "wall-clock day", "")
                }
                TargetLength::WallClockMinutes(n) if n % 60 == 0 => (n / 60, "wall-clock hour", ""),
                TargetLength::WallClockMinutes(n) => (n, "wall-clock minute", ""),
            },
        };
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}{end}")
    }
}

/// A stretch of a day in which the desk is open, as written: `08:00-18:00`. Half-open; it may end at
/// `24:00`, or run past midnight when it closes before it opens (HRS-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slot {
    /// Minutes after midnight, 0 to 1439.
    pub opens_minute: u16,
    /// Minutes after midnight, 0 to 1440; at or before `opens_minute` it is the next day's.
    pub closes_minute: u16,
}

impl FromStr for Slot {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let refused = |why: &str| format!("`{written}` is no slot: {why}");
        let form = "write it as `08:00-18:00`";
        let (opens, closes) = written.split_once('-').ok_or_else(|| refused(form))?;
        let (Some(opens), Some(closes)) = (minute(opens), minute(closes)) else {
            return Err(refused(form));
        };
        match (opens, closes) {
            (1440, _) => Err(refused(
                "a day has ended at 24:00; open at 00:00 of the next",
            )),
            (opens, closes) if opens == closes => Err(refused(
                "it closes when it opens; for the whole day write `00:00-24:00`",
            )),
            _ => Ok(Slot {
                opens_minute: opens,
                closes_minute: closes,
            }),
        }
    }
}

fn minute(written: &str) -> Option<u16> {
    let (hours, minutes) = written.trim().split_once(':')?;
    let two = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= 1440).then_some(minute)
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Slot {
            opens_minute: a,
            closes_minute: b,
        } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", a / 60, a % 60, b / 60, b % 60)
    }
}

macro_rules! written {
    ($($name:ident $format:literal $example:literal)*) => {$(
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(written: String) -> Result<Self, String> {
                written.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.to_string()
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format, "examples": [$example] })
            }
        }
    )*};
}

written! {
    Target "target" "8 working hours"
    Slot "slot" "08:00-18:00"
}
