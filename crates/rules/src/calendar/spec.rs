//! Working hours as they are written in a policy or a line of a batch, and what is wrong with them.

use jiff::{civil::Date, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Calendar, DAY, MINUTE_MICROS, Minutes};

/// The keys of a week, from Monday.
pub const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Working hours as written (HRS-1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, expecting = "hours: zone, slots and, where there are any, holidays")]
pub struct CalendarSpec {
    /// A zone of the IANA database: `UTC`, `Europe/Berlin`.
    pub zone: String,
    pub slots: Week,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
}

/// The slots of each weekday on which they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, expecting = "slots by weekday: mon, tue, wed, thu, fri, sat, sun")]
pub struct Week {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<Slot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<Slot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<Slot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<Slot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<Slot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<Slot>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<Slot>,
}

/// From and to; an end before its beginning lies on the next date. Written `["08:00", "18:00"]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(expecting = "a slot of two times, like [\"08:00\", \"18:00\"]")]
pub struct Slot(pub LocalTime, pub LocalTime);

/// Minutes on the local clock since 00:00, up to 1440, which is written `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime(u16);

/// A local date on which the desk is closed. Written as `"2026-12-25"` or `{date = "2026-12-25", name = ".."}`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday {
    pub date: Date,
    pub name: Option<String>,
}

/// Why hours cannot be compiled. Weekdays are the keys of [`Week`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    UnknownZone {
        zone: String,
    },
    /// A slot that ends when it begins.
    EmptySlot {
        weekday: &'static str,
        slot: Slot,
    },
    /// `24:00` as a beginning, which is 00:00 of the next weekday.
    BeginsAtEndOfDay {
        weekday: &'static str,
        slot: Slot,
    },
    NeverOpens,
}

impl Calendar {
    /// Compiles hours. The first fault, in the order of the week, is returned.
    pub fn build(spec: &CalendarSpec) -> Result<Self, CalendarFault> {
        let unknown = |_| CalendarFault::UnknownZone { zone: spec.zone.clone() };
        let zone = TimeZone::get(&spec.zone).map_err(unknown)?;
        let written = written(&spec.slots)?;
        let open: [Vec<Minutes>; 7] = std::array::from_fn(|day| open_on(&written, day));
        let week_minutes: i64 = open.iter().flatten().map(|minutes| minutes.to - minutes.from).sum();
        if week_minutes == 0 {
            return Err(CalendarFault::NeverOpens);
        }
        let mut holidays = spec.holidays.clone();
        // Stable, so that the first name of a date that is listed twice stays.
        holidays.sort_by_key(|holiday| holiday.date);
        holidays.dedup_by_key(|holiday| holiday.date);
        let week_micros = week_minutes * MINUTE_MICROS;
        Ok(Self { spec: spec.clone(), zone, written, open, week_micros, holidays })
    }
}

/// The slots in minutes, each checked.
fn written(week: &Week) -> Result<[Vec<Minutes>; 7], CalendarFault> {
    let mut written: [Vec<Minutes>; 7] = Default::default();
    for (day, slots) in week.days().into_iter().enumerate() {
        let weekday = DAY_NAMES[day];
        for &slot in slots {
            let (from, to) = (i64::from(slot.0.0), i64::from(slot.1.0));
            if from == to {
                return Err(CalendarFault::EmptySlot { weekday, slot });
            }
            if from == DAY {
                return Err(CalendarFault::BeginsAtEndOfDay { weekday, slot });
            }
            written[day].push(Minutes { from, to: if to < from { to + DAY } else { to } });
        }
    }
    Ok(written)
}

/// What is open of one date: its own slots to midnight and what the day before leaves, united.
fn open_on(written: &[Vec<Minutes>; 7], day: usize) -> Vec<Minutes> {
    let own = written[day].iter().map(|slot| Minutes { from: slot.from, to: slot.to.min(DAY) });
    let rest = written[(day + 6) % 7].iter().filter(|slot| slot.to > DAY);
    let rest = rest.map(|slot| Minutes { from: 0, to: slot.to - DAY });
    let mut all: Vec<Minutes> = own.chain(rest).collect();
    all.sort_unstable();
    let mut united: Vec<Minutes> = Vec::with_capacity(all.len());
    for next in all {
        match united.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => united.push(next),
        }
    }
    united
}

