//! That forms can be filled in: choices to choose from, conditions that can hold, nothing that is never asked.

use super::Findings;
use crate::policy::{Detail, DetailKind, Policy, RequestType, When};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    for (key, detail) in policy.details.iter() {
        let path = format!("details.{key}");
        choices(policy, &path, detail, found);
        condition(policy, &format!("{path}.when"), detail.when.as_ref(), found);
        requirement(policy, &path, detail, found);
        underneath(&path, detail, found);
        ways(policy, &path, detail, found);
        if !policy.types.iter().any(|(_, entry)| entry.details.contains(key)) {
            found.warn(&path, format!("no type asks for `{key}`"), "name it in the `details` of a type, or remove it");
        }
    }
    for (key, tick) in policy.ticks.iter() {
        let path = format!("ticks.{key}");
        condition(policy, &format!("{path}.when"), tick.when.as_ref(), found);
        if !policy.types.iter().any(|(_, entry)| entry.ticks.contains(key)) {
            found.warn(&path, format!("no type asks for `{key}`"), "name it in the `ticks` of a type, or remove it");
        }
    }
    let unknown = policy.versions.as_ref().and_then(|versions| versions.unknown_if.as_ref());
    condition(policy, "versions.unknown_if", unknown, found);
    for (key, entry) in policy.types.iter() {
        askable(policy, &format!("types.{key}"), entry, found);
        bars(policy, &format!("types.{key}.priorities"), entry, found);
    }
}

fn choices(policy: &Policy, path: &str, detail: &Detail, found: &mut Findings<'_>) {
    let nothing = match detail.kind {
        DetailKind::Choice => detail.choices.is_empty().then_some("choices"),
        DetailKind::Deployment => policy.deployments.is_empty().then_some("[deployments]"),
        DetailKind::Area => policy.areas.is_empty().then_some("[areas]"),
        DetailKind::Line | DetailKind::Text | DetailKind::File | DetailKind::TextFile | DetailKind::Version => None,
    };
    if let Some(missing) = nothing {
        let message = format!("there is nothing to choose from: `{missing}` is missing or empty");
        found.fault(&format!("{path}.kind"), message, "add what can be chosen, or ask in another kind, such as `line`");
    }
    if detail.kind != DetailKind::Choice && !detail.choices.is_empty() {
        let message = "there are choices, but the kind is another, so nobody would see them";
        found.fault(&format!("{path}.choices"), message, "write `kind = \"choice\"`, or remove the choices");
    }
}

fn condition(policy: &Policy, path: &str, when: Option<&When>, found: &mut Findings<'_>) {
    let Some(when) = when else { return };
    found.refer(&format!("{path}.deployment"), &when.deployment, "deployments", &policy.deployments);
    found.refer(&format!("{path}.area"), &when.area, "areas", &policy.areas);
    for (detail, choices) in when.choice.iter() {
        let here = format!("{path}.choice.{detail}");
        let known = found.refers(&here, detail, "details", &policy.details);
        let asked = policy.details.get(detail).filter(|_| known);
        if asked.is_some_and(|asked| asked.kind != DetailKind::Choice) {
            let message = format!("`{detail}` is no choice, so nothing could be chosen there");
            found.fault(&here, message, "name a detail of `kind = \"choice\"`");
        } else if let Some(asked) = asked {
            found.refer(&here, choices, &format!("details.{detail}.choices"), &asked.choices);
        }
    }
    if when.is_empty() {
        let name = path.rsplit('.').next().unwrap_or(path);
        found.fault(
            path,
            "the condition names nothing, so it always holds",
            format!("name a deployment, an area or a choice, or leave `{name}` out"),
        );
    }
}

/// PLN-4: what is required anyway needs no condition.
fn requirement(policy: &Policy, path: &str, detail: &Detail, found: &mut Findings<'_>) {
    let here = format!("{path}.required_if");
    condition(policy, &here, detail.required_if.as_ref(), found);
    if detail.required && detail.required_if.is_some() {
        found.fault(&here, "it is required everywhere already", "leave `required` out, or this");
    }
}

