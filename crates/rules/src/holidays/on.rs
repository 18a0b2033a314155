//! On which date a rule of the list falls in a year. The rules are explained at the beginning of the list.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// The date; `None` where the rule does not read, or the year has no such day.
pub(super) fn day(rule: &str, year: i16) -> Option<Date> {
    let rule = rule.trim();
    if let Some((first, other)) = rule.split_once(" else ") {
        let (date, on) = first.split_once(" if ")?;
        let date = day(date, year)?;
        let is_it = on.split(',').any(|on| weekday(on) == Some(date.weekday()));
        return if is_it { Some(date) } else { day(other, year) };
    }
    for (word, direction, itself) in [(" after ", 1, 1), (" before ", -1, 1), (" from ", 1, 0), (" by ", -1, 0)] {
        if let Some((on, of)) = rule.split_once(word) {
            let (on, of) = (weekday(on)?, day(of, year)?);
            let days = (itself..itself + 7).filter_map(|n| of.checked_add((n * direction).days()).ok());
            return days.into_iter().find(|date| date.weekday() == on);
        }
    }
    if let Some((nth, month)) = rule.split_once(" of ") {
        let (on, nth) = nth.split_once('#')?;
        let nth = if nth == "last" { -1 } else { nth.parse().ok()? };
        return Date::new(year, month.parse().ok()?, 1).ok()?.nth_weekday_of_month(nth, weekday(on)?).ok();
    }
    if let Some(offset) = rule.strip_prefix("easter") {
        let offset: i64 = offset.parse().ok()?;
        return easter(year)?.checked_add(offset.days()).ok();
    }
    let (month, date) = rule.split_once('-')?;
    Date::new(year, month.parse().ok()?, date.parse().ok()?).ok()
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.trim() {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Easter Sunday of the western churches, by the rule that was published anonymously in 1876 (Meeus, Astronomical
/// Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}
