//! What is promised: first response with its targets by plan, bugs, security reports and migration.

use rules::{
    calendar::Until,
    events::TargetKind,
    policy::{Clock, Column, Compiled, Escalation, Intake, Line, Origin, Plan, SourceSystem, Target, TargetLength},
    sla::{About, Terms},
};

use super::{
    Figure, Piece, Statistics,
    writer::{Writer, item, listed, piece},
};

pub(super) fn first_response(writer: &Writer<'_>) -> Vec<Piece> {
    let (policy, promise) = (writer.policy, &writer.policy.first_response);
    let mut pieces = vec![
        piece(promise.origin, writer.text(&promise.definition)),
        piece(promise.origin, writer.text(&promise.target)),
    ];
    let stops = if promise.stops_for_missing_details { "support-stops" } else { "support-runs-on" };
    pieces.push(piece(Origin::House, writer.say(stops, &[])));
    let lines = policy.targets.iter().map(|line| item(line.origin, &of_line(writer, line)));
    pieces.extend(listed(writer.say("support-targets", &[]), lines.collect()));
    let without = policy.types.iter().filter(|(_, entry)| entry.clock == Clock::None);
    let without: Vec<_> = without.map(|(key, _)| key.clone()).collect();
    if !without.is_empty() {
        pieces.push(piece(Origin::Page, writer.say("support-no-clock-types", &[("types", &writer.types(&without))])));
    }
    pieces.extend(policy.escalation.iter().map(|it| piece(it.origin, of_escalation(writer, it))));
    for (_, plan) in policy.plans.iter() {
        pieces.extend(of_plan(writer, plan));
    }
    pieces.extend(promise.rules.iter().map(|(_, point)| item(point.origin, writer.text(&point.text))));
    pieces
}

fn of_plan(writer: &Writer<'_>, plan: &Plan) -> Vec<Piece> {
    let name = writer.say("support-targets-plan", &[("plan", writer.text(&plan.name))]);
    let about = plan.about.as_ref().map_or(String::new(), |about| format!(": {}", writer.text(about)));
    let mut lines = vec![format!("{name}{about}")];
    if let Some(types) = &plan.types {
        let key = if types.is_empty() { "support-plan-no-types" } else { "support-plan-types" };
        lines.push(writer.say(key, &[("types", &writer.types(types))]));
    }
    if let Some(priorities) = &plan.priorities {
        let priorities = writer.list(priorities.iter().map(|key| writer.priority_name(key)));
        lines.push(writer.say("support-plan-priorities", &[("priorities", &priorities)]));
    }
    if let Some(channels) = &plan.channels {
        lines.push(writer.say("support-plan-channels", &[("channels", &writer.channels(channels))]));
    }
    lines.extend(plan.named_contacts.map(|count| writer.count("support-plan-contacts", count)));
    let mut pieces = vec![piece(plan.origin, lines.join(" "))];
    let apart = |origin| if plan.origin == Origin::House { Origin::House } else { origin };
    pieces.extend(plan.targets.iter().map(|line| item(apart(line.origin), &of_line(writer, line))));
    pieces.extend(plan.escalation.iter().map(|it| item(apart(it.origin), &of_escalation(writer, it))));
    pieces.extend(plan.included.iter().map(|(_, entry)| {
        let text = writer.text(&entry.text).to_owned();
        item(apart(entry.origin), &super::terms::linked(writer, text, entry.link.as_deref()))
    }));
    pieces
}

/// PLN-3: who escalates, what, and how.
fn of_escalation(writer: &Writer<'_>, escalation: &Escalation) -> String {
    let mut lines = vec![writer.say("support-escalation", &[("how", writer.text(&escalation.how))])];
    if let Some(priorities) = &escalation.priorities {
        let priorities = writer.list(priorities.iter().map(|key| writer.priority_name(key)));
        lines.push(writer.say("support-escalation-priorities", &[("priorities", &priorities)]));
    }
    let by = if escalation.customers { "support-escalation-customers" } else { "support-escalation-staff" };
    lines.push(writer.say(by, &[]));
    lines.join(" ")
}

