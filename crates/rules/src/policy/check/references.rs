//! That whatever is named exists, and is named where it makes sense.

use super::Findings;
use crate::{
    events::{Channel, Secrecy},
    policy::{Grows, Migration, Policy, RequestType, Security},
};

pub(super) fn check(policy: &Policy, found: &mut Findings<'_>) {
    if policy.types.is_empty() {
        found.fault("types", "there is no type, so nothing could be filed", "add a table such as `[types.question]`");
    }
    if policy.priorities.is_empty() {
        found.fault("priorities", "there is no priority", "add tables such as `[priorities.high]`, the highest first");
    }
    for (key, entry) in policy.types.iter() {
        request_type(policy, &format!("types.{key}"), entry, found);
    }
    for (key, plan) in policy.plans.iter() {
        let path = format!("plans.{key}");
        found.refer(&format!("{path}.types"), plan.types.as_deref().unwrap_or_default(), "types", &policy.types);
        let priorities = plan.priorities.as_deref().unwrap_or_default();
        found.refer(&format!("{path}.priorities"), priorities, "priorities", &policy.priorities);
        channels(policy, &format!("{path}.channels"), plan.channels.as_deref(), found);
    }
    channels(policy, "filing.channels", Some(&policy.filing.channels), found);
    let trial = policy.entitlement.trial_types.as_deref().unwrap_or_default();
    found.refer("entitlement.trial_types", trial, "types", &policy.types);
    if let Some(bugs) = &policy.bugs {
        found.refers("bugs.hotfix.priority", &bugs.hotfix.priority, "priorities", &policy.priorities);
    }
    visibility(policy, found);
    if let Some(security) = &policy.security {
        security_reports(policy, security, found);
    }
    if let Some(migration) = &policy.migration {
        moving(policy, migration, found);
    }
}

fn request_type(policy: &Policy, path: &str, entry: &RequestType, found: &mut Findings<'_>) {
    found.refer(&format!("{path}.details"), &entry.details, "details", &policy.details);
    found.refer(&format!("{path}.ticks"), &entry.ticks, "ticks", &policy.ticks);
    found.refer(&format!("{path}.converts_to"), &entry.converts_to, "types", &policy.types);
    range(policy, path, entry, found);
    for (at, into) in entry.converts_to.iter().enumerate() {
        if path.strip_prefix("types.") == Some(into.as_str()) {
            let message = format!("`{into}` would be converted into itself, that is into nothing");
            found.fault(&format!("{path}.converts_to.{at}"), message, "name another type, or leave it out");
        }
    }
    if let Some(Grows { into, .. }) = &entry.grows {
        let known = found.refers(&format!("{path}.grows.into"), into, "types", &policy.types);
        if known && !entry.converts_to.contains(into) {
            let message = format!("it grows into `{into}`, but may not be converted into that");
            found.fault(&format!("{path}.grows.into"), message, format!("add `{into}` to `{path}.converts_to`"));
        }
    }
    channels(policy, &format!("{path}.channels"), entry.channels.as_deref(), found);
    if let Some(stream) = &entry.stream {
        stream_exists(policy, &format!("{path}.stream"), stream, found);
    }
}

/// PRI-3: the bounds exist and stand in order, and the default lies between them.
fn range(policy: &Policy, path: &str, entry: &RequestType, found: &mut Findings<'_>) {
    let range = &entry.priorities;
    let mut place = |part: &str, key| {
        let known = found.refers(&format!("{path}.priorities.{part}"), key, "priorities", &policy.priorities);
        known.then(|| policy.rank_of(key))
    };
    let (highest, lowest) = (place("highest", &range.highest), place("lowest", &range.lowest));
    let default = place("default", &range.default);
    let (Some(highest), Some(lowest)) = (highest, lowest) else {
        return;
    };
    if highest > lowest {
        let message = format!("`{}` is lower than `{}`, so the type allows no priority", range.highest, range.lowest);
        return found.fault(&format!("{path}.priorities.highest"), message, "exchange `highest` and `lowest`");
    }
    if default.is_some_and(|default| !(highest..=lowest).contains(&default)) {
        let (default, highest, lowest) = (&range.default, &range.highest, &range.lowest);
        let message = format!("`{default}` is chosen at first, but the type allows only `{highest}` to `{lowest}`");
        found.fault(
            &format!("{path}.priorities.default"),
            message,
            "choose a priority of that range, or widen the range",
        );
    }
}