impl Week {
    /// With the slots of another week beside its own.
    #[must_use]
    pub fn and(mut self, other: &Week) -> Self {
        let days =
            [&mut self.mon, &mut self.tue, &mut self.wed, &mut self.thu, &mut self.fri, &mut self.sat, &mut self.sun];
        for (day, more) in days.into_iter().zip(other.days()) {
            day.extend_from_slice(more);
            day.sort_unstable();
        }
        self
    }

    /// From Monday.
    pub fn days(&self) -> [&[Slot]; 7] {
        [&self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun]
    }
}

impl LocalTime {
    /// `None` beyond 1440.
    pub fn from_minutes(minutes: u16) -> Option<Self> {
        (i64::from(minutes) <= DAY).then_some(Self(minutes))
    }

    /// Since 00:00, up to 1440.
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl std::str::FromStr for LocalTime {
    type Err = String;
    /// `HH:MM`, `00:00` to `24:00`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("\"{text}\" is no time of day: write HH:MM, from 00:00 to 24:00");
        let &[h1, h2, b':', m1, m2] = text.as_bytes() else {
            return Err(wrong());
        };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return Err(wrong());
        }
        let [h1, h2, m1, m2] = [h1, h2, m1, m2].map(|digit| u16::from(digit - b'0'));
        let (hours, minutes) = (h1 * 10 + h2, m1 * 10 + m2);
        (minutes < 60).then_some(hours * 60 + minutes).and_then(Self::from_minutes).ok_or_else(wrong)
    }
}

impl std::fmt::Display for LocalTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LocalTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for LocalTime {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "LocalTime".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "time-of-day",
            "pattern": "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$",
            "description": "A time of day on the calendar's clock: HH:MM, from 00:00 to 24:00.",
        })
    }
}

impl Holiday {
    pub fn unnamed(date: Date) -> Self {
        Self { date, name: None }
    }
}

/// The long form of a holiday.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NamedHoliday {
    date: String,
    name: String,
}

impl Serialize for Holiday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.name {
            None => serializer.collect_str(&self.date),
            Some(name) => NamedHoliday { date: self.date.to_string(), name: name.clone() }.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Holiday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HolidayForm)
    }
}

struct HolidayForm;

impl<'de> de::Visitor<'de> for HolidayForm {
    type Value = Holiday;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a holiday: a date as \"YYYY-MM-DD\", or a date and a name")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Holiday, E> {
        date(text).map(Holiday::unnamed).map_err(E::custom)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Holiday, A::Error> {
        let named = NamedHoliday::deserialize(de::value::MapAccessDeserializer::new(map))?;
        let date = date(&named.date).map_err(de::Error::custom)?;
        Ok(Holiday { date, name: Some(named.name) })
    }
}

/// Strictly `YYYY-MM-DD`: other ISO forms would be read here and misread elsewhere.
fn date(text: &str) -> Result<Date, String> {
    let parsed = text.parse::<Date>().ok().filter(|date| date.to_string() == text);
    parsed.ok_or_else(|| format!("\"{text}\" is no date: write YYYY-MM-DD, a day that exists"))
}

impl JsonSchema for Holiday {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Holiday".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A local date on which the desk is closed: YYYY-MM-DD, or with a name.",
            "anyOf": [{"type": "string", "format": "date"}, generator.subschema_for::<NamedHoliday>()],
        })
    }
}

impl std::fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownZone { zone } => {
                write!(f, "\"{zone}\" is no time zone: write a name of the IANA database, like UTC or Europe/Berlin")
            }
            Self::EmptySlot { weekday, slot } => write!(
                f,
                "the slot {} to {} on {weekday} ends when it begins: for the whole day write 00:00 to 24:00",
                slot.0, slot.1
            ),
            Self::BeginsAtEndOfDay { weekday, slot } => write!(
                f,
                "the slot {} to {} on {weekday} begins at 24:00: write it as 00:00 of the next day",
                slot.0, slot.1
            ),
            Self::NeverOpens => f.write_str("the calendar never opens: give at least one weekday a slot"),
        }
    }
}

impl std::error::Error for CalendarFault {}
