//! `firstline policy`: checks, explains, compares and renders support policies.

use std::process::ExitCode;

use super::Terminal;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Policy {}

pub(super) fn run(command: Policy, _terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    match command {}
}
