//! That calendars open, close and count as they say.

use super::Findings;
use crate::{
    calendar::{self, CalendarFault, DAY_NAMES},
    policy::{Calendar, Keyed, Policy},
};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    found.refers("hours.calendar", &policy.hours.calendar, "calendars", &policy.calendars);
    for (key, calendar) in policy.calendars.iter() {
        let path = format!("calendars.{key}");
        found.refer(&format!("{path}.holidays"), &calendar.holidays, "holidays", &policy.holidays);
        opens(&path, calendar, found);
        emergency(policy, &path, calendar, found);
        if calendar.in_region_zone && !policy.regions.iter().any(|(_, region)| region.zone.is_some()) {
            let message = "it goes by the clock of the region, but no region states a zone";
            found.fault(&format!("{path}.in_region_zone"), message, "add `zone` to a region, or leave this out");
        }
        holidays(policy, &path, calendar, found);
    }
    for (key, _) in policy.regions.iter() {
        let lines = policy.targets.iter().chain(policy.plans.iter().flat_map(|(_, plan)| &plan.targets));
        let has_zone = policy.regions.get(key).is_some_and(|region| region.zone.is_some());
        let is_read = has_zone && policy.calendars.iter().any(|(_, calendar)| calendar.in_region_zone);
        if !is_read && !lines.into_iter().any(|line| line.region.as_ref() == Some(key)) {
            let message = format!("nothing depends on the region `{key}`");
            found.warn(&format!("regions.{key}"), message, "name it in a line of the targets, or remove it");
        }
    }
    for (key, _) in policy.holidays.iter() {
        if !policy.calendars.iter().any(|(_, calendar)| calendar.holidays.contains(key)) {
            let message = format!("no calendar is closed on the days of `{key}`");
            found.warn(&format!("holidays.{key}"), message, "name it in the `holidays` of a calendar, or remove it");
        }
    }
}

/// PLN-3: hours for named priorities only.
fn emergency(policy: &Policy, path: &str, calendar: &Calendar, found: &mut Findings<'_>) {
    let Some(emergency) = &calendar.emergency else { return };
    let path = format!("{path}.emergency");
    found.refer(&format!("{path}.priorities"), &emergency.priorities, "priorities", &policy.priorities);
    if emergency.priorities.is_empty() {
        let message = "no priority is named, so these hours are open to nobody";
        found.fault(&format!("{path}.priorities"), message, "name the priorities that they are for");
    }
    opens(&path, &Calendar { week: emergency.week.clone(), ..calendar.clone() }, found);
}

fn opens(path: &str, calendar: &Calendar, found: &mut Findings<'_>) {
    match calendar::Calendar::build(&calendar.spec(&Keyed::default(), "")) {
        Ok(_) => {}
        Err(CalendarFault::NeverOpens) => {
            let message = "this calendar never opens, so no target that counts by it could be met";
            found.fault(path, message, "give at least one day a slot, such as `mon = [[\"08:00\", \"18:00\"]]`");
        }
        Err(
            fault @ (CalendarFault::EmptySlot { weekday, slot } | CalendarFault::BeginsAtEndOfDay { weekday, slot }),
        ) => {
            let day = DAY_NAMES.iter().position(|name| *name == weekday).unwrap_or_default();
            let at = calendar.week.days()[day].iter().position(|written| *written == slot).unwrap_or_default();
            let fix = "a slot begins from 00:00 to 23:59, and ends later, at 24:00, or past midnight";
            found.fault(&format!("{path}.week.{weekday}.{at}"), fault.to_string(), fix);
        }
        Err(fault @ CalendarFault::UnknownZone { .. }) => {
            found.fault(&format!("{path}.zone"), fault.to_string(), "use the name of the IANA database");
        }
    }
}

/// HRS-4: a desk that closes on holidays says which days these are.
fn holidays(policy: &Policy, path: &str, calendar: &Calendar, found: &mut Findings<'_>) {
    let lists = calendar.holidays.iter().filter_map(|key| policy.holidays.get(key));
    let listed = lists.map(|list| list.dates.len()).sum::<usize>();
    if calendar.closed_on_holidays && listed == 0 {
        let message = "it is closed on holidays, but no date is listed; the clock runs on such days, and the page says that the list is missing";
        found.warn(path, message, "list the dates in `[holidays.…]` and name that list in `holidays`");
    }
    if !calendar.closed_on_holidays && !calendar.holidays.is_empty() {
        let message = "holidays are named, but `closed_on_holidays = false` opens the desk on them";
        found.fault(&format!("{path}.holidays"), message, "remove one of the two");
    }
}
