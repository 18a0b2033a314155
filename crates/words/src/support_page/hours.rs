//! When people are here: each calendar in words, its holidays by date, and the week as rows of a picture.

use jiff::civil::Date;
use rules::{
    calendar::{DAY_NAMES, Slot, Week},
    policy::{Calendar, Compiled, Origin, Region},
};

use super::{
    Piece,
    writer::{Writer, item, listed, piece},
};
use crate::lang::Lang;

/// A row of the picture of the week: neighbouring days with the same slots.
#[derive(Clone, Debug, PartialEq)]
pub struct HoursRow {
    pub days: String,
    pub open: Vec<Open>,
}

/// An open part of a day, in percent of it from its midnight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Open {
    pub from_percent: f32,
    pub to_percent: f32,
}

/// The week of the page's calendar. A slot past midnight goes on in the next day's row.
pub fn hours_rows(compiled: &Compiled, lang: Lang) -> Vec<HoursRow> {
    let writer = Writer { policy: compiled.policy(), lang };
    let days = compiled.hours().spec().slots.days();
    let open: Vec<Vec<(u16, u16)>> = (0..7).map(|day| open_minutes(days[day], days[(day + 6) % 7])).collect();
    runs(&open)
        .map(|(first, last)| HoursRow {
            days: day_range(&writer, first, last),
            open: open[first]
                .iter()
                .map(|&(from, to)| Open { from_percent: percent(from), to_percent: percent(to) })
                .collect(),
        })
        .collect()
}

pub(super) fn section(writer: &Writer<'_>) -> Vec<Piece> {
    let (policy, hours) = (writer.policy, &writer.policy.hours);
    let mut pieces = Vec::new();
    if let Some(first) = policy.calendars.get(&hours.calendar) {
        let name = writer.text(&first.name);
        pieces.push(piece(hours.origin, writer.say("support-calendar-first", &[("name", name)])));
    }
    pieces.extend(policy.calendars.iter().flat_map(|(_, calendar)| of_calendar(writer, calendar)));
    let regions = policy.regions.iter().map(|(_, region)| of_region(writer, region)).collect();
    pieces.extend(listed(writer.say("support-regions", &[]), regions));
    pieces.extend(policy.holidays.iter().map(|(_, list)| {
        let days = list
            .dates
            .iter()
            .map(|(date, name)| writer.say("support-holiday", &[("date", &day(*date)), ("name", writer.text(name))]));
        let days = writer.list(days);
        item(list.origin, &writer.say("support-holidays", &[("name", writer.text(&list.name)), ("days", &days)]))
    }));
    pieces.push(piece(hours.origin, writer.text(&hours.outside)));
    pieces
}

fn of_calendar(writer: &Writer<'_>, calendar: &Calendar) -> Vec<Piece> {
    let name = writer.text(&calendar.name);
    let hours = week(writer, &calendar.week);
    let line = writer.say("support-calendar", &[("name", name), ("hours", &hours), ("zone", &calendar.zone)]);
    let mut pieces = vec![item(calendar.origin, &line), item(calendar.origin, &holidays(writer, calendar))];
    if let Some(minutes) = calendar.support_day_minutes {
        let length = length(writer, minutes.into());
        let line = writer.say("support-support-day", &[("name", name), ("length", &length)]);
        pieces.push(item(calendar.origin, &line));
    }
    if let Some(emergency) = &calendar.emergency {
        let hours = week(writer, &emergency.week);
        let priorities = writer.list(emergency.priorities.iter().map(|key| writer.priority_name(key)));
        let arguments = [("name", name), ("priorities", priorities.as_str()), ("hours", hours.as_str())];
        let apart = if calendar.origin == Origin::House { Origin::House } else { emergency.origin };
        pieces.push(item(apart, &writer.say("support-emergency", &arguments)));
    }
    if calendar.in_region_zone {
        pieces.push(item(calendar.origin, &writer.say("support-in-region-zone", &[("name", name)])));
    }
    pieces
}