fn of_line(writer: &Writer<'_>, line: &Line) -> String {
    let request_type = line.request_type.as_ref().map(|key| writer.type_name(key));
    let priority = line.priority.as_ref().map(|key| writer.priority_name(key));
    let who = match (&request_type, &priority) {
        (None, None) => writer.say("support-line-everything", &[]),
        (Some(of), None) => writer.say("support-line-type", &[("type", of)]),
        (None, Some(with)) => writer.say("support-line-priority", &[("priority", with)]),
        (Some(of), Some(with)) => writer.say("support-line-both", &[("type", of), ("priority", with)]),
    };
    let who = match &line.region {
        Some(key) => {
            let region = writer.policy.regions.get(key);
            let region = region.map_or_else(|| key.to_string(), |region| writer.text(&region.name).to_owned());
            writer.say("support-line-region", &[("who", &who), ("region", &region)])
        }
        None => who,
    };
    let who = if line.escalated { writer.say("support-line-escalated", &[("who", &who)]) } else { who };
    let mut what: Vec<String> = Column::ALL
        .into_iter()
        .filter_map(|column| {
            let key = format!("support-column-{}", column.key().replace('_', "-"));
            Some(writer.say(&key, &[("target", &target(writer, line.target(column)?))]))
        })
        .collect();
    let calendar = line.calendar.as_ref().map(|key| {
        let entry = writer.policy.calendars.get(key);
        entry.map_or_else(|| key.to_string(), |entry| writer.text(&entry.name).to_owned())
    });
    what.extend(calendar.map(|name| writer.say("support-column-calendar", &[("calendar", &name)])));
    what.extend(line.best_effort.map(|best_effort| {
        writer.say(if best_effort { "support-column-best-effort" } else { "support-column-promised" }, &[])
    }));
    writer.say("support-line", &[("who", &who), ("what", &what.join(", "))])
}

fn target(writer: &Writer<'_>, target: Target) -> String {
    let Target::Within(length) = target else { return writer.say("support-target-none", &[]) };
    let (key, count) = match length {
        TargetLength::WorkingMinutes(n) if n % 60 == 0 => ("support-working-hours", n / 60),
        TargetLength::WorkingMinutes(n) => ("support-working-minutes", n),
        TargetLength::SupportDays(n) => ("support-support-days", n.into()),
        TargetLength::WorkingDays(n, Until::SameTime) => ("support-working-days", n.into()),
        TargetLength::WorkingDays(n, Until::EndOfDay) => ("support-working-days-end", n.into()),
        TargetLength::WallClockMinutes(n) if n % 1440 == 0 => ("support-wall-days", n / 1440),
        TargetLength::WallClockMinutes(n) if n % 60 == 0 => ("support-wall-hours", n / 60),
        TargetLength::WallClockMinutes(n) => ("support-wall-minutes", n),
    };
    let ends_a_day = matches!(length, TargetLength::WorkingDays(_, Until::EndOfDay));
    let said = writer.count(key, count);
    writer.say(if ends_a_day { "support-target-by" } else { "support-target-within" }, &[("length", &said)])
}

/// FRT-8: median, 90th percentile and the aim, from the policy's number of cases on.
pub(super) fn figures(compiled: &Compiled, writer: &Writer<'_>, statistics: Option<Statistics>) -> Vec<Figure> {
    let rule = &compiled.policy().statistics;
    let Some(counted) = statistics.filter(|counted| counted.cases >= rule.from_cases) else { return Vec::new() };
    let median = writer.say("support-median", &[("days", &rule.days.to_string())]);
    let figure = |length, caption| Figure { length, said: crate::time::length(writer.lang, length), caption };
    let mut figures =
        vec![figure(counted.median, median), figure(counted.ninetieth, writer.say("support-ninety", &[]))];
    figures.extend(single_aim(compiled).map(|length| figure(length, writer.say("support-aim", &[]))));
    figures
}

/// The target of a first response when it is the same for all; with plans there is no single one.
fn single_aim(compiled: &Compiled) -> Option<jiff::SignedDuration> {
    let policy = compiled.policy();
    let mut aims = policy.types.iter().flat_map(|(request_type, _)| {
        policy.allowed(request_type, None).into_iter().filter_map(|priority| {
            let (request_type, priority) = (request_type.clone(), priority.clone());
            let about = About { request_type, priority, plan: None, region: None, escalated: false, reopened: false };
            compiled.aim(TargetKind::FirstResponse, &about).map(|aim| aim.length)
        })
    });
    let first = aims.next()?;
    (policy.plans.is_empty() && aims.all(|aim| aim == first)).then(|| first.fixed())?
}

