//! What can be sent: a table of the types, then each with what it asks for; and the priorities.

use rules::{
    events::Secrecy,
    keys::TypeKey,
    policy::{Clock, Detail, DetailKind, Origin, PriorityRange, Reads, RequestType, Tick, When},
};

use super::{
    Piece,
    terms::named,
    writer::{Writer, cell, item, listed, piece},
};

pub(super) fn section(writer: &Writer<'_>) -> Vec<Piece> {
    let policy = writer.policy;
    let head = format!("{}\n| --- | --- | --- |", writer.say("support-types-head", &[]));
    let mut pieces = vec![piece(Origin::Page, head)];
    pieces.extend(
        policy
            .types
            .iter()
            .filter(|(_, entry)| entry.origin == Origin::Page)
            .map(|(key, entry)| row(writer, key, entry)),
    );
    let channels = writer.channels(&policy.filing.channels);
    pieces.push(piece(policy.filing.origin, writer.say("support-filing", &[("channels", &channels)])));
    for (_, entry) in policy.types.iter() {
        pieces.extend(of_type(writer, entry));
    }
    let areas = policy.areas.iter().map(|(_, area)| named(writer, area)).collect();
    pieces.extend(listed(writer.say("support-areas", &[]), areas));
    pieces
}

pub(super) fn priorities(writer: &Writer<'_>) -> Vec<Piece> {
    let rule = &writer.policy.priority;
    let mut pieces =
        vec![piece(rule.origin, writer.text(&rule.meaning)), piece(rule.origin, writer.text(&rule.decision))];
    pieces.extend(writer.policy.priorities.iter().map(|(_, class)| {
        let arguments = [("name", writer.text(&class.name)), ("meaning", writer.text(&class.meaning))];
        item(class.origin, &writer.say("support-priority", &arguments))
    }));
    pieces
}

fn row(writer: &Writer<'_>, key: &TypeKey, entry: &RequestType) -> Piece {
    let ask = writer.say("support-ask", &[("link", &format!("/requests/new/{key}"))]);
    // What the house decides stands with its rules.
    let urgent = match entry.priorities.origin {
        Origin::Page => range(writer, &entry.priorities),
        Origin::House => writer.say("support-range-elsewhere", &[]),
    };
    let name = cell(writer.text(&entry.name));
    piece(Origin::Page, format!("| **{name}** | {} {ask} | {} |", cell(writer.text(&entry.purpose)), cell(&urgent)))
}

fn range(writer: &Writer<'_>, range: &PriorityRange) -> String {
    let (highest, lowest) = (writer.priority_name(&range.highest), writer.priority_name(&range.lowest));
    if range.highest == range.lowest {
        writer.say("support-range-only", &[("only", &highest)])
    } else {
        writer.say("support-range", &[("highest", &highest), ("lowest", &lowest)])
    }
}

fn of_type(writer: &Writer<'_>, entry: &RequestType) -> Vec<Piece> {
    let name = writer.text(&entry.name);
    let mut pieces = vec![piece(entry.origin, format!("### {name}"))];
    pieces.extend(about_type(writer, entry).into_iter().map(|line| piece(entry.origin, line)));
    let details = entry.details.iter().filter_map(|key| writer.policy.details.get(key));
    let details = details.map(|detail| asked(writer, entry, detail)).collect();
    pieces.extend(listed_in(entry.origin, writer.say("support-details", &[]), details));
    let ticks = entry.ticks.iter().filter_map(|key| writer.policy.ticks.get(key));
    let ticks = ticks.map(|tick| confirmed(writer, entry, tick)).collect();
    pieces.extend(listed_in(entry.origin, writer.say("support-ticks", &[]), ticks));
    pieces.extend(outcome(writer, entry).into_iter().map(|line| piece(entry.origin, line)));
    pieces.extend(house_of_type(writer, entry));
    pieces
}

