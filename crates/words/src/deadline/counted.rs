//! A length in working days: where it starts, which dates count, and where in the last one it ends.

use jiff::civil::Date;
use rules::calendar::Until;

use super::Deadline;
use crate::time::{Watch, weekday};

/// Days that are named one by one; of more the middle is folded.
const NAMED_DAYS: u16 = 4;

pub(super) fn path(desk: &Watch<'_>, deadline: &Deadline<'_>, days: u16, until: Until) -> Vec<String> {
    let Ok(opens) = deadline.calendar.next_open(deadline.filed) else { return Vec::new() };
    let mut path = Vec::new();
    if opens > deadline.filed {
        path.push(desk.lang.say("deadline-opens", &[("when", desk.moment(opens).into())]));
    }
    let first = deadline.calendar.working_day_of(opens);
    path.extend(days_after(desk, deadline, first, days));
    path.push(place(desk, deadline, opens, until));
    path
}

/// "Thursday is working day 1", "Friday is working day 2".
fn days_after(desk: &Watch<'_>, deadline: &Deadline<'_>, first: Date, days: u16) -> Vec<String> {
    let mut said = Vec::new();
    let (mut date, mut last, mut n) = (first, first, 0);
    while n < days {
        let Ok(next) = date.tomorrow() else { break };
        date = next;
        if !deadline.calendar.is_working_day(date) {
            continue;
        }
        n += 1;
        if days > NAMED_DAYS && 1 < n && n < days {
            last = date;
            continue;
        }
        if days > NAMED_DAYS && n == days {
            said.push(folded(desk, first, last, days - 1));
        }
        let day =
            if (date - first).get_days() < 7 { weekday(desk.lang, date.weekday()).to_owned() } else { desk.date(date) };
        said.push(desk.lang.say("deadline-counts", &[("day", day.into()), ("n", n.to_string().into())]));
    }
    said
}

fn folded(desk: &Watch<'_>, first: Date, last: Date, n: u16) -> String {
    let skips = i64::from((last - first).get_days()) > i64::from(n);
    let key = if skips { "deadline-counts-many" } else { "deadline-counts-many-plain" };
    desk.lang.say(key, &[("n", n.to_string().into()), ("day", desk.date(last).into())])
}

/// Where in the last day it ends.
fn place(desk: &Watch<'_>, deadline: &Deadline<'_>, opens: rules::instant::Instant, until: Until) -> String {
    let time = desk.time(opens);
    match until {
        Until::EndOfDay => desk.lang.say("deadline-end-of-day", &[]),
        Until::SameTime if time == desk.time(deadline.due) => desk.lang.say("deadline-same-time", &[]),
        Until::SameTime => desk.lang.say("deadline-nearest-time", &[("time", time.into())]),
    }
}
