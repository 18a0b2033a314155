//! Dates, times and lengths as people say them. Which zone and which "now" is the caller's to say.

use std::sync::LazyLock;

use fluent_bundle::FluentValue;
use jiff::{
    SignedDuration,
    civil::{Date, Weekday},
    tz::TimeZone,
};
use rules::instant::Instant;

use crate::lang::Lang;

/// How a person reads the time: in a language, by the clock of a zone, at an instant.
#[derive(Clone, Debug)]
pub struct Watch<'a> {
    pub lang: Lang,
    pub zone: &'a TimeZone,
    pub now: Instant,
}

impl Watch<'_> {
    /// "16:40".
    pub fn time(&self, at: Instant) -> String {
        self.zone.to_datetime(at.timestamp()).strftime("%H:%M").to_string()
    }

    /// "Fri 20 Nov", with the year when it is not this one.
    pub fn day(&self, at: Instant) -> String {
        self.date(self.zone.to_datetime(at.timestamp()).date())
    }

    /// "Fri 20 Nov 2026".
    pub fn day_and_year(&self, at: Instant) -> String {
        let date = self.zone.to_datetime(at.timestamp()).date();
        dated(self.lang, date, Form::Short, true)
    }

    /// "Fri 20 Nov" for a date of this zone, with the year when it is not this one.
    pub fn date(&self, date: Date) -> String {
        let this_year = self.zone.to_datetime(self.now.timestamp()).year();
        dated(self.lang, date, Form::Short, date.year() != this_year)
    }

    /// "Friday 20 November 2026".
    pub fn full_date(&self, date: Date) -> String {
        long_date(self.lang, date)
    }

    /// "Fri 20 Nov 16:40".
    pub fn moment(&self, at: Instant) -> String {
        let at = self.zone.to_datetime(at.timestamp());
        let this_year = self.zone.to_datetime(self.now.timestamp()).year();
        let key = if at.year() == this_year { "time-day-at" } else { "time-day-year-at" };
        say_date(self.lang, key, (at.date(), Form::Short), at.strftime("%H:%M").to_string())
    }

    /// "16:40" today, "Mon 08:00" within six days, else with the date.
    pub fn soon(&self, at: Instant) -> String {
        let (today, date) =
            (self.zone.to_datetime(self.now.timestamp()).date(), self.zone.to_datetime(at.timestamp()).date());
        match (date - today).get_days() {
            0 => self.time(at),
            1..=6 => self.weekday_time(at),
            _ => self.moment(at),
        }
    }

    /// "Fri 16:40", where the date is clear.
    pub fn weekday_time(&self, at: Instant) -> String {
        let weekday = weekday_short(self.lang, self.zone.to_datetime(at.timestamp()).weekday());
        self.lang.say("time-moment", &[("day", weekday.into()), ("time", self.time(at).into())])
    }

    /// "16:40 UTC, 17:40 your time"; once where both clocks show the same.
    pub fn both(&self, at: Instant, reader: Option<&TimeZone>) -> String {
        let here = self.in_zone(self.soon(at));
        let there = reader.filter(|reader| reader.to_offset(at.timestamp()) != self.zone.to_offset(at.timestamp()));
        let Some(there) = there else { return here };
        let same_day = there.to_datetime(at.timestamp()).date() == self.zone.to_datetime(at.timestamp()).date();
        let theirs = Watch { lang: self.lang, zone: there, now: self.now };
        let theirs = if same_day { theirs.time(at) } else { theirs.moment(at) };
        self.lang.say("time-two-zones", &[("desk", here.into()), ("reader", theirs.into())])
    }

    /// "Fri 20 Nov 16:40 UTC".
    pub fn in_zone(&self, said: String) -> String {
        self.lang.say("time-in-zone", &[("time", said.into()), ("zone", zone_name(self.lang, self.zone).into())])
    }
}

/// "Friday 20 November 2026".
pub fn long_date(lang: Lang, date: Date) -> String {
    dated(lang, date, Form::Long, true)
}

/// "20 November 2026".
pub fn plain_date(lang: Lang, date: Date) -> String {
    format!("{} {}", date.day(), month(lang, date))
}

/// "20 Nov".
pub fn short_date(lang: Lang, date: Date) -> String {
    format!("{} {}", date.day(), names(lang, Form::Short).month(date))
}

/// "October 2026".
pub fn month(lang: Lang, date: Date) -> String {
    format!("{} {}", names(lang, Form::Long).month(date), date.year())
}

fn dated(lang: Lang, date: Date, form: Form, with_year: bool) -> String {
    let key = if with_year { "time-day-year" } else { "time-day" };
    say_date(lang, key, (date, form), String::new())
}

/// A date, and the time of the day for a sentence that says it.
fn say_date(lang: Lang, key: &str, (date, form): (Date, Form), time: String) -> String {
    let names = names(lang, form);
    let day = FluentValue::from(date.day().to_string());
    let year = FluentValue::from(date.year().to_string());
    let (weekday, month) = (names.weekday(date.weekday()).into(), names.month(date).into());
    let date = [("weekday", weekday), ("day", day), ("month", month), ("year", year), ("time", time.into())];
    lang.say(key, &date)
}

/// "Friday".
pub fn weekday(lang: Lang, weekday: Weekday) -> &'static str {
    names(lang, Form::Long).weekday(weekday)
}

/// "Fri".
pub fn weekday_short(lang: Lang, weekday: Weekday) -> &'static str {
    names(lang, Form::Short).weekday(weekday)
}

/// How long a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Long,
    Short,
}

