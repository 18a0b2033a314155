//! Working hours for people: whether somebody is here now and until when (HRS-3), the week as a sentence
//! and as rows of a picture, the holidays by date (HRS-4).

use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};
use rules::calendar::{Calendar, Slot};

use crate::{
    lang::Lang,
    time::{Watch, list, weekday, zone_name},
};

/// Whether the desk is open, and what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    pub open: bool,
    /// "Open now, until 18:00 UTC, 19:00 your time".
    pub said: String,
}

/// A weekday of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// "Monday".
    pub day: String,
    pub slots: Vec<SlotBar>,
}

/// A slot of the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotBar {
    /// Local minutes since 00:00 of the weekday; `to` is beyond 1440 when it ends on the next date.
    pub from_minutes: u16,
    pub to_minutes: u16,
    /// "08:00 to 18:00".
    pub said: String,
}

/// A closed date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolidayRow {
    pub date: Date,
    /// "Friday 25 December 2026".
    pub said: String,
    pub name: Option<String>,
}

/// Open or closed at the watch's now, until when, by the desk's clock and the reader's.
pub fn presence(watch: &Watch<'_>, calendar: &Calendar, reader: Option<&TimeZone>) -> Presence {
    let open = calendar.is_open(watch.now);
    let desk = Watch { lang: watch.lang, zone: calendar.zone(), now: watch.now };
    let change = calendar.next_change(watch.now).map(|change| desk.both(change, reader));
    let key = match (open, &change) {
        (true, Some(_)) => "hours-open-until",
        (true, None) => "hours-open-always",
        (false, Some(_)) => "hours-closed-until",
        (false, None) => "hours-closed-for-good",
    };
    Presence { open, said: watch.lang.say(key, &[("when", change.unwrap_or_default().into())]) }
}

/// "Monday to Friday, 08:00 to 18:00 UTC". Days with the same slots are named together.
pub fn week_sentence(lang: Lang, calendar: &Calendar) -> String {
    let zone = zone_name(lang, calendar.zone());
    let week = if calendar.is_around_the_clock() {
        lang.say("hours-around-the-clock", &[])
    } else {
        let week = calendar.spec().slots.days().map(|slots| slots.iter().map(|slot| bar(lang, *slot).said).collect());
        sentence(lang, &week)
    };
    lang.say("hours-week", &[("week", week.into()), ("zone", zone.into())])
}

/// "In your time: Monday to Friday, 09:00 to 19:00", as the clocks differ at the watch's now; nothing where they show
/// the same, or where the desk is always open (HRS-3).
pub fn week_for(watch: &Watch<'_>, calendar: &Calendar, reader: &TimeZone) -> Option<String> {
    let seconds = |zone: &TimeZone| zone.to_offset(watch.now.timestamp()).seconds();
    let ahead = (seconds(reader) - seconds(calendar.zone())).div_euclid(60);
    if ahead == 0 || calendar.is_around_the_clock() {
        return None;
    }
    let mut week: [Vec<(i32, String)>; 7] = Default::default();
    for (slots, day) in calendar.spec().slots.days().into_iter().zip(0..) {
        for slot in slots {
            let at = |minutes: u16| i32::from(minutes) + ahead;
            let from = day * DAY + at(slot.0.minutes());
            let said = said(watch.lang, &clock(from), &clock(at(slot.1.minutes())));
            let weekday = usize::try_from(from.div_euclid(DAY).rem_euclid(7)).unwrap_or(0);
            week[weekday].push((from.rem_euclid(DAY), said));
        }
    }
    let week = week.map(|mut slots| {
        slots.sort();
        slots.into_iter().map(|(_, said)| said).collect()
    });
    Some(watch.lang.say("hours-reader", &[("week", sentence(watch.lang, &week).into())]))
}

const DAY: i32 = 24 * 60;

