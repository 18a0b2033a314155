//! `firstline doctor`: what is well with a desk and what is not, line by line.

use std::{path::PathBuf, process::ExitCode};

use super::{Terminal, serve::read_config};
use crate::doctor::{self, Finding, Verdict};

#[derive(Debug, clap::Args)]
pub(super) struct Doctor {
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Doctor, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let findings = match read_config(command.config) {
        Ok(config) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(doctor::examine(&config))
        }
        Err(error) => vec![Finding::fail("configuration", format!("{error:#}"), "mend it; nothing else was looked at")],
    };
    let fails = findings.iter().filter(|finding| finding.verdict == Verdict::Fail).count();
    let warns = findings.iter().filter(|finding| finding.verdict == Verdict::Warn).count();
    if command.json {
        let is_well = fails == 0;
        terminal.say(serde_json::to_string_pretty(&serde_json::json!({ "well": is_well, "findings": findings }))?)?;
    } else {
        findings.iter().try_for_each(|finding| say(finding, terminal))?;
        terminal.say(match (fails, warns) {
            (0, 0) => "All is well.".to_owned(),
            (0, warns) => format!("It works; {warns} to look at."),
            (fails, warns) => format!("{fails} failed, {warns} to look at."),
        })?;
    }
    Ok(if fails == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn say(finding: &Finding, terminal: &mut Terminal) -> anyhow::Result<()> {
    let verdict = match finding.verdict {
        Verdict::Ok => "ok",
        Verdict::Warn => "warn",
        Verdict::Fail => "fail",
    };
    terminal.say(format_args!("{verdict:<5}{:<16} {}", finding.what, finding.why))?;
    match &finding.now {
        Some(now) => terminal.say(format_args!("{:<22}now: {now}", "")),
        None => Ok(()),
    }
}