/// What its author thinks before writing.
fn about_type(writer: &Writer<'_>, entry: &RequestType) -> Vec<String> {
    let mut lines = vec![writer.say("support-wish", &[("wish", writer.text(&entry.wish))])];
    lines.extend((entry.origin == Origin::House).then(|| writer.text(&entry.purpose).to_owned()));
    lines.push(writer.say("support-next", &[("next", writer.text(&entry.next))]));
    if let Some(before) = &entry.before {
        lines.extend([writer.say("support-before", &[]), writer.text(before).to_owned()]);
    }
    if let Some(limits) = &entry.limits {
        lines.push(writer.say("support-limits", &[("limits", writer.text(limits))]));
    }
    if let Some(subject) = &entry.subject {
        lines.push(writer.say("support-subject", &[("subject", &writer.to_fill_in(subject))]));
    }
    lines
}

/// What becomes of it.
fn outcome(writer: &Writer<'_>, entry: &RequestType) -> Vec<String> {
    let mut lines = Vec::new();
    let default = writer.priority_name(&entry.priorities.default);
    let only = entry.priorities.highest == entry.priorities.lowest;
    let default = writer.say(if only { "support-always" } else { "support-default" }, &[("default", &default)]);
    lines.extend(entry.priorities.only_if.iter().map(|(key, only)| {
        let when = choices_of(writer, &only.when);
        let line = writer.say("support-priority-only", &[("priority", &writer.priority_name(key)), ("when", &when)]);
        only.why.as_ref().map_or(line.clone(), |why| format!("{line} {}", writer.text(why)))
    }));
    let latest = entry.latest_release_only.then(|| writer.say("support-latest-only", &[]));
    lines.push(latest.into_iter().chain([default]).collect::<Vec<_>>().join(" "));
    if !entry.converts_to.is_empty() {
        lines.push(writer.say("support-converts", &[("types", &writer.types(&entry.converts_to))]));
    }
    let stream = entry.stream.as_ref().and_then(|key| writer.policy.forum.as_ref()?.streams.get(key));
    if let Some(stream) = stream {
        lines.push(writer.say("support-stream", &[("stream", writer.text(&stream.name))]));
    }
    if let Some(channels) = &entry.channels {
        lines.push(writer.say("support-channels", &[("channels", &writer.channels(channels))]));
    }
    let secret = match entry.secrecy {
        Secrecy::Open => None,
        Secrecy::Confidential => Some("support-secrecy-confidential"),
        Secrecy::Security => Some("support-secrecy-security"),
    };
    let clock = (entry.clock == Clock::None).then_some("support-no-clock");
    lines.extend(clock.into_iter().chain(secret).map(|key| writer.say(key, &[])));
    lines.push(writer.say("support-receipt", &[("receipt", writer.text(&entry.receipt))]));
    lines
}

/// What the house adds to a type of the page.
fn house_of_type(writer: &Writer<'_>, entry: &RequestType) -> Vec<Piece> {
    let name = writer.text(&entry.name);
    let mut pieces = Vec::new();
    if entry.priorities.origin == Origin::House || entry.origin == Origin::House {
        let range = range(writer, &entry.priorities);
        pieces.push(item(Origin::House, &writer.say("support-range-house", &[("name", name), ("range", &range)])));
    }
    if let Some(grows) = &entry.grows {
        let into = writer.type_name(&grows.into);
        let arguments = [("name", name), ("into", &into), ("logs", writer.text(&grows.logs))];
        pieces.push(item(grows.origin, &writer.say("support-grows", &arguments)));
    }
    pieces
}

