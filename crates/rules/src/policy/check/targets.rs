//! That every line of the targets can win, and that every clock has a length.

use super::Findings;
use crate::{
    events::TargetKind,
    keys::PlanKey,
    policy::{Clock, Line, Matter, Policy, Target, TargetLength},
};

const KINDS: [(TargetKind, &str); 5] = [
    (TargetKind::FirstResponse, "first_response"),
    (TargetKind::NextResponse, "next_response"),
    (TargetKind::Update, "update"),
    (TargetKind::Workaround, "workaround"),
    (TargetKind::Resolution, "resolution"),
];

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    lines(policy, "targets", &policy.targets, found);
    for (key, plan) in policy.plans.iter() {
        lines(
            policy,
            &format!("plans.{key}.targets"),
            &plan.targets,
            found,
        );
    }
    every_clock_has_a_length(policy, found);
    every_support_day_has_a_length(policy, found);
    for (key, _) in policy.calendars.iter() {
        let all = policy
            .targets
            .iter()
            .chain(policy.plans.iter().flat_map(|(_, plan)| &plan.targets));
        if *key != policy.hours.calendar
            && !all
                .into_iter()
                .any(|line| line.calendar.as_ref() == Some(key))
        {
            let message = format!("nothing counts by the calendar `{key}`");
            found.warn(
                &format!("calendars.{key}"),
                message,
                "name it in a line of the targets, or remove it",
            );
        }
    }
}

fn lines(policy: &Policy, path: &str, lines: &[Line], found: &mut Findings<'_>) {
    for (at, line) in lines.iter().enumerate() {
        let here = format!("{path}.{at}");
        names(policy, &here, line, found);
        let stated: Vec<&str> = columns(line).into_iter().flatten().collect();
        if stated.is_empty() {
            found.fault(
                &here,
                "this line states nothing",
                "add a target such as `first_response = \"8 working hours\"`, or remove the line",
            );
        }
        let same = |other: &&Line| {
            (&other.request_type, &other.priority) == (&line.request_type, &line.priority)
        };
        let before: Vec<&str> = lines[..at]
            .iter()
            .filter(same)
            .flat_map(columns)
            .flatten()
            .collect();
        for column in stated.into_iter().filter(|column| before.contains(column)) {
            let message = format!(
                "an earlier line for the same requests already states `{column}`, so this one never wins"
            );
            found.fault(&format!("{here}.{column}"), message, "keep one of the two");
        }
    }
}

fn columns(line: &Line) -> [Option<&'static str>; 7] {
    let [first, next, update, workaround, resolution] =
        KINDS.map(|(kind, column)| line.target(kind).map(|_| column));
    let calendar = line.calendar.as_ref().map(|_| "calendar");
    [
        first,
        next,
        update,
        workaround,
        resolution,
        calendar,
        line.best_effort.map(|_| "best_effort"),
    ]
}

fn names(policy: &Policy, here: &str, line: &Line, found: &mut Findings<'_>) {
    if let Some(calendar) = &line.calendar {
        found.refers(
            &format!("{here}.calendar"),
            calendar,
            "calendars",
            &policy.calendars,
        );
    }
    let priority = line.priority.as_ref().filter(|key| {
        found.refers(
            &format!("{here}.priority"),
            *key,
            "priorities",
            &policy.priorities,
        )
    });
    let Some(request_type) = &line.request_type else {
        return;
    };
    if !found.refers(
        &format!("{here}.type"),
        request_type,
        "types",
        &policy.types,
    ) {
        return;
    }
    if policy
        .request_type(request_type)
        .is_some_and(|entry| entry.clock == Clock::None)
    {
        let message = format!("`{request_type}` has no clock, so this line never wins");
        found.fault(
            &format!("{here}.type"),
            message,
            format!("remove the line, or `clock = \"none\"` from `types.{request_type}`"),
        );
    }
    if let Some(priority) = priority.filter(|key| policy.clamp(request_type, key) != **key) {
        let message = format!("`{request_type}` is never `{priority}`, so this line never wins");
        found.fault(
            &format!("{here}.priority"),
            message,
            "name a priority of the type's range",
        );
    }
}

fn every_clock_has_a_length(policy: &Policy, found: &mut Findings<'_>) {
    for (request_type, entry) in policy
        .types
        .iter()
        .filter(|(_, entry)| entry.clock == Clock::Runs)
    {
        let lacks = policy
            .allowed(request_type, None)
            .into_iter()
            .find(|&priority| {
                let matter = Matter {
                    request_type,
                    priority,
                    plan: None,
                };
                let answered = |plan| {
                    policy
                        .applied(TargetKind::FirstResponse, Matter { plan, ..matter })
                        .target_by
                        .is_some()
                };
                let in_every_plan = || {
                    !policy.plans.is_empty() && policy.plans.keys().all(|plan| answered(Some(plan)))
                };
                !answered(None) && !in_every_plan()
            });
        if let Some(priority) = lacks.filter(|_| entry.clock == Clock::Runs) {
            let message = format!(
                "a clock runs for `{request_type}`, but no line says how long for priority `{priority}`"
            );
            let fix = "add a line to `[[targets]]`; `first_response = \"none\"` says that there is no target";
            found.fault(&format!("types.{request_type}"), message, fix);
        }
    }
}

/// PLN-2: a support day is as long as the calendar states.
fn every_support_day_has_a_length(policy: &Policy, found: &mut Findings<'_>) {
    let plans: Vec<Option<&PlanKey>> = std::iter::once(None)
        .chain(policy.plans.keys().map(Some))
        .collect();
    for (key, calendar) in policy
        .calendars
        .iter()
        .filter(|(_, calendar)| calendar.support_day_minutes.is_none())
    {
        let needs = policy.types.keys().any(|request_type| {
            policy
                .allowed(request_type, None)
                .into_iter()
                .any(|priority| {
                    plans.iter().any(|&plan| {
                        KINDS.iter().any(|(kind, _)| {
                            let applied = policy.applied(
                                *kind,
                                Matter {
                                    request_type,
                                    priority,
                                    plan,
                                },
                            );
                            applied.calendar == key
                                && matches!(
                                    applied.target,
                                    Target::Within(TargetLength::SupportDays(_))
                                )
                        })
                    })
                })
        });
        if needs {
            let message = format!(
                "a target in support days counts by `{key}`, which does not say how long such a day is"
            );
            found.fault(
                &format!("calendars.{key}"),
                message,
                "add `support_day_minutes = 540`, for a day of 9 hours",
            );
        }
        let _ = calendar;
    }
}
