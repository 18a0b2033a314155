//! A length of open time: how much of it fell on which date, and why nothing fell on the others.

use jiff::{SignedDuration, civil::Date};
use rules::{calendar::Hours, instant::Instant};

use super::Deadline;
use crate::time::{Watch, length, weekday};

/// Closed dates in a row that are named one by one; more are folded.
const NAMED_CLOSURES: usize = 3;
/// Dates with open time that are named one by one; more are folded.
const NAMED_DAYS: usize = 5;

/// What one local date, or a run of them, has to do with the deadline.
enum Item {
    Open {
        date: Date,
        time: SignedDuration,
    },
    Closed(Closure),
    /// A run of closures, folded.
    Until {
        date: Date,
        why: Vec<&'static str>,
    },
    /// A run of days, folded.
    Many {
        time: SignedDuration,
        days: usize,
        until: Date,
    },
}

enum Closure {
    Weekend,
    DayOff(Date),
    Holiday { date: Date, name: Option<String> },
}

pub(super) fn path(desk: &Watch<'_>, deadline: &Deadline<'_>) -> Vec<String> {
    let items = fold_days(fold_closures(items(deadline), desk.zone.to_datetime(deadline.due.timestamp()).date()));
    let filed = desk.zone.to_datetime(deadline.filed.timestamp()).date();
    let said = items.into_iter().map(|item| say(desk, filed, item));
    let opens = deadline.calendar.next_open(deadline.filed).ok().filter(|opens| {
        // Filed at night before working hours of the same date: nothing else would say why it starts later.
        *opens > deadline.filed && desk.zone.to_datetime(opens.timestamp()).date() == filed && *opens < deadline.due
    });
    let opens = opens.map(|opens| desk.lang.say("deadline-opens", &[("when", desk.time(opens).into())]));
    opens.into_iter().chain(said).collect()
}

fn items(deadline: &Deadline<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for stretch in deadline.calendar.stretches(deadline.filed, deadline.due) {
        match stretch.hours {
            Hours::Open => add_open(&mut items, deadline, (stretch.from, stretch.to)),
            Hours::OutsideHours => {}
            Hours::Weekend => items.push(Item::Closed(Closure::Weekend)),
            Hours::DayOff(_) => items.push(Item::Closed(Closure::DayOff(deadline.calendar.date_of(stretch.from)))),
            Hours::Holiday { date, name } => {
                items.push(Item::Closed(Closure::Holiday { date, name: name.map(str::to_owned) }));
            }
        }
    }
    items
}

/// Open time, cut at every local midnight and summed by date. Each part is what lies between the minutes that are
/// shown for its ends, so that all of them add up to the length and to what the clock says (FRT-6).
fn add_open(items: &mut Vec<Item>, deadline: &Deadline<'_>, (mut from, to): (Instant, Instant)) {
    while from < to {
        let date = deadline.calendar.date_of(from);
        let end = deadline.calendar.next_date(from).min(to);
        let time = SignedDuration::from_mins(minute(end) - minute(from));
        match items.last_mut() {
            Some(Item::Open { date: last, time: sum }) if *last == date => *sum += time,
            _ => items.push(Item::Open { date, time }),
        }
        from = end;
    }
}

/// The minute that an instant is shown as.
fn minute(at: Instant) -> i64 {
    at.micros().div_euclid(60_000_000)
}

/// More than a few closed dates in a row become "closed until Mon 4 Jan (holidays, weekend)".
fn fold_closures(items: Vec<Item>, due: Date) -> Vec<Item> {
    let mut folded = Vec::new();
    let mut run = Vec::new();
    for item in items {
        match item {
            Item::Closed(closure) => run.push(closure),
            open => {
                let next = if let Item::Open { date, .. } = open { date } else { due };
                close_run(&mut folded, &mut run, next);
                folded.push(open);
            }
        }
    }
    close_run(&mut folded, &mut run, due);
    folded
}

fn close_run(folded: &mut Vec<Item>, run: &mut Vec<Closure>, next: Date) {
    let entries = std::mem::take(run);
    if entries.len() < NAMED_CLOSURES {
        folded.extend(entries.into_iter().map(Item::Closed));
        return;
    }
    let mut why = Vec::new();
    for closure in &entries {
        let key = match closure {
            Closure::Weekend => "deadline-why-weekend",
            Closure::DayOff(_) => "deadline-why-days-off",
            Closure::Holiday { .. } => "deadline-why-holidays",
        };
        if !why.contains(&key) {
            why.push(key);
        }
    }
    folded.push(Item::Until { date: next, why });
}

/// Of many days the first and the last are named, and what lies between becomes one line.
fn fold_days(items: Vec<Item>) -> Vec<Item> {
    let is_open = |item: &&Item| matches!(item, Item::Open { .. });
    let days = items.iter().filter(is_open).count();
    if days <= NAMED_DAYS {
        return items;
    }
    let first = items.iter().position(|item| is_open(&item)).unwrap_or(0);
    let last = items.iter().rposition(|item| is_open(&item)).unwrap_or(0);
    let (mut time, mut until, mut folded) = (SignedDuration::ZERO, None, Vec::new());
    for (at, item) in items.into_iter().enumerate() {
        match item {
            Item::Open { date, time: more } if first < at && at < last => (time, until) = (time + more, Some(date)),
            _ if first < at && at < last => {}
            item => {
                if let Some(until) = until.take_if(|_| at == last) {
                    folded.push(Item::Many { time, days: days - 2, until });
                }
                folded.push(item);
            }
        }
    }
    folded
}

fn say(desk: &Watch<'_>, filed: Date, item: Item) -> String {
    let lang = desk.lang;
    // Within a week the weekday says which day it is.
    let day = |date: Date| {
        if (date - filed).get_days() < 7 { weekday(lang, date.weekday()).to_owned() } else { desk.date(date) }
    };
    match item {
        Item::Open { date, time } => {
            lang.say("deadline-open", &[("length", length(lang, time).into()), ("day", day(date).into())])
        }
        Item::Closed(Closure::Weekend) => lang.say("deadline-weekend", &[]),
        Item::Closed(Closure::DayOff(date)) => lang.say("deadline-day-off", &[("day", day(date).into())]),
        Item::Closed(Closure::Holiday { date, name: None }) => {
            lang.say("deadline-holiday", &[("day", day(date).into())])
        }
        Item::Closed(Closure::Holiday { date, name: Some(name) }) => {
            lang.say("deadline-holiday-named", &[("day", day(date).into()), ("name", name.into())])
        }
        Item::Until { date, why } => {
            let why = list_of(desk, &why);
            lang.say("deadline-closed-until", &[("day", desk.date(date).into()), ("why", why.into())])
        }
        Item::Many { time, days, until } => {
            let (time, days) = (length(lang, time), days.to_string());
            let arguments = [("length", time.into()), ("days", days.into()), ("day", desk.date(until).into())];
            lang.say("deadline-many", &arguments)
        }
    }
}

fn list_of(desk: &Watch<'_>, why: &[&'static str]) -> String {
    why.iter().map(|key| desk.lang.say(key, &[])).collect::<Vec<_>>().join(", ")
}
