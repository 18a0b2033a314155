//! `firstline explain deadline`: when a first response is due by a policy, line by line, and the word after it. Which target applies is
//! `rules::policy`'s, the hours `rules::calendar`'s, the sentences `words`'; here is only the question.

use std::{io::Write, path::PathBuf, process::ExitCode};

use anyhow::{Context, bail};
use rules::{
    events::TargetKind,
    instant::Instant,
    keys::{PlanKey, PriorityKey, RegionKey, TypeKey},
    policy::{Applied, Clock, Compiled, Policy},
    sla::{About, Terms},
};
use serde_json::{Value, json};
use words::{deadline, lang::Lang, time::Watch};

use crate::commands::{
    Terminal,
    policy::{known, line},
    written::instant,
};

#[derive(Debug, clap::Args)]
pub(in crate::commands) struct Deadline {
    /// When the request is filed: 2026-11-20T16:40:00Z, or with another offset.
    #[arg(long, value_name = "INSTANT", value_parser = instant, required_unless_present = "batch")]
    filed: Option<Instant>,
    /// The plan of the requester's licence; none unless given.
    #[arg(long)]
    plan: Option<String>,
    /// The type of the request; the first one with a clock unless given.
    #[arg(long = "type", value_name = "TYPE")]
    request_type: Option<String>,
    /// Its priority; the type's default unless given.
    #[arg(long)]
    priority: Option<String>,
    /// The region of the requester's organisation; none unless given.
    #[arg(long)]
    region: Option<String>,
    /// When its first response is given, from which on updates are owed; at its due instant unless given.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    answered: Option<Instant>,
    /// As if it were escalated from its filing on.
    #[arg(long)]
    escalated: bool,
    /// The policy file that decides; the reference policy unless given.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Answer with one JSON object.
    #[arg(long)]
    json: bool,
    /// Read one JSON object a line from standard input and answer each with one line.
    ///
    /// `{"id":1,"calendar":{"zone":"Europe/Berlin","slots":{"mon":[["08:00","18:00"]]},"holidays":["2026-12-25"]},
    /// "start":"2026-11-20T16:40:00Z","working_minutes":480}` answers `{"id":1,"due":"2026-11-23T15:00:00Z"}`;
    /// with `"end"` instead of `"working_minutes"` it answers `{"id":1,"working_seconds":..}`.
    #[arg(long, conflicts_with_all = ["filed", "plan", "request_type", "priority", "region", "answered", "escalated", "policy", "json"])]
    pub(super) batch: bool,
}

pub(super) fn run<W: Write>(asked: Deadline, terminal: &mut Terminal<W>) -> anyhow::Result<ExitCode> {
    let filed = asked.filed.context("give --filed, or --batch")?;
    let policy = Compiled::new(super::policy_of(asked.policy.as_deref())?);
    let about = about(policy.policy(), &asked)?;
    let applied = policy.policy().applied(TargetKind::FirstResponse, &about);
    let due = due(&policy, (TargetKind::FirstResponse, &about), filed)?;
    let update = update(&policy, &about, asked.answered.or(due.as_ref().map(|due| due.at)).unwrap_or(filed))?;
    let found = Found { filed, due, update, assumed: assumed(&asked), about, applied };
    if asked.json {
        terminal.say(as_json(&found, policy.policy()))?;
    } else {
        as_text(&found, policy.policy(), terminal)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the policy answers.
struct Found<'p> {
    filed: Instant,
    about: About,
    /// What was not given and therefore chosen.
    assumed: Vec<&'static str>,
    applied: Applied<'p>,
    /// `None` where there is no target.
    due: Option<Due>,
    update: Option<Update<'p>>,
}

/// The next word on the progress, where one is promised (PLN-2).
struct Update<'p> {
    applied: Applied<'p>,
    /// The answer; the filing, where none is owed.
    from: Instant,
    due: Due,
}

struct Due {
    at: Instant,
    /// On the clock of the calendar's zone: "Tue 24 Nov 14:40 UTC".
    here: String,
    zone: String,
    lines: Vec<String>,
    sentence: String,
}

