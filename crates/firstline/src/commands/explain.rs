//! `firstline explain`: says why, from the same rules that the desk enforces. It asks files; who sees a request it asks the desk.

mod address;
mod batch;
mod deadline;
mod log;
mod visibility;

use std::{path::Path, process::ExitCode};

use anyhow::anyhow;
use rules::policy::{Checked, Policy};

use super::{Terminal, init::REFERENCE};
use crate::text_file;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Explain {
    /// When a first response is due, or how much working time lies between two instants.
    Deadline(deadline::Deadline),
    /// What an address leads to at sign-up.
    Address(address::ExplainAddress),
    /// What a log is, how much of one, and what would be masked in it; ends with 1 if a file is no log.
    Log(log::ExplainLog),
    /// Whether somebody sees a request, and by which rule; ends with 1 if they do not.
    Visibility(visibility::ExplainVisibility),
}

pub(super) fn run(command: Explain, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    match command {
        Explain::Deadline(asked) if asked.batch => batch::run(std::io::stdin().lock(), &mut terminal.out),
        Explain::Deadline(asked) => deadline::run(asked, terminal),
        Explain::Address(asked) => address::run(asked, terminal),
        Explain::Log(asked) => log::run(asked, terminal),
        Explain::Visibility(asked) => visibility::run(asked, terminal),
    }
}

/// The policy in a file; the reference policy unless one is named.
fn policy_of(file: Option<&Path>) -> anyhow::Result<Checked> {
    let Some(file) = file else { return Ok(Policy::parse(REFERENCE).expect("the reference policy is sound")) };
    let name = file.display();
    let source = text_file::read(file)?;
    Policy::parse(&source).map_err(|faults| match faults.len() {
        1 => anyhow!("{name} has a fault; `firstline policy check {name}` shows it"),
        count => anyhow!("{name} has {count} faults; `firstline policy check {name}` shows them"),
    })
}