/// The names of days and months of a language. A page says hundreds of dates, and a choice among twelve is the dearest
/// part of each, so they are asked once.
#[derive(Debug)]
struct Names {
    weekdays: Vec<String>,
    months: Vec<String>,
}

fn names(lang: Lang, form: Form) -> &'static Names {
    static ENGLISH: LazyLock<[Names; 2]> = LazyLock::new(|| Names::of(Lang::En));
    let [long, short] = match lang {
        Lang::En => &*ENGLISH,
    };
    match form {
        Form::Long => long,
        Form::Short => short,
    }
}

impl Names {
    fn of(lang: Lang) -> [Self; 2] {
        let all = |key: &str, count: i64| (1..=count).map(|n| lang.say(key, &[("n", n.into())])).collect();
        [("time-weekday", "time-month"), ("time-weekday-short", "time-month-short")]
            .map(|(weekday, month)| Self { weekdays: all(weekday, 7), months: all(month, 12) })
    }

    fn weekday(&self, day: Weekday) -> &str {
        nth(&self.weekdays, day.to_monday_one_offset())
    }

    fn month(&self, date: Date) -> &str {
        nth(&self.months, date.month())
    }
}

/// The n-th, counted from one.
fn nth(names: &[String], n: i8) -> &str {
    usize::try_from(n - 1).ok().and_then(|at| names.get(at)).map_or("", String::as_str)
}

/// "UTC", "Berlin time".
pub fn zone_name(lang: Lang, zone: &TimeZone) -> String {
    match zone.iana_name().and_then(|name| name.rsplit_once('/')) {
        Some((_, city)) => lang.say("time-zone-city", &[("city", city.replace('_', " ").into())]),
        None => zone.iana_name().unwrap_or("UTC").to_owned(),
    }
}

/// "1 h 20 min", cut to whole minutes; "under 1 min" for less than one, "0 min" for none.
pub fn length(lang: Lang, length: SignedDuration) -> String {
    let minutes = length.as_mins();
    if minutes == 0 && length.is_positive() {
        return lang.say("time-under-a-minute", &[]);
    }
    // As text: a number would be grouped or given decimals by some languages.
    let (hours, minutes) = (minutes / 60, minutes % 60);
    let arguments = [("hours", hours.to_string().into()), ("minutes", minutes.to_string().into())];
    let key = match (hours, minutes) {
        (0, _) => "time-minutes",
        (_, 0) => "time-hours",
        _ => "time-hours-minutes",
    };
    lang.say(key, &arguments)
}

/// "a, b and c".
pub fn list(lang: Lang, mut items: Vec<String>) -> String {
    let Some(last) = items.pop() else { return String::new() };
    if items.is_empty() {
        return last;
    }
    lang.say("list-and", &[("before", items.join(", ").into()), ("last", last.into())])
}

/// "a, b or c".
pub fn choice(lang: Lang, mut items: Vec<String>) -> String {
    let Some(last) = items.pop() else { return String::new() };
    if items.is_empty() {
        return last;
    }
    lang.say("list-or", &[("before", items.join(", ").into()), ("last", last.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    static UTC: TimeZone = TimeZone::UTC;

    fn watch(zone: &TimeZone) -> Watch<'_> {
        Watch { lang: Lang::En, zone, now: "2026-11-20T09:00:00Z".parse().expect("an instant") }
    }

    fn at(instant: &str) -> Instant {
        instant.parse().expect("an instant")
    }

    #[test]
    fn a_moment_names_the_year_only_when_it_is_another() {
        let watch = watch(&UTC);
        assert_eq!(watch.moment(at("2026-11-20T16:40:59Z")), "Fri 20 Nov 16:40");
        assert_eq!(watch.moment(at("2027-01-04T08:00:00Z")), "Mon 4 Jan 2027 08:00");
        assert_eq!(watch.full_date(Date::constant(2026, 12, 25)), "Friday 25 December 2026");
    }

    #[test]
    fn what_is_near_is_said_shortly() {
        let watch = watch(&UTC);
        assert_eq!(watch.soon(at("2026-11-20T18:00:00Z")), "18:00");
        assert_eq!(watch.soon(at("2026-11-23T08:00:00Z")), "Mon 08:00");
        assert_eq!(watch.soon(at("2026-11-27T08:00:00Z")), "Fri 27 Nov 08:00");
    }

    #[test]
    fn hrs_3_two_clocks_are_both_said() {
        let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
        let auckland = TimeZone::get("Pacific/Auckland").expect("a zone");
        let watch = watch(&UTC);
        let due = at("2026-11-20T16:40:00Z");
        assert_eq!(watch.both(due, Some(&berlin)), "16:40 UTC, 17:40 your time");
        assert_eq!(watch.both(due, Some(&auckland)), "16:40 UTC, Sat 21 Nov 05:40 your time");
        assert_eq!(watch.both(due, Some(&TimeZone::UTC)), "16:40 UTC");
        assert_eq!(watch.both(due, None), "16:40 UTC");
        assert_eq!(zone_name(Lang::En, &berlin), "Berlin time");
    }

    #[test]
    fn a_length_is_hours_and_minutes() {
        let said = |seconds| length(Lang::En, SignedDuration::from_secs(seconds));
        assert_eq!(said(4_800), "1 h 20 min");
        assert_eq!(said(28_800), "8 h");
        assert_eq!(said(2_939), "48 min");
        assert_eq!(said(59), "under 1 min");
        assert_eq!(said(0), "0 min");
        assert_eq!(said(3_600 * 1_000), "1000 h");
    }

    #[test]
    fn a_list_ends_with_and() {
        let list = |items: &[&str]| list(Lang::En, items.iter().map(|&item| item.to_owned()).collect());
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&[]), "");
    }
}