/// A list of ways to file: not empty, each known to be open, none that only staff use.
fn channels(policy: &Policy, path: &str, channels: Option<&[Channel]>, found: &mut Findings<'_>) {
    let Some(channels) = channels else { return };
    if channels.is_empty() {
        found.fault(path, "no channel is named, so nobody could file it", "name at least one, such as `portal`");
    }
    for (at, channel) in channels.iter().enumerate() {
        let here = format!("{path}.{at}");
        found.once(&here, channels, at, name);
        if matches!(channel, Channel::Desk | Channel::Phone | Channel::Import) {
            let message = format!("`{}` is how staff file, not customers", name(channel));
            found.fault(&here, message, "leave it out; staff may always file for a customer");
        } else if !policy.filing.channels.contains(channel) {
            let message = format!("`{}` is not open at all", name(channel));
            found.fault(&here, message, "add it to `filing.channels`, or leave it out here");
        }
    }
}

fn name(channel: &Channel) -> String {
    serde_json::to_value(channel).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn visibility(policy: &Policy, found: &mut Findings<'_>) {
    let Some(request) = &policy.visibility.request else {
        return;
    };
    let known = found.refers("visibility.request.type", &request.request_type, "types", &policy.types);
    let priority = found.refers("visibility.request.priority", &request.priority, "priorities", &policy.priorities);
    if known && priority && policy.clamp(&request.request_type, &request.priority) != request.priority {
        let message = format!("`{}` does not allow the priority `{}`", request.request_type, request.priority);
        found.fault("visibility.request.priority", message, "choose one of the type's range");
    }
}

/// SEC-1: the type is there, keeps its secret, and what does not belong has somewhere to go.
fn security_reports(policy: &Policy, security: &Security, found: &mut Findings<'_>) {
    let path = format!("types.{}.secrecy", security.request_type);
    if found.refers("security.type", &security.request_type, "types", &policy.types) {
        let entry = policy.request_type(&security.request_type);
        if entry.is_some_and(|entry| entry.secrecy != Secrecy::Security) {
            let message = "this is the type of security reports, but everybody who sees requests would see it";
            found.fault(&path, message, "write `secrecy = \"security\"`");
        }
        if entry.is_some_and(|entry| !entry.converts_to.contains(&security.else_type)) {
            let message = format!(
                "what is no security report becomes `{}`, but the type may not be converted into that",
                security.else_type
            );
            let fix = format!("add `{}` to `types.{}.converts_to`", security.else_type, security.request_type);
            found.fault("security.else_type", message, fix);
        }
    }
    found.refers("security.else_type", &security.else_type, "types", &policy.types);
}

fn moving(policy: &Policy, migration: &Migration, found: &mut Findings<'_>) {
    found.refers("migration.type", &migration.request_type, "types", &policy.types);
    if let Some(stream) = &migration.stream {
        stream_exists(policy, "migration.stream", stream, found);
    }
}

fn stream_exists(policy: &Policy, path: &str, stream: &crate::keys::EntryKey, found: &mut Findings<'_>) {
    match &policy.forum {
        Some(forum) => {
            found.refers(path, stream, "forum.streams", &forum.streams);
        }
        None => found.fault(
            path,
            format!("`{stream}` is a stream of the forum, but there is no forum"),
            "add a table `[forum]`, or leave this out",
        ),
    }
}
