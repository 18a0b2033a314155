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
        groups(calendar).map(|(days, slots)| group(lang, &days, slots)).collect::<Vec<_>>().join("; ")
    };
    lang.say("hours-week", &[("week", week.into()), ("zone", zone.into())])
}

/// The seven weekdays from Monday; one without slots is closed.
pub fn week_rows(lang: Lang, calendar: &Calendar) -> Vec<DayRow> {
    let days = calendar.spec().slots.days().into_iter().zip(weekdays());
    days.map(|(slots, day)| DayRow {
        day: weekday(lang, day),
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
fn groups(calendar: &Calendar) -> impl Iterator<Item = (Vec<Weekday>, &[Slot])> {
    let mut groups: Vec<(Vec<Weekday>, &[Slot])> = Vec::new();
    for (slots, day) in calendar.spec().slots.days().into_iter().zip(weekdays()) {
        match groups.iter_mut().find(|(_, known)| *known == slots) {
            Some((days, _)) => days.push(day),
            None => groups.push((vec![day], slots)),
        }
    }
    groups.into_iter().filter(|(_, slots)| !slots.is_empty())
}

fn group(lang: Lang, days: &[Weekday], slots: &[Slot]) -> String {
    let slots = list(lang, slots.iter().map(|slot| bar(lang, *slot).said).collect());
    lang.say("hours-group", &[("days", named(lang, days).into()), ("slots", slots.into())])
}

/// "Monday to Friday" for three and more in a row, else "Monday, Wednesday and Friday".
fn named(lang: Lang, days: &[Weekday]) -> String {
    let names = || days.iter().map(|day| weekday(lang, *day)).collect();
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
    let said = lang.say("hours-slot", &[("from", slot.0.to_string().into()), ("to", slot.1.to_string().into())]);
    SlotBar { from_minutes: from, to_minutes: if to < from { to + 1440 } else { to }, said }
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
