//! That calendars open, close and count as they say.

use super::Findings;
use crate::policy::{Calendar, Policy};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    found.refers(
        "hours.calendar",
        &policy.hours.calendar,
        "calendars",
        &policy.calendars,
    );
    for (key, calendar) in policy.calendars.iter() {
        let path = format!("calendars.{key}");
        found.refer(
            &format!("{path}.holidays"),
            &calendar.holidays,
            "holidays",
            &policy.holidays,
        );
        opens(&path, calendar, found);
        holidays(policy, &path, calendar, found);
    }
    for (key, _) in policy.holidays.iter() {
        if !policy
            .calendars
            .iter()
            .any(|(_, calendar)| calendar.holidays.contains(key))
        {
            let message = format!("no calendar is closed on the days of `{key}`");
            found.warn(
                &format!("holidays.{key}"),
                message,
                "name it in the `holidays` of a calendar, or remove it",
            );
        }
    }
}

fn opens(path: &str, calendar: &Calendar, found: &mut Findings<'_>) {
    if calendar.week.days().iter().all(|slots| slots.is_empty()) {
        let message = "this calendar never opens, so no target that counts by it could be met";
        found.fault(
            path,
            message,
            "give at least one day a slot, such as `mon = [\"08:00-18:00\"]`",
        );
    }
}

/// HRS-4: a desk that closes on holidays says which days these are.
fn holidays(policy: &Policy, path: &str, calendar: &Calendar, found: &mut Findings<'_>) {
    let lists = calendar
        .holidays
        .iter()
        .filter_map(|key| policy.holidays.get(key));
    let listed = lists.map(|list| list.dates.len()).sum::<usize>();
    if calendar.closed_on_holidays && listed == 0 {
        let message = "it is closed on holidays, but no date is listed; the clock runs on such days, and the page says that the list is missing";
        found.warn(
            path,
            message,
            "list the dates in `[holidays.…]` and name that list in `holidays`",
        );
    }
    if !calendar.closed_on_holidays && !calendar.holidays.is_empty() {
        let message = "holidays are named, but `closed_on_holidays = false` opens the desk on them";
        found.fault(
            &format!("{path}.holidays"),
            message,
            "remove one of the two",
        );
    }
}
