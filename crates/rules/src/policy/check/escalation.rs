//! That an escalation changes something, and that what it changes can come about (PLN-3).

use super::Findings;
use crate::policy::{Escalation, Line, Policy};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    let of_plans = || policy.plans.iter().filter_map(|(key, plan)| Some((key, plan.escalation.as_ref()?)));
    let is_said = |lines: &[Line]| lines.iter().any(|line| line.escalated);
    if let Some(escalation) = &policy.escalation {
        priorities(policy, "escalation", escalation, found);
        if !is_said(&policy.targets) && !policy.plans.iter().any(|(_, plan)| is_said(&plan.targets)) {
            changes_nothing("escalation", found);
        }
    }
    for (key, escalation) in of_plans() {
        let path = format!("plans.{key}.escalation");
        priorities(policy, &path, escalation, found);
        let lines = policy.plan(key).map_or(&[][..], |plan| &plan.targets);
        if !is_said(&policy.targets) && !is_said(lines) {
            changes_nothing(&path, found);
        }
    }
    let anybody = policy.escalation.is_some();
    lines("targets", (&policy.targets, anybody || of_plans().next().is_some()), found);
    for (key, plan) in policy.plans.iter() {
        let may = anybody || plan.escalation.is_some();
        lines(&format!("plans.{key}.targets"), (&plan.targets, may), found);
    }
}

fn priorities(policy: &Policy, path: &str, escalation: &Escalation, found: &mut Findings<'_>) {
    let Some(named) = &escalation.priorities else { return };
    let path = format!("{path}.priorities");
    found.refer(&path, named, "priorities", &policy.priorities);
    if named.is_empty() {
        found.fault(&path, "no priority is named, so nothing could be escalated", "name one, or leave the key out");
    }
}

fn changes_nothing(path: &str, found: &mut Findings<'_>) {
    let message = "requests can be escalated, but no line of the targets says what that changes";
    found.warn(path, message, "add a line with `escalated = true`, such as one with another calendar");
}

fn lines(path: &str, (lines, may): (&[Line], bool), found: &mut Findings<'_>) {
    for (at, _) in lines.iter().enumerate().filter(|(_, line)| line.escalated && !may) {
        let message = "nobody may escalate a request here, so this line never wins";
        let fix = "add `[escalation]`, or one to the plan, with `how = \"…\"`, or remove the line";
        found.fault(&format!("{path}.{at}.escalated"), message, fix);
    }
}