/// BUG-8: what is compared has a name, and is typed on a line.
fn underneath(path: &str, detail: &Detail, found: &mut Findings<'_>) {
    let Some(name) = &detail.runs_on else { return };
    let here = format!("{path}.runs_on");
    if name.trim().is_empty() {
        found.fault(
            &here,
            "it is empty, so no release could say what it needs",
            "name a product, such as `PostgreSQL`",
        );
    }
    if detail.kind != DetailKind::Line {
        let message = "a version is read from a line, and the kind is another";
        found.fault(&here, message, "write `kind = \"line\"`, or remove it");
    }
}

/// LOG-1: commands stand beside text files only.
fn ways(policy: &Policy, path: &str, detail: &Detail, found: &mut Findings<'_>) {
    for (key, way) in detail.how.iter() {
        condition(policy, &format!("{path}.how.{key}.when"), way.when.as_ref(), found);
    }
    if detail.kind != DetailKind::TextFile && !detail.how.is_empty() {
        let message = "there are commands, but the kind is another, so nobody would see them";
        found.fault(&format!("{path}.how"), message, "write `kind = \"text_file\"`, or remove them");
    }
}

/// PLN-4: a priority with a condition is one of the type's, and something is left to choose where it does not hold.
fn bars(policy: &Policy, path: &str, entry: &RequestType, found: &mut Findings<'_>) {
    for (priority, only) in entry.priorities.only_if.iter() {
        let here = format!("{path}.only_if.{priority}");
        condition(policy, &format!("{here}.when"), Some(&only.when), found);
        if !found.refers(&here, priority, "priorities", &policy.priorities) {
            continue;
        }
        let rank = |key| policy.rank_of(key);
        let range = rank(&entry.priorities.highest)..=rank(&entry.priorities.lowest);
        if !range.contains(&rank(priority)) {
            let message = format!("this type is never `{priority}`, so the condition is never asked");
            found.fault(&here, message, "name a priority of its range, or remove the condition");
        }
        for (name, free) in [("lowest", &entry.priorities.lowest), ("default", &entry.priorities.default)] {
            if free == priority {
                let message = format!("`{priority}` is its `{name}` priority, so nothing would be left to choose");
                found.fault(&here, message, format!("choose a `{name}` priority without a condition"));
            }
        }
        if let Some(missing) = unasked(policy, entry, &only.when) {
            let message =
                format!("`{priority}` depends on the {missing}, but this form does not ask for the {missing}");
            found.fault(&format!("{here}.when"), message, format!("ask for the {missing} in `details`, or remove it"));
        }
    }
}

/// A condition on what the form does not ask would never hold.
fn askable(policy: &Policy, path: &str, entry: &RequestType, found: &mut Findings<'_>) {
    for (at, key) in entry.details.iter().enumerate() {
        let Some(detail) = policy.details.get(key) else { continue };
        let ways = detail.how.iter().filter_map(|(_, way)| way.when.as_ref());
        for when in detail.when.iter().chain(&detail.required_if).chain(ways) {
            asks(policy, (&format!("{path}.details.{at}"), key.as_str()), (entry, when), found);
        }
    }
    for (at, key) in entry.ticks.iter().enumerate() {
        if let Some(when) = policy.ticks.get(key).and_then(|tick| tick.when.as_ref()) {
            asks(policy, (&format!("{path}.ticks.{at}"), key.as_str()), (entry, when), found);
        }
    }
}

fn asks(policy: &Policy, (here, key): (&str, &str), (entry, when): (&RequestType, &When), found: &mut Findings<'_>) {
    let Some(missing) = unasked(policy, entry, when) else { return };
    let message = format!("`{key}` is asked depending on the {missing}, but this form does not ask for the {missing}");
    let add = match missing.as_str() {
        "deployment" | "area" => format!("add a detail of `kind = \"{missing}\"` to the type"),
        _ => format!("add the {missing} to the type"),
    };
    found.fault(here, message, format!("{add}, or leave `{key}` out"));
}

/// What a condition goes by and a form does not ask for.
fn unasked(policy: &Policy, entry: &RequestType, when: &When) -> Option<String> {
    let asks = |kind: DetailKind| {
        entry.details.iter().any(|key| policy.details.get(key).is_some_and(|detail| detail.kind == kind))
    };
    if !when.deployment.is_empty() && !asks(DetailKind::Deployment) {
        return Some("deployment".to_owned());
    }
    if !when.area.is_empty() && !asks(DetailKind::Area) {
        return Some("area".to_owned());
    }
    when.choice.keys().find(|key| !entry.details.contains(key)).map(|key| format!("detail `{key}`"))
}
