//! `firstline explain`: says why, from the same rules that the desk enforces.

mod batch;

use std::process::ExitCode;

use super::{Terminal, explain_address};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Explain {
    /// When a first response is due, or how much working time lies between two instants.
    Deadline(Deadline),
    /// What an address leads to at sign-up, and why.
    Address(explain_address::ExplainAddress),
}

#[derive(Debug, clap::Args)]
pub(super) struct Deadline {
    /// Read one JSON object a line from standard input and answer each with one line.
    ///
    /// `{"id":1,"calendar":{"zone":"Europe/Berlin","slots":{"mon":[["08:00","18:00"]]},"holidays":["2026-12-25"]},
    /// "start":"2026-11-20T16:40:00Z","working_minutes":480}` answers `{"id":1,"due":"2026-11-30T14:40:00Z"}`;
    /// with `"end"` instead of `"working_minutes"` it answers `{"id":1,"working_seconds":..}`.
    #[arg(long, required = true)]
    batch: bool,
}

pub(super) fn run(command: Explain, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    match command {
        Explain::Address(args) => explain_address::run(args, terminal),
        Explain::Deadline(_) => batch::run(std::io::stdin().lock(), &mut terminal.out),
    }
}
