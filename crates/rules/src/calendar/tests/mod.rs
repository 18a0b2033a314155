//! Hours against tables worked by hand, against a slow model, and against their own laws.

mod edges;
mod golden;
mod model;
mod properties;
mod reading;
mod units;

use super::*;

/// `mon,tue 08:00-12:00 13:00-18:00; fri 22:00-06:00`, so that a table shows the week it speaks of.
pub(super) fn calendar(zone: &str, week: &str, holidays: &str) -> Calendar {
    Calendar::build(&spec(zone, week, holidays)).expect("hours of a test are sound")
}

pub(super) fn spec(zone: &str, week: &str, holidays: &str) -> CalendarSpec {
    let mut slots = serde_json::Map::new();
    for part in week.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (days, times) = part.split_once(' ').expect("days, then slots");
        let times: Vec<_> = times.split(' ').map(|slot| slot.split('-').collect::<Vec<_>>()).collect();
        let days = if days == "daily" { DAY_NAMES.join(",") } else { days.replace("mon-fri", "mon,tue,wed,thu,fri") };
        for day in days.split(',') {
            slots.insert(day.to_owned(), serde_json::json!(times));
        }
    }
    let holidays: Vec<_> = holidays.split_whitespace().collect();
    serde_json::from_value(serde_json::json!({"zone": zone, "slots": slots, "holidays": holidays}))
        .expect("a week of a test is readable")
}

/// `2026-11-20 16:40` on the calendar's clock, or an instant in UTC.
pub(super) fn at(calendar: &Calendar, local: &str) -> Instant {
    if local.ends_with('Z') {
        return local.parse().expect("an instant");
    }
    let local: jiff::civil::DateTime = local.parse().expect("a local time");
    calendar.zone().to_timestamp(local).expect("within time").into()
}

/// The other way, for messages of failed tests.
pub(super) fn shown(calendar: &Calendar, at: Instant) -> String {
    calendar.zone().to_datetime(at.timestamp()).to_string().replace('T', " ")
}