/// The type, the priority and the plan that were asked for, or what the policy offers first.
fn about(policy: &Policy, asked: &Deadline) -> anyhow::Result<About> {
    known("plan", asked.plan.as_deref(), policy.plans.keys().map(PlanKey::as_str))?;
    known("type", asked.request_type.as_deref(), policy.types.keys().map(TypeKey::as_str))?;
    known("priority", asked.priority.as_deref(), policy.priorities.keys().map(PriorityKey::as_str))?;
    known("region", asked.region.as_deref(), policy.regions.keys().map(RegionKey::as_str))?;
    let plan = asked.plan.as_deref().map(PlanKey::from);
    let request_type = request_type(policy, plan.as_ref(), asked.request_type.as_deref())?;
    let priority = priority(policy, plan.as_ref(), (&request_type, asked.priority.as_deref()))?;
    let region = asked.region.as_deref().map(RegionKey::from);
    Ok(About { request_type, priority, plan, region, escalated: asked.escalated, reopened: false })
}

fn request_type(policy: &Policy, plan: Option<&PlanKey>, asked: Option<&str>) -> anyhow::Result<TypeKey> {
    let offered = policy.offered(plan);
    let chosen = match asked {
        Some(asked) => offered.iter().find(|(key, _)| key.as_str() == asked),
        None => offered.iter().find(|(_, entry)| entry.clock == Clock::Runs),
    };
    if let Some((key, _)) = chosen {
        return Ok((*key).clone());
    }
    let names: Vec<&str> = offered.iter().map(|(key, _)| key.as_str()).collect();
    match (asked, plan) {
        (Some(asked), Some(plan)) => bail!("plan `{plan}` has no type `{asked}`; it has: {}", names.join(", ")),
        _ => bail!("no type of the policy has a clock; name one of: {}", names.join(", ")),
    }
}

fn priority(policy: &Policy, plan: Option<&PlanKey>, asked: (&TypeKey, Option<&str>)) -> anyhow::Result<PriorityKey> {
    let (request_type, asked) = asked;
    let allowed = policy.allowed(request_type, plan);
    let default = policy.request_type(request_type).map(|entry| entry.priorities.default.as_str());
    let wanted = |name: Option<&str>| allowed.iter().find(|key| Some(key.as_str()) == name);
    // A plan may leave out the type's default; then its highest priority is where the form begins.
    let chosen = if asked.is_some() { wanted(asked) } else { wanted(default).or(allowed.first()) };
    let Some(key) = chosen else {
        let names: Vec<&str> = allowed.iter().map(|key| key.as_str()).collect();
        let of = plan.map_or(format!("`{request_type}`"), |plan| format!("`{request_type}` in plan `{plan}`"));
        bail!("{of} is never `{}`; it can be: {}", asked.unwrap_or("without priority"), names.join(", "));
    };
    Ok((*key).clone())
}

fn assumed(asked: &Deadline) -> Vec<&'static str> {
    let of_type = asked.request_type.is_none().then_some("type");
    of_type.into_iter().chain(asked.priority.is_none().then_some("priority")).collect()
}

fn update<'p>(policy: &'p Compiled, about: &About, from: Instant) -> anyhow::Result<Option<Update<'p>>> {
    let due = due(policy, (TargetKind::Update, about), from)?;
    Ok(due.map(|due| Update { applied: policy.policy().applied(TargetKind::Update, about), from, due }))
}

fn due(policy: &Compiled, (kind, about): (TargetKind, &About), filed: Instant) -> anyhow::Result<Option<Due>> {
    let Some(aim) = policy.aim(kind, about) else { return Ok(None) };
    let at = aim.calendar.due_by(filed, &aim.length)?;
    let watch = Watch { lang: Lang::En, zone: aim.calendar.zone(), now: filed };
    let explained = deadline::Deadline { calendar: aim.calendar, filed, length: aim.length, due: at };
    Ok(Some(Due {
        at,
        here: watch.in_zone(watch.moment(at)),
        zone: aim.calendar.spec().zone.clone(),
        lines: deadline::lines(&watch, &explained),
        sentence: deadline::sentence(&watch, &explained),
    }))
}

