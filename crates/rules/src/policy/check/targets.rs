//! That every line of the targets can win, and that every clock has a length.

use super::Findings;
use crate::{
    events::TargetKind,
    keys::{CalendarKey, PlanKey, PriorityKey, TypeKey},
    policy::{Clock, Column, Line, Policy, Target, TargetLength},
    sla::About,
};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    lines(policy, "targets", &policy.targets, found);
    for (key, plan) in policy.plans.iter() {
        lines(policy, &format!("plans.{key}.targets"), &plan.targets, found);
    }
    every_clock_has_a_length(policy, found);
    every_support_day_has_a_length(policy, found);
    for (key, _) in policy.calendars.iter() {
        let all = policy.targets.iter().chain(policy.plans.iter().flat_map(|(_, plan)| &plan.targets));
        if *key != policy.hours.calendar && !all.into_iter().any(|line| line.calendar.as_ref() == Some(key)) {
            let message = format!("nothing counts by the calendar `{key}`");
            found.warn(&format!("calendars.{key}"), message, "name it in a line of the targets, or remove it");
        }
    }
}

fn lines(policy: &Policy, path: &str, lines: &[Line], found: &mut Findings<'_>) {
    for (at, line) in lines.iter().enumerate() {
        let here = format!("{path}.{at}");
        names(policy, &here, line, found);
        let stated: Vec<&str> = columns(line).collect();
        if stated.is_empty() {
            found.fault(
                &here,
                "this line states nothing",
                "add a target such as `first_response = \"8 working hours\"`, or remove the line",
            );
        }
        let about =
            |line: &'_ Line| (line.request_type.clone(), line.priority.clone(), line.region.clone(), line.escalated);
        let same = |other: &&Line| about(other) == about(line);
        let before: Vec<&str> = lines[..at].iter().filter(same).flat_map(columns).collect();
        for column in stated.into_iter().filter(|column| before.contains(column)) {
            let message =
                format!("an earlier line for the same requests already states `{column}`, so this one never wins");
            found.fault(&format!("{here}.{column}"), message, "keep one of the two");
        }
    }
}

/// What a line states, by the keys of the file.
fn columns(line: &Line) -> impl Iterator<Item = &'static str> {
    let targets = Column::ALL.map(|column| line.target(column).map(|_| column.key()));
    let others = [line.calendar.as_ref().map(|_| "calendar"), line.best_effort.map(|_| "best_effort")];
    targets.into_iter().chain(others).flatten()
}

fn names(policy: &Policy, here: &str, line: &Line, found: &mut Findings<'_>) {
    if let Some(calendar) = &line.calendar {
        found.refers(&format!("{here}.calendar"), calendar, "calendars", &policy.calendars);
    }
    if let Some(region) = &line.region {
        found.refers(&format!("{here}.region"), region, "regions", &policy.regions);
    }
    let priority = line
        .priority
        .as_ref()
        .filter(|key| found.refers(&format!("{here}.priority"), *key, "priorities", &policy.priorities));
    let Some(request_type) = &line.request_type else {
        return;
    };
    if !found.refers(&format!("{here}.type"), request_type, "types", &policy.types) {
        return;
    }
    if policy.request_type(request_type).is_some_and(|entry| entry.clock == Clock::None) {
        let message = format!("`{request_type}` has no clock, so this line never wins");
        found.fault(
            &format!("{here}.type"),
            message,
            format!("remove the line, or `clock = \"none\"` from `types.{request_type}`"),
        );
    }
    if let Some(priority) = priority.filter(|key| policy.clamp(request_type, key) != **key) {
        let message = format!("`{request_type}` is never `{priority}`, so this line never wins");
        found.fault(&format!("{here}.priority"), message, "name a priority of the type's range");
    }
}

fn every_clock_has_a_length(policy: &Policy, found: &mut Findings<'_>) {
    let plans = plans(policy);
    for (request_type, _) in policy.types.iter().filter(|(_, entry)| entry.clock == Clock::Runs) {
        let answered = |priority: &&PriorityKey| {
            plans.iter().all(|plan| {
                let about = about(request_type, priority, plan.as_ref());
                policy.applied(TargetKind::FirstResponse, &about).target_by.is_some()
            })
        };
        if let Some(priority) = policy.allowed(request_type, None).into_iter().find(|priority| !answered(priority)) {
            let message =
                format!("a clock runs for `{request_type}`, but no line says how long for priority `{priority}`");
            let fix = "add a line to `[[targets]]`; `first_response = \"none\"` says that there is no target";
            found.fault(&format!("types.{request_type}"), message, fix);
        }
    }
}

/// PLN-2: a support day is as long as the calendar states.
fn every_support_day_has_a_length(policy: &Policy, found: &mut Findings<'_>) {
    let counts = |key: &CalendarKey, about: &About| {
        TARGET_KINDS.into_iter().any(|kind| {
            let applied = policy.applied(kind, about);
            applied.calendar == key && matches!(applied.target, Target::Within(TargetLength::SupportDays(_)))
        })
    };
    let abouts = every_request(policy);
    for (key, _) in policy.calendars.iter().filter(|(_, calendar)| calendar.support_day_minutes.is_none()) {
        if let Some(about) = abouts.iter().find(|about| counts(key, about)) {
            let (request_type, priority) = (&about.request_type, &about.priority);
            let plan = about.plan.as_ref().map_or(String::new(), |plan| format!(" of the plan `{plan}`"));
            let message = format!(
                "`{request_type}` with `{priority}`{plan} has a target in support days by this calendar, which does \
                 not say how long such a day is"
            );
            found.fault(&format!("calendars.{key}"), message, "add `support_day_minutes = 540`, for a day of 9 hours");
        }
    }
}

/// Every type, priority, plan and region that can come together, newly filed and reopened, escalated and not.
fn every_request(policy: &Policy) -> Vec<About> {
    let mut abouts = Vec::new();
    for plan in plans(policy) {
        for request_type in policy.types.keys() {
            for priority in policy.allowed(request_type, None) {
                let first = about(request_type, priority, plan.as_ref());
                for region in std::iter::once(None).chain(policy.regions.keys().cloned().map(Some)) {
                    for (escalated, reopened) in [(false, false), (false, true), (true, false), (true, true)] {
                        abouts.push(About { region: region.clone(), escalated, reopened, ..first.clone() });
                    }
                }
            }
        }
    }
    abouts
}

const TARGET_KINDS: [TargetKind; 5] = [
    TargetKind::FirstResponse,
    TargetKind::NextResponse,
    TargetKind::Update,
    TargetKind::Workaround,
    TargetKind::Resolution,
];

/// Everybody without a plan, and each plan.
fn plans(policy: &Policy) -> Vec<Option<PlanKey>> {
    std::iter::once(None).chain(policy.plans.keys().cloned().map(Some)).collect()
}

fn about(request_type: &TypeKey, priority: &PriorityKey, plan: Option<&PlanKey>) -> About {
    About {
        request_type: request_type.clone(),
        priority: priority.clone(),
        plan: plan.cloned(),
        region: None,
        escalated: false,
        reopened: false,
    }
}
