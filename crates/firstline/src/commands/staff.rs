//! `firstline staff`: who works at the desk.

use std::{path::PathBuf, process::ExitCode};

use rules::access::Grant;

use super::{Terminal, init::person, serve::read_config, talk::talk};
use crate::control::{Request, Response};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Staff {
    /// Add a person, or set the grants of who is there; prints the link with which they set a password.
    Add {
        /// "Ines Kovač <ines@example.com>"
        person: String,
        /// agent, lead, product, security, administrator; several are possible.
        #[arg(long = "grant", required = true)]
        grants: Vec<Grant>,
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

pub(super) fn run(command: Staff, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let Staff::Add { person: written, grants, config } = command;
    let (name, address) = person(&written)?;
    let response = talk(&read_config(config)?, Request::AddStaff { name, address, grants })?;
    terminal.say(response.words())?;
    Ok(if matches!(response, Response::Refused(_)) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