fn as_text<W: Write>(found: &Found<'_>, policy: &Policy, terminal: &mut Terminal<W>) -> anyhow::Result<()> {
    let About { request_type, priority, plan, .. } = &found.about;
    let plan = plan.as_ref().map_or("none".to_owned(), ToString::to_string);
    let chosen = |what| if found.assumed.contains(&what) { ", since none was given" } else { "" };
    terminal.say(format_args!("type       {request_type}{}", chosen("type")))?;
    terminal.say(format_args!("priority   {priority}{}", chosen("priority")))?;
    terminal.say(format_args!("plan       {plan}"))?;
    if let Some(region) = &found.about.region {
        terminal.say(format_args!("region     {region}"))?;
    }
    if found.about.escalated {
        terminal.say("escalated  yes")?;
    }
    terminal.say(format_args!("target     {}", target((&found.applied, &found.about), policy)))?;
    let Some(due) = &found.due else { return update_as_text(found, policy, terminal) };
    let by = found.applied.calendar_by.map_or("the calendar of `hours`".to_owned(), line);
    terminal.say(format_args!(
        "calendar   {} ({}), by {by}{}",
        found.applied.calendar,
        due.zone,
        emergency(found, policy)
    ))?;
    terminal.say("")?;
    for line in &due.lines {
        terminal.say(format_args!("  {line}"))?;
    }
    terminal.say("")?;
    terminal.say(format_args!("{} = {}", due.here, due.at))?;
    update_as_text(found, policy, terminal)
}

fn update_as_text<W: Write>(found: &Found<'_>, policy: &Policy, terminal: &mut Terminal<W>) -> anyhow::Result<()> {
    let Some(Update { applied, from, due }) = &found.update else { return Ok(()) };
    terminal.say("")?;
    terminal.say(format_args!("updates    {}", target((applied, &found.about), policy)))?;
    let since = match &found.due {
        Some(first) if first.at == *from => "answered at the last moment",
        Some(_) => "answered then",
        None => "from the filing, as no answer is owed",
    };
    terminal.say(format_args!("           {since}, the next word is due {} = {}", due.here, due.at))
}

/// PLN-3: whether the emergency hours count too.
fn emergency(found: &Found<'_>, policy: &Policy) -> &'static str {
    let hours = policy.calendars.get(found.applied.calendar).and_then(|entry| entry.emergency.as_ref());
    let counts = hours.is_some_and(|hours| hours.priorities.contains(&found.about.priority));
    if counts { ", with its emergency hours" } else { "" }
}

/// "8 working hours, by line 1 of [[targets]], for everything", or why there is none.
fn target((applied, about): (&Applied<'_>, &About), policy: &Policy) -> String {
    let request_type = &about.request_type;
    let has_clock = policy.request_type(request_type).is_some_and(|entry| entry.clock == Clock::Runs);
    match (applied.target_by, has_clock) {
        (Some(won), _) if applied.best_effort => {
            format!("{}, an aim and no promise, by {}", applied.target, line(won))
        }
        (Some(won), _) => format!("{}, by {}", applied.target, line(won)),
        (None, true) => "none: no line of the targets speaks of it".to_owned(),
        (None, false) => format!("none: the policy gives `{request_type}` no clock, so no answer is ever late"),
    }
}

fn as_json(found: &Found<'_>, policy: &Policy) -> Value {
    let due = found.due.as_ref();
    json!({
        "filed": found.filed.to_string(),
        "due": due.map(|due| due.at.to_string()),
        "type": found.about.request_type,
        "priority": found.about.priority,
        "plan": found.about.plan,
        "region": found.about.region,
        "escalated": found.about.escalated,
        "assumed": found.assumed,
        "target": found.applied.target,
        "why": target((&found.applied, &found.about), policy),
        "best_effort": found.applied.best_effort,
        "calendar": due.map(|_| found.applied.calendar),
        "zone": due.map(|due| &due.zone),
        "lines": due.map_or(&[][..], |due| &due.lines),
        "sentence": due.map(|due| &due.sentence),
        "update": found.update.as_ref().map(|it| json!({
            "target": it.applied.target,
            "why": target((&it.applied, &found.about), policy),
            "from": it.from.to_string(),
            "due": it.due.at.to_string(),
            "zone": it.due.zone,
        })),
    })
}

#[cfg(test)]
mod tests;