fn asked(writer: &Writer<'_>, entry: &RequestType, detail: &Detail) -> Piece {
    let key = if detail.required { "support-detail" } else { "support-detail-optional" };
    let kind = match &detail.runs_on {
        Some(what) if detail.kind == DetailKind::Line => writer.say("kind-runs-on", &[("what", what)]),
        _ => writer.say(kind(detail), &[]),
    };
    let arguments = [("label", writer.text(&detail.label)), ("kind", kind.as_str()), ("why", writer.text(&detail.why))];
    let mut line = writer.say(key, &arguments);
    if !detail.choices.is_empty() {
        let choices = writer.list(detail.choices.iter().map(|(_, choice)| writer.text(choice).to_owned()));
        line = writer.say("support-choices", &[("detail", &line), ("choices", &choices)]);
    }
    if let Some(when) = &detail.required_if {
        let when = choices_of(writer, when);
        line = writer.say("support-detail-required-if", &[("detail", &line), ("when", &when)]);
    }
    let mut line = only_when(writer, line, detail.when.as_ref());
    for (_, way) in detail.how.iter() {
        let name = only_when(writer, writer.text(&way.name).to_owned(), way.when.as_ref());
        let commands: Vec<String> = way.commands.lines().map(|command| format!("`{}`", command.trim())).collect();
        let arguments = [("detail", line.as_str()), ("name", &name), ("commands", &commands.join(" "))];
        line = writer.say("support-detail-way", &arguments);
    }
    if detail.origin == Origin::House && entry.origin == Origin::Page {
        let arguments = [("type", writer.text(&entry.name)), ("detail", line.as_str())];
        return item(Origin::House, &writer.say("support-house-detail", &arguments));
    }
    item(entry.origin, &line)
}

fn confirmed(writer: &Writer<'_>, entry: &RequestType, tick: &Tick) -> Piece {
    let line = writer.say("support-tick", &[("text", writer.text(&tick.text)), ("why", writer.text(&tick.why))]);
    let line = only_when(writer, line, tick.when.as_ref());
    if tick.origin == Origin::House && entry.origin == Origin::Page {
        let arguments = [("type", writer.text(&entry.name)), ("tick", line.as_str())];
        return item(Origin::House, &writer.say("support-house-tick", &arguments));
    }
    item(entry.origin, &line)
}

fn only_when(writer: &Writer<'_>, line: String, when: Option<&When>) -> String {
    let Some(when) = when else { return line };
    writer.say("support-detail-when", &[("detail", &line), ("when", &choices_of(writer, when))])
}

/// What must be chosen for a condition to hold.
pub(super) fn choices_of(writer: &Writer<'_>, when: &When) -> String {
    let policy = writer.policy;
    let deployments = when.deployment.iter().filter_map(|key| policy.deployments.get(key));
    let areas = when.area.iter().filter_map(|key| policy.areas.get(key));
    let named = deployments.chain(areas).map(|entry| writer.text(&entry.name).to_owned());
    let choices = when.choice.iter().flat_map(|(detail, choices)| {
        let of = policy.details.get(detail);
        let label = of.map_or_else(|| detail.to_string(), |detail| writer.text(&detail.label).to_owned());
        choices.iter().map(move |choice| {
            let said = of.and_then(|detail| detail.choices.get(choice));
            let said = said.map_or_else(|| choice.to_string(), |text| writer.text(text).to_owned());
            writer.say("support-choice-of", &[("detail", &label), ("choice", &said)])
        })
    });
    writer.list(named.chain(choices).collect::<Vec<_>>())
}

fn kind(detail: &Detail) -> &'static str {
    match detail.kind {
        DetailKind::Line => "kind-line",
        DetailKind::Text => "kind-text",
        DetailKind::File => "kind-file",
        DetailKind::TextFile => match detail.reads {
            None | Some(Reads::Log) => "kind-text-file",
            Some(Reads::Commands) => "kind-commands-file",
            Some(Reads::Terminal) => "kind-terminal-file",
        },
        DetailKind::Choice => "kind-choice",
        DetailKind::Version => "kind-version",
        DetailKind::Deployment => "kind-deployment",
        DetailKind::Area => "kind-area",
    }
}

/// A list with its line, both of the type's origin.
fn listed_in(origin: Origin, heading: String, items: Vec<Piece>) -> Vec<Piece> {
    let heading = items.iter().any(|item| item.origin == origin).then(|| piece(origin, heading));
    heading.into_iter().chain(items).collect()
}