pub(super) fn bugs(writer: &Writer<'_>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if let Some(bugs) = &writer.policy.bugs {
        let hotfix = &bugs.hotfix;
        let paragraph = |text| piece(bugs.origin, writer.text(text));
        pieces.extend([&bugs.latest, &bugs.queue, &bugs.timing, &hotfix.text].map(paragraph));
        pieces.extend(hotfix.faults.iter().map(|(_, fault)| {
            let origin = if bugs.origin == Origin::House { Origin::House } else { fault.origin };
            item(origin, writer.text(&fault.text))
        }));
        let priority = writer.priority_name(&hotfix.priority);
        pieces.push(piece(bugs.origin, writer.say("support-hotfix-priority", &[("priority", &priority)])));
        pieces.extend([&hotfix.way_around, &hotfix.otherwise].map(paragraph));
    }
    if let Some(versions) = &writer.policy.versions {
        let arguments = [("example", versions.example.as_str()), ("where", writer.text(&versions.where_shown))];
        let mut line = writer.say("support-versions", &arguments);
        if let Some(when) = &versions.unknown_if {
            let unknown =
                writer.say("support-versions-unknown", &[("when", &super::requests::choices_of(writer, when))]);
            line = format!("{line} {unknown}");
        }
        pieces.push(piece(versions.origin, line));
    }
    pieces
}

pub(super) fn security(writer: &Writer<'_>) -> Vec<Piece> {
    let Some(security) = &writer.policy.security else { return Vec::new() };
    let takes = security.takes.iter().map(|(_, point)| item(point.origin, writer.text(&point.text)));
    let name = writer.type_name(&security.request_type);
    let mut pieces = vec![piece(security.origin, writer.say("support-security-takes", &[("type", &name)]))];
    pieces.extend(takes);
    let other = writer.type_name(&security.else_type);
    pieces.push(piece(security.origin, writer.say("support-security-else", &[("type", &other)])));
    let secret = &security.confidentiality;
    pieces.push(piece(secret.origin, writer.text(&secret.text)));
    if security.intake == Intake::Anyone {
        let days = writer.policy.links.unknown_sender_days.to_string();
        pieces.push(piece(Origin::House, writer.say("support-security-anyone", &[("days", &days)])));
    }
    pieces
}

pub(super) fn migration(writer: &Writer<'_>) -> Vec<Piece> {
    let Some(migration) = &writer.policy.migration else { return Vec::new() };
    let own = |markdown: String| piece(migration.origin, markdown);
    let name = writer.type_name(&migration.request_type);
    let mut pieces = vec![own(writer.text(&migration.text).to_owned())];
    let limits = migration.limits.iter().map(|(_, point)| item(point.origin, writer.text(&point.text)));
    pieces.extend(listed(writer.say("support-migration-limits", &[]), limits.collect()));
    pieces.push(own(writer.text(&migration.list).to_owned()));
    pieces.extend(listed(writer.say("support-migration-systems", &[]), systems(writer)));
    let steps = migration.steps.iter().map(|(_, step)| item(step.origin, writer.text(&step.text)));
    pieces.extend(listed(writer.say("support-migration-steps", &[]), steps.collect()));
    pieces.push(own(writer.text(&migration.listed).to_owned()));
    pieces.push(own(writer.say("support-migration-type", &[("type", &name)])));
    pieces.push(own(writer.text(&migration.unlisted).to_owned()));
    if let Some(topic) = &migration.topic {
        pieces.push(own(writer.say("support-migration-topic", &[("topic", &writer.to_fill_in(topic))])));
    }
    let stream = migration.stream.as_ref().and_then(|key| writer.policy.forum.as_ref()?.streams.get(key));
    pieces.extend(
        stream.map(|stream| own(writer.say("support-migration-stream", &[("stream", writer.text(&stream.name))]))),
    );
    pieces.extend(migration.then.iter().map(|then| own(writer.text(then).to_owned())));
    pieces.push(piece(Origin::House, writer.say("support-migration-page", &[])));
    pieces
}

/// The systems that the tool reads.
fn systems(writer: &Writer<'_>) -> Vec<Piece> {
    let Some(migration) = &writer.policy.migration else { return Vec::new() };
    let of = |system: &SourceSystem| match &system.note {
        Some(note) => format!("**{}**: {}", system.name, writer.text(note)),
        None => format!("**{}**", system.name),
    };
    migration.supported.iter().map(|(_, system)| item(system.origin, &of(system))).collect()
}