fn of_region(writer: &Writer<'_>, region: &Region) -> Piece {
    let name = writer.text(&region.name);
    let mut line = match &region.about {
        Some(about) => writer.say("support-named", &[("name", name), ("about", writer.text(about))]),
        None => writer.say("support-named-only", &[("name", name)]),
    };
    if let Some(zone) = &region.zone {
        line = writer.say("support-region-zone", &[("region", &line), ("zone", zone)]);
    }
    item(region.origin, &line)
}

/// HRS-4: which days these are, or that nobody said.
fn holidays(writer: &Writer<'_>, calendar: &Calendar) -> String {
    let name = writer.text(&calendar.name);
    let lists: Vec<_> = calendar.holidays.iter().filter_map(|key| writer.policy.holidays.get(key)).collect();
    let names = writer.list(lists.iter().map(|list| writer.text(&list.name).to_owned()));
    let key = match (calendar.closed_on_holidays, lists.iter().any(|list| !list.dates.is_empty())) {
        (false, _) => "support-open-on-holidays",
        (true, false) => "support-unlisted",
        (true, true) => "support-closed-by",
    };
    writer.say(key, &[("name", name), ("lists", &names)])
}

fn week(writer: &Writer<'_>, week: &Week) -> String {
    let days: Vec<Vec<Slot>> = week.days().iter().map(|slots| slots.to_vec()).collect();
    let runs = runs(&days).filter(|(first, _)| !days[*first].is_empty()).map(|(first, last)| {
        let slots = writer.list(
            days[first]
                .iter()
                .map(|slot| writer.say("support-slot", &[("from", &slot.0.to_string()), ("to", &slot.1.to_string())])),
        );
        format!("{} {slots}", day_range(writer, first, last))
    });
    runs.collect::<Vec<_>>().join("; ")
}

/// Neighbouring days that are alike, as first and last.
fn runs<T: PartialEq>(days: &[T]) -> impl Iterator<Item = (usize, usize)> {
    let starts: Vec<usize> = (0..days.len()).filter(|&day| day == 0 || days[day] != days[day - 1]).collect();
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([days.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| (start, end - 1))
}

fn day_range(writer: &Writer<'_>, first: usize, last: usize) -> String {
    let name = |day: usize| writer.say(&format!("support-day-{}", DAY_NAMES[day]), &[]);
    match last - first {
        0 => name(first),
        1 => format!("{}, {}", name(first), name(last)),
        _ => writer.say("support-days-range", &[("first", &name(first)), ("last", &name(last))]),
    }
}

/// In local minutes: a day's own slots up to midnight, and what the day before leaves.
fn open_minutes(slots: &[Slot], before: &[Slot]) -> Vec<(u16, u16)> {
    const DAY: u16 = 1440;
    let own = slots.iter().map(|Slot(from, to)| {
        let (from, to) = (from.minutes(), to.minutes());
        (from, if to <= from { DAY } else { to })
    });
    let rest = before.iter().filter(|Slot(from, to)| to < from && to.minutes() > 0);
    let mut open: Vec<(u16, u16)> = rest.map(|Slot(_, to)| (0, to.minutes())).chain(own).collect();
    open.sort_unstable();
    open
}

fn percent(minutes: u16) -> f32 {
    f32::from(minutes) / 14.4
}

pub(super) fn length(writer: &Writer<'_>, minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => writer.count("support-length-minutes", minutes),
        (hours, 0) => writer.count("support-length-hours", hours),
        (hours, minutes) => {
            let parts = [writer.count("support-length-hours", hours), writer.count("support-length-minutes", minutes)];
            writer.list(parts)
        }
    }
}

/// `Fri 25 Dec 2026`.
fn day(date: Date) -> String {
    date.strftime("%a %-d %b %Y").to_string()
}
