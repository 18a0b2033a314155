//! `firstline staff`: who works at the desk.

use std::{path::PathBuf, process::ExitCode};

use rules::access::Grant;

use super::{
    Terminal,
    serve::read_config,
    talk::talk,
    written::{Person, person},
};
use crate::control::{Request, Response};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Staff {
    /// Add a person, or set the grants of who is there; prints the link with which they set a password if they have none.
    Add {
        /// "Ines Kovač <ines@example.com>"
        #[arg(value_parser = person)]
        person: Person,
        /// agent, lead, product, security, administrator; several are possible.
        #[arg(long = "grant", required = true)]
        grants: Vec<Grant>,
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

pub(super) fn run(command: Staff, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let Staff::Add { person: Person { name, address }, grants, config } = command;
    let written = address.clone();
    let response = talk(&read_config(config)?, Request::AddStaff { name, address, grants })?;
    if let Response::Refused(why) = response {
        anyhow::bail!("{} was not added: {why}", written);
    }
    terminal.say(response.words())?;
    Ok(ExitCode::SUCCESS)
}
