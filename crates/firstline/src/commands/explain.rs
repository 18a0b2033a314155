//! `firstline explain`: says why, from the same rules that the desk enforces.

use std::process::ExitCode;

use super::Terminal;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Explain {}

pub(super) fn run(command: Explain, _terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    match command {}
}