/// "09:00", on the day that it falls on.
fn clock(minutes: i32) -> String {
    let minutes = minutes.rem_euclid(DAY);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// "Monday to Friday, 08:00 to 18:00; Saturday, 09:00 to 12:00", from what is said of each day's slots.
fn sentence(lang: Lang, week: &[Vec<String>; 7]) -> String {
    groups(week).map(|(days, slots)| group(lang, &days, slots)).collect::<Vec<_>>().join("; ")
}

/// The seven weekdays from Monday; one without slots is closed.
pub fn week_rows(lang: Lang, calendar: &Calendar) -> Vec<DayRow> {
    let days = calendar.spec().slots.days().into_iter().zip(weekdays());
    days.map(|(slots, day)| DayRow {
        day: weekday(lang, day).to_owned(),
        slots: slots.iter().map(|slot| bar(lang, *slot)).collect(),
    })
    .collect()
}

/// All holidays from a date on, by date.
pub fn holidays(watch: &Watch<'_>, calendar: &Calendar, from: Date) -> Vec<HolidayRow> {
    let coming = calendar.holidays().iter().filter(|holiday| holiday.date >= from);
    coming
        .map(|holiday| HolidayRow {
            date: holiday.date,
            said: watch.full_date(holiday.date),
            name: holiday.name.clone(),
        })
        .collect()
}

/// Weekdays in the order of their first, grouped by their slots.
fn groups(week: &[Vec<String>; 7]) -> impl Iterator<Item = (Vec<Weekday>, &[String])> {
    let mut groups: Vec<(Vec<Weekday>, &[String])> = Vec::new();
    for (slots, day) in week.iter().zip(weekdays()) {
        match groups.iter_mut().find(|(_, known)| known == slots) {
            Some((days, _)) => days.push(day),
            None => groups.push((vec![day], slots)),
        }
    }
    groups.into_iter().filter(|(_, slots)| !slots.is_empty())
}

fn group(lang: Lang, days: &[Weekday], slots: &[String]) -> String {
    let slots = list(lang, slots.to_vec());
    lang.say("hours-group", &[("days", named(lang, days).into()), ("slots", slots.into())])
}

/// "Monday to Friday" for three and more in a row, else "Monday, Wednesday and Friday".
fn named(lang: Lang, days: &[Weekday]) -> String {
    let names = || days.iter().map(|day| weekday(lang, *day).to_owned()).collect();
    match days {
        [first, .., last]
            if days.len() > 2 && first.until(*last) == i8::try_from(days.len()).unwrap_or(i8::MAX) - 1 =>
        {
            let (first, last) = (weekday(lang, *first), weekday(lang, *last));
            lang.say("hours-days", &[("first", first.into()), ("last", last.into())])
        }
        _ => list(lang, names()),
    }
}

fn bar(lang: Lang, slot: Slot) -> SlotBar {
    let (from, to) = (slot.0.minutes(), slot.1.minutes());
    let said = said(lang, &slot.0.to_string(), &slot.1.to_string());
    SlotBar { from_minutes: from, to_minutes: if to < from { to + 1440 } else { to }, said }
}

fn said(lang: Lang, from: &str, to: &str) -> String {
    lang.say("hours-slot", &[("from", from.into()), ("to", to.into())])
}

fn weekdays() -> impl Iterator<Item = Weekday> {
    Weekday::Monday.cycle_forward().take(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(json: &str) -> Calendar {
        Calendar::build(&serde_json::from_str(json).expect("readable")).expect("sound")
    }

    fn office() -> Calendar {
        calendar(
            r#"{"zone":"UTC","slots":{"mon":[["08:00","18:00"]],"tue":[["08:00","18:00"]],"wed":[["08:00","18:00"]],
            "thu":[["08:00","18:00"]],"fri":[["08:00","18:00"]]},
            "holidays":["2026-12-25",{"date":"2027-01-01","name":"New Year"}]}"#,
        )
    }

    fn said(at: &str, calendar: &Calendar, reader: Option<&TimeZone>) -> String {
        let watch = Watch { lang: Lang::En, zone: calendar.zone(), now: at.parse().expect("an instant") };
        presence(&watch, calendar, reader).said
    }

    #[test]
    fn hrs_3_open_or_closed_is_said_on_both_clocks() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        let desk = office();
        assert_eq!(said("2026-11-20T12:00:00Z", &desk, Some(&berlin)), "Open now, until 18:00 UTC, 19:00 your time");
        assert_eq!(
            said("2026-11-20T18:00:00Z", &desk, Some(&berlin)),
            "Nobody is here now. The desk opens Mon 08:00 UTC, 09:00 your time"
        );
        assert_eq!(said("2026-12-31T19:00:00Z", &desk, None), "Nobody is here now. The desk opens Mon 08:00 UTC");
        let always = calendar(
            r#"{"zone":"UTC","slots":{"mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],
            "thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]}}"#,
        );
        assert_eq!(said("2026-11-20T12:00:00Z", &always, None), "Open around the clock");
        assert_eq!(week_sentence(Lang::En, &always), "Around the clock UTC");
    }

    #[test]
    fn the_week_is_one_sentence() {
        assert_eq!(week_sentence(Lang::En, &office()), "Monday to Friday, 08:00 to 18:00 UTC");
        let mixed = calendar(
            r#"{"zone":"Europe/Berlin","slots":{"mon":[["08:00","12:00"],["13:00","17:00"]],"wed":[["08:00","12:00"],
            ["13:00","17:00"]],"fri":[["22:00","06:00"]]}}"#,
        );
        assert_eq!(
            week_sentence(Lang::En, &mixed),
            "Monday and Wednesday, 08:00 to 12:00 and 13:00 to 17:00; Friday, 22:00 to 06:00 Berlin time"
        );
        let rows = week_rows(Lang::En, &mixed);
        assert_eq!((rows.len(), rows[0].day.as_str(), rows[1].slots.len()), (7, "Monday", 0));
        assert_eq!((rows[4].slots[0].from_minutes, rows[4].slots[0].to_minutes), (1320, 1800));
    }

    #[test]
    fn hrs_3_the_week_is_said_by_the_readers_clock_too() {
        let said = |desk: &Calendar, reader: &str, now: &str| {
            let watch = Watch { lang: Lang::En, zone: desk.zone(), now: now.parse().expect("an instant") };
            week_for(&watch, desk, &TimeZone::get(reader).expect("a zone"))
        };
        let now = "2026-11-25T12:00:00Z";
        let of = |text: &str| Some(format!("In your time: {text}"));
        assert_eq!(said(&office(), "Europe/Berlin", now), of("Monday to Friday, 09:00 to 19:00"));
        assert_eq!(said(&office(), "Europe/Berlin", "2026-07-01T12:00:00Z"), of("Monday to Friday, 10:00 to 20:00"));
        assert_eq!(said(&office(), "Asia/Kolkata", now), of("Monday to Friday, 13:30 to 23:30"));
        // Beyond midnight the slot begins on the next day.
        let late = calendar(r#"{"zone":"UTC","slots":{"sun":[["08:00","10:00"],["18:00","20:00"]]}}"#);
        assert_eq!(said(&late, "Pacific/Auckland", now), of("Monday, 07:00 to 09:00; Sunday, 21:00 to 23:00"));
        assert_eq!(said(&office(), "UTC", now), None);
    }

    #[test]
    fn hrs_4_holidays_are_listed_by_date() {
        let desk = office();
        let watch =
            Watch { lang: Lang::En, zone: desk.zone(), now: "2026-12-26T00:00:00Z".parse().expect("an instant") };
        let rows = holidays(&watch, &desk, Date::constant(2026, 12, 26));
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].said, "Friday 1 January 2027");
        assert_eq!(rows[0].name.as_deref(), Some("New Year"));
    }
}
