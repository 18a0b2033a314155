//! That forms can be filled in: choices to choose from, conditions that can hold, nothing that is never asked.

use super::Findings;
use crate::policy::{Detail, DetailKind, Policy, RequestType, When};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    for (key, detail) in policy.details.iter() {
        let path = format!("details.{key}");
        choices(policy, &path, detail, found);
        condition(policy, &format!("{path}.when"), detail.when.as_ref(), found);
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
    if when.deployment.is_empty() && when.area.is_empty() {
        let name = path.rsplit('.').next().unwrap_or(path);
        found.fault(
            path,
            "the condition names nothing, so it always holds",
            format!("name a deployment or an area, or leave `{name}` out"),
        );
    }
}

/// A condition on what the form does not ask would never hold.
fn askable(policy: &Policy, path: &str, entry: &RequestType, found: &mut Findings<'_>) {
    let asks = |kind: DetailKind| {
        entry.details.iter().any(|key| policy.details.get(key).is_some_and(|detail| detail.kind == kind))
    };
    let (deployment, area) = (asks(DetailKind::Deployment), asks(DetailKind::Area));
    let details = entry.details.iter().enumerate().map(|(at, key)| {
        (format!("{path}.details.{at}"), key.as_str(), policy.details.get(key).and_then(|detail| detail.when.as_ref()))
    });
    let ticks = entry.ticks.iter().enumerate().map(|(at, key)| {
        (format!("{path}.ticks.{at}"), key.as_str(), policy.ticks.get(key).and_then(|tick| tick.when.as_ref()))
    });
    for (here, key, when) in details.chain(ticks) {
        let Some(when) = when else { continue };
        let missing = match (!when.deployment.is_empty() && !deployment, !when.area.is_empty() && !area) {
            (true, _) => "deployment",
            (_, true) => "area",
            _ => continue,
        };
        let message =
            format!("`{key}` is asked depending on the {missing}, but this form does not ask for the {missing}");
        found.fault(
            &here,
            message,
            format!("add a detail of `kind = \"{missing}\"` to the type, or leave `{key}` out"),
        );
    }
}
