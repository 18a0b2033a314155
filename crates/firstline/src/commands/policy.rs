//! `firstline policy`: checks, explains, compares and renders support policies. Reads files and prints; what a policy
//! means is `rules::policy`'s, the support page `words`'.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use rules::{
    events::TargetKind,
    instant::Instant,
    keys::{PlanKey, PriorityKey, TypeKey},
    policy::{Applied, Checked, Column, Compiled, Fit, Severity, Winner},
    sla::About,
};
use words::{lang::Lang, support_page::SupportPage};

use super::{
    Terminal,
    serve::read_config,
    simulate,
    talk::talk,
    written::{day, instant},
};
use crate::{
    control::{Request, Response},
    differences::differences,
    text_file,
};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Policy {
    /// Say what is wrong with a policy, and where; ends with 1 if anything is.
    Check {
        file: PathBuf,
        /// Also say what it would change for requests that are open.
        #[arg(long)]
        open: bool,
        /// The configuration, for `--open`; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Say which line of the targets wins, for each type, priority and plan.
    Explain {
        file: PathBuf,
        /// Only for the licences of this plan.
        #[arg(long)]
        plan: Option<String>,
        /// Only for requests of this type.
        #[arg(long = "type")]
        request_type: Option<String>,
        /// Only for this priority.
        #[arg(long)]
        priority: Option<String>,
    },
    /// Say what changed between two policies, entry by entry.
    Diff { old: PathBuf, new: PathBuf },
    /// Print the support page that a policy makes.
    Render {
        file: PathBuf,
        #[command(flatten)]
        form: Form,
    },
    /// Check a policy and bring it into force, for all nodes; says what it changes.
    Apply {
        file: PathBuf,
        /// From when it is in force: 2026-12-01T08:00:00Z, never in the past; now unless given.
        #[arg(long, value_name = "INSTANT", value_parser = instant)]
        from: Option<Instant>,
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Print the file of the version in force.
    Show {
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Try a policy on what happened: which first responses it would have found late, by type and priority.
    Simulate {
        file: PathBuf,
        /// Requests filed from this day on: 2026-09-01, in the zone of the policy's hours.
        #[arg(long, value_name = "DATE", value_parser = day)]
        since: jiff::civil::Date,
        /// As JSON, with the numbers of all requests.
        #[arg(long)]
        json: bool,
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Propose the public holidays of a country, and write them, own days and calendar files into a policy.
    Holidays(super::holidays::Holidays),
    /// Print the JSON Schema of policies, with which editors complete the file.
    Schema,
}

#[derive(Debug, clap::Args)]
#[group(multiple = false)]
pub(super) struct Form {
    /// As Markdown (unless said otherwise).
    #[arg(long)]
    markdown: bool,
    /// As a fragment of HTML.
    #[arg(long)]
    html: bool,
}

pub(super) fn run<W: Write>(command: Policy, terminal: &mut Terminal<W>) -> Result<ExitCode> {
    match command {
        Policy::Check { file, open: false, .. } => check(&file, terminal),
        Policy::Check { file, open: true, config } => {
            let config = read_config(config)?;
            let Some((source, _)) = read(&file, terminal)? else { return Ok(ExitCode::FAILURE) };
            check(&file, terminal)?;
            finish(&talk(&config, Request::WouldChange { source })?, terminal)
        }
        Policy::Explain { file, plan, request_type, priority } => {
            let Some((_, checked)) = read(&file, terminal)? else { return Ok(ExitCode::FAILURE) };
            explain(&checked.policy, Asked { plan, request_type, priority }, terminal)
        }
        Policy::Diff { old, new } => diff(&old, &new, terminal),
        Policy::Render { file, form } => {
            let Some((_, checked)) = read(&file, terminal)? else { return Ok(ExitCode::FAILURE) };
            let page = SupportPage::of(&Compiled::new(checked), Lang::En, None);
            terminal.say(if form.html { page.html() } else { page.markdown() })?;
            Ok(ExitCode::SUCCESS)
        }
        Policy::Apply { file, from, config } => {
            let config = read_config(config)?;
            let Some((source, checked)) = read(&file, terminal)? else { return Ok(ExitCode::FAILURE) };
            let response = talk(&config, Request::ApplyPolicy { source, from })?;
            if let Response::Done(_) = response {
                warn(&checked, &file, terminal)?;
            }
            finish(&response, terminal)
        }
        Policy::Show { config } => finish(&talk(&read_config(config)?, Request::ReadPolicy)?, terminal),
        Policy::Simulate { file, since, json, config } => {
            let config = read_config(config)?;
            let Some((source, _)) = read(&file, terminal)? else { return Ok(ExitCode::FAILURE) };
            let form = if json { simulate::Form::Json } else { simulate::Form::Words };
            simulate::run(&config, (source, since), form, terminal)?;
            Ok(ExitCode::SUCCESS)
        }
        Policy::Holidays(asked) => super::holidays::run(asked, terminal),
        Policy::Schema => {
            terminal.say(schema()?.trim_end())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The JSON Schema of the file, as text.
pub(super) fn schema() -> Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(&rules::policy::schema())?))
}

/// Reads a policy, as it is written and as it is understood; faults are printed, and then there is none.
pub(super) fn read<W: Write>(file: &Path, terminal: &mut Terminal<W>) -> Result<Option<(String, Checked)>> {
    let source = text_file::read(file)?;
    let name = file.display().to_string();
    match rules::policy::Policy::parse(&source) {
        Ok(checked) => Ok(Some((source, checked))),
        Err(faults) => {
            for fault in &faults {
                terminal.say(fault.render(Severity::Error, &name))?;
            }
            let count = faults.len();
            terminal.say(format_args!("{name}: {count} {}, so it is no policy yet", plural(count, "fault")))?;
            Ok(None)
        }
    }
}

fn check<W: Write>(file: &Path, terminal: &mut Terminal<W>) -> Result<ExitCode> {
    let Some((_, checked)) = read(file, terminal)? else { return Ok(ExitCode::FAILURE) };
    let name = file.display();
    warn(&checked, file, terminal)?;
    let warnings = checked.warnings.len();
    let hash = Compiled::new(checked).hash();
    terminal.say(format_args!("{name}: good, with {warnings} {}; its hash is {hash}", plural(warnings, "warning")))?;
    Ok(ExitCode::SUCCESS)
}

fn warn<W: Write>(checked: &Checked, file: &Path, terminal: &mut Terminal<W>) -> Result<()> {
    let name = file.display().to_string();
    checked.warnings.iter().try_for_each(|warning| terminal.say(warning.render(Severity::Warning, &name)))
}

fn diff<W: Write>(old: &Path, new: &Path, terminal: &mut Terminal<W>) -> Result<ExitCode> {
    let (Some((_, old)), Some((_, new))) = (read(old, terminal)?, read(new, terminal)?) else {
        return Ok(ExitCode::FAILURE);
    };
    for difference in differences(&old.policy, &new.policy) {
        terminal.say(difference)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints what came of it; a refusal to standard error.
fn finish<W: Write>(response: &Response, terminal: &mut Terminal<W>) -> Result<ExitCode> {
    if let Response::Refused(why) = response {
        anyhow::bail!("{}", why.trim_end());
    }
    terminal.say(response.words().trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// What `explain` is asked for; nothing means everything.
struct Asked {
    plan: Option<String>,
    request_type: Option<String>,
    priority: Option<String>,
}

fn explain<W: Write>(policy: &rules::policy::Policy, asked: Asked, terminal: &mut Terminal<W>) -> Result<ExitCode> {
    known("plan", asked.plan.as_deref(), policy.plans.keys().map(PlanKey::as_str))?;
    known("type", asked.request_type.as_deref(), policy.types.keys().map(TypeKey::as_str))?;
    known("priority", asked.priority.as_deref(), policy.priorities.keys().map(PriorityKey::as_str))?;
    let wanted = |asked: &Option<String>, key: &str| asked.as_deref().is_none_or(|asked| asked == key);
    let plans: Vec<Option<PlanKey>> = match &asked.plan {
        Some(plan) => vec![Some(PlanKey::new(plan.as_str()))],
        None => std::iter::once(None).chain(policy.plans.keys().cloned().map(Some)).collect(),
    };
    for plan in plans {
        for (request_type, _) in policy.offered(plan.as_ref()) {
            let allowed = policy.allowed(request_type, plan.as_ref()).into_iter();
            let allowed = allowed.filter(|priority| wanted(&asked.priority, priority.as_str()));
            for priority in allowed.filter(|_| wanted(&asked.request_type, request_type.as_str())) {
                let (request_type, priority, plan) = (request_type.clone(), priority.clone(), plan.clone());
                let about = About { request_type, priority, plan, region: None, escalated: false, reopened: false };
                explain_one(policy, &about, terminal)?;
                explain_others(policy, &about, terminal)?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a name that the policy does not have, and lists those that it has.
pub(super) fn known<'k>(what: &str, asked: Option<&str>, keys: impl Iterator<Item = &'k str>) -> Result<()> {
    let Some(asked) = asked else { return Ok(()) };
    let names: Vec<&str> = keys.collect();
    if names.contains(&asked) {
        return Ok(());
    }
    let has = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    anyhow::bail!("the policy has no {what} `{asked}`; it has: {has}")
}

const KINDS: [TargetKind; 5] = [
    TargetKind::FirstResponse,
    TargetKind::NextResponse,
    TargetKind::Update,
    TargetKind::Workaround,
    TargetKind::Resolution,
];

fn explain_one<W: Write>(policy: &rules::policy::Policy, about: &About, terminal: &mut Terminal<W>) -> Result<()> {
    let plan = about.plan.as_ref().map_or("without a plan".to_owned(), |plan| format!("plan {plan}"));
    terminal.say(format_args!("{}, {}, {plan}", about.request_type, about.priority))?;
    for kind in KINDS {
        let applied = policy.applied(kind, about);
        if applied.target_by.is_some() || kind == TargetKind::FirstResponse {
            terminal.say(format_args!("  {}: {}", Column::from(kind).key(), target(&applied)))?;
        }
        if kind == TargetKind::FirstResponse {
            let reopened = policy.applied(kind, &About { reopened: true, ..about.clone() });
            if reopened.target_by != applied.target_by {
                terminal.say(format_args!("  {}: {}", Column::ReopenedResponse.key(), target(&reopened)))?;
            }
        }
    }
    let applied = policy.applied(TargetKind::FirstResponse, about);
    let by = applied.calendar_by.map_or("the calendar of `hours`".to_owned(), line);
    terminal.say(format_args!("  calendar: {}, by {by}", applied.calendar))?;
    if let Some(won) = applied.best_effort_by {
        let effort = if applied.best_effort { "an aim, never late" } else { "a promise" };
        terminal.say(format_args!("  best_effort: {effort}, by {}", line(won)))?;
    }
    Ok(())
}

/// PLN-3: what an escalation or the organisation's region changes for the first response.
fn explain_others<W: Write>(policy: &rules::policy::Policy, about: &About, terminal: &mut Terminal<W>) -> Result<()> {
    let first = |about: &About| policy.applied(TargetKind::FirstResponse, about);
    let plain = first(about);
    let mut others = Vec::new();
    if policy.escalation_of(about.plan.as_ref(), &about.priority).is_some() {
        others.push(("once escalated".to_owned(), About { escalated: true, ..about.clone() }));
    }
    for (region, _) in policy.regions.iter() {
        others.push((format!("in region {region}"), About { region: Some(region.clone()), ..about.clone() }));
    }
    for (name, other) in others {
        let applied = first(&other);
        if (applied.target_by, applied.calendar) != (plain.target_by, plain.calendar) {
            let (said, calendar) = (target(&applied), applied.calendar);
            terminal.say(format_args!("  {name}: first_response {said}; calendar {calendar}"))?;
        }
    }
    let emergency = policy.calendars.get(plain.calendar).and_then(|entry| entry.emergency.as_ref());
    if emergency.is_some_and(|hours| hours.priorities.contains(&about.priority)) {
        terminal.say(format_args!("  emergency: the hours of calendars.{}.emergency count too", plain.calendar))?;
    }
    for (name, only) in policy.types.get(&about.request_type).into_iter().flat_map(|it| it.priorities.only_if.iter()) {
        if *name == about.priority {
            terminal.say(format_args!("  only_if: {}", serde_json::to_string(&only.when)?))?;
        }
    }
    Ok(())
}

fn target(applied: &Applied<'_>) -> String {
    match applied.target_by {
        Some(won) => format!("{}, by {}", applied.target, line(won)),
        None => "none, since the type has no clock or no line speaks of it".to_owned(),
    }
}

/// Which line it is, and what it is for.
pub(super) fn line(won: Winner<'_>) -> String {
    let table = won.plan.map_or("targets".to_owned(), |plan| format!("plans.{plan}.targets"));
    let fit = match won.fit {
        Fit::TypeAndPriority => "for its type and priority",
        Fit::Priority => "for its priority",
        Fit::Type => "for its type",
        Fit::Everything => "for everything",
    };
    let escalated = if won.line.escalated { ", once escalated" } else { "" };
    let region = won.line.region.as_ref().map_or_else(String::new, |region| format!(", in region {region}"));
    format!("line {} of [[{table}]], {fit}{region}{escalated}", won.at + 1)
}

fn plural(count: usize, one: &str) -> String {
    if count == 1 { one.to_owned() } else { format!("{one}s") }
}

#[cfg(test)]
#[path = "policy_test.rs"]
mod tests;
