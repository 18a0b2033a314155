//! `firstline policy holidays`: proposals of a country, own days and calendar files, written into a policy file for a person to
//! look at and apply (PLN-6). Which days there are is `rules::holidays`'.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use rules::{
    holidays::{
        MOST_YEARS,
        amend::{Amendment, amended},
        countries, ics, proposals,
    },
    keys::is_key,
    policy::Policy,
};
use words::lang::Lang;

use super::Terminal;
use crate::text_file;

#[derive(Debug, clap::Args)]
pub(super) struct Holidays {
    /// The policy file that they are written into; without one, what is known of a country is printed.
    file: Option<PathBuf>,
    /// A country and, where it has them, a region: `at`, `de/by`. Without one, all that there are are listed.
    #[arg(long, value_name = "COUNTRY[/REGION]")]
    place: Option<String>,
    /// A calendar file (.ics) with all-day events.
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// The first year.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    from: Option<i16>,
    /// The last year; the one after the first unless given.
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    to: Option<i16>,
    /// An own day: `2026-12-24=Christmas Eve`; as often as there are some.
    #[arg(long, value_name = "DATE=NAME", value_parser = own_day)]
    add: Vec<(Date, String)>,
    /// A day that is taken out, or left out of what is proposed.
    #[arg(long, value_name = "DATE")]
    remove: Vec<Date>,
    /// The key of the list.
    #[arg(long, value_name = "KEY", requires = "file")]
    list: Option<String>,
    /// The name of a new list, which customers read.
    #[arg(long)]
    name: Option<String>,
    /// A calendar that is closed on its days; as often as there are some.
    #[arg(long, value_name = "KEY")]
    calendar: Vec<String>,
    /// Write the file; without it, what would be written is printed.
    #[arg(long, requires = "file")]
    write: bool,
}

fn own_day(written: &str) -> Result<(Date, String), String> {
    let wrong = || format!("`{written}` is no day with a name: write 2026-12-24=Christmas Eve");
    let (date, name) = written.split_once('=').ok_or_else(wrong)?;
    let date = date.parse::<Date>().map_err(|_| wrong())?;
    if name.trim().is_empty() { Err(wrong()) } else { Ok((date, name.trim().to_owned())) }
}

pub(super) fn run<W: Write>(asked: Holidays, terminal: &mut Terminal<W>) -> Result<ExitCode> {
    let source = asked.file.as_deref().map(text_file::read).transpose()?;
    let policy = source.as_deref().map(policy).transpose()?;
    if asked.place.is_none() && asked.ics.is_none() && asked.add.is_empty() && asked.remove.is_empty() {
        return places(terminal);
    }
    let language = policy.as_ref().map_or("en", |policy| policy.language.as_str());
    let amendment = amendment(&asked, language)?;
    let (Some(source), Some(policy), Some(file)) = (source, policy, asked.file.as_deref()) else {
        for (date, name) in &amendment.add {
            terminal.say(format_args!("{date}  {name}"))?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let list = asked.list.as_deref().context("name the list with --list; a new one needs --name and --calendar too")?;
    if !is_key(list) {
        bail!("`{list}` is no key: write lower-case letters, digits and _, beginning with a letter");
    }
    let is_new = !policy.holidays.contains(list);
    if is_new && (asked.name.is_none() || asked.calendar.is_empty()) {
        bail!("the policy has no list `{list}`; a new one needs --name, and --calendar for who is closed on its days");
    }
    if let Some(calendar) = asked.calendar.iter().find(|key| !policy.calendars.contains(key.as_str())) {
        let known: Vec<&str> = policy.calendars.keys().map(|key| key.as_str()).collect();
        bail!("the policy has no calendar `{calendar}`; it has: {}", known.join(", "));
    }
    let amendment = Amendment { list: Some(list.into()), ..amendment };
    let written = amended(&source, &amendment).filter(|text| Policy::parse(text).is_ok());
    let written = written.context("the file is written so that days cannot be put into it; please do it by hand")?;
    finish(file, (&written, asked.write), &amendment, terminal)
}

fn finish<W: Write>(
    file: &Path,
    (written, is_real): (&str, bool),
    amendment: &Amendment,
    terminal: &mut Terminal<W>,
) -> Result<ExitCode> {
    if !is_real {
        terminal.say(written.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    std::fs::write(file, written).with_context(|| format!("{} cannot be written", file.display()))?;
    let said = words::holidays::taken(Lang::En, amendment.add.len(), amendment.remove.len());
    terminal.say(format_args!("{}: {said}", file.display()))?;
    terminal.say(format_args!("It counts once it is applied: firstline policy apply {}", file.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn policy(source: &str) -> Result<Policy> {
    let parsed = Policy::parse(source);
    parsed.map(|checked| checked.policy).map_err(|_| anyhow::anyhow!("it is no policy: see `firstline policy check`"))
}

fn places<W: Write>(terminal: &mut Terminal<W>) -> Result<ExitCode> {
    for (code, country) in countries() {
        terminal.say(format_args!("{code}  {}", country.name))?;
        for (key, name) in country.regions() {
            terminal.say(format_args!("{code}/{key}  {name}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is added and taken out, whatever the list.
fn amendment(asked: &Holidays, language: &str) -> Result<Amendment> {
    let from = asked.from.or_else(|| asked.add.iter().map(|(date, _)| date.year()).min());
    let mut amendment = Amendment {
        name: asked.name.clone().unwrap_or_default(),
        remove: asked.remove.iter().copied().collect(),
        calendars: asked.calendar.iter().map(|key| key.as_str().into()).collect(),
        ..Amendment::default()
    };
    let needs_years = asked.place.is_some() || asked.ics.is_some();
    let first =
        if needs_years { asked.from.context("say from which year on: --from 2027")? } else { from.unwrap_or(0) };
    let last = asked.to.unwrap_or(first.saturating_add(1));
    if last < first || last - first >= MOST_YEARS {
        bail!("--to is at most {} years after --from, and not before it", MOST_YEARS - 1);
    }
    if let Some(place) = &asked.place {
        let (country, region) = place.split_once('/').map_or((place.as_str(), None), |(of, it)| (of, Some(it)));
        let days = proposals(country, region, (first, last), language);
        let days =
            days.map_err(|_| anyhow::anyhow!("`{place}` is not known; `firstline policy holidays` lists all"))?;
        amendment.add.extend(days.into_iter().map(|day| (day.date, day.name)));
    }
    if let Some(file) = &asked.ics {
        let bytes = std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
        match ics::read(&bytes, (first, last)) {
            Ok(days) => amendment.add.extend(days.into_iter().map(|day| (day.date, day.name))),
            Err(faults) => {
                let said = words::holidays::faults(Lang::En, &faults).join("\n");
                bail!("{}: nothing was taken\n{said}", file.display());
            }
        }
    }
    amendment.add.extend(asked.add.iter().cloned());
    amendment.add.retain(|date, _| !amendment.remove.contains(date));
    Ok(amendment)
}
