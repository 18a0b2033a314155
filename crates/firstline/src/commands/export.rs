//! `firstline export`: all that concerns a person or an organisation, as JSON and files (PRV-3).

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Request, Response, Whom};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Export {
    /// All that concerns a person, notes of staff included: for a request for information.
    Person {
        /// The person's number, or an address.
        person: String,
        #[command(flatten)]
        place: Place,
    },
    /// All that concerns an organisation: its people and every request filed for it.
    Organisation {
        /// The organisation's number, or one of its domains.
        organisation: String,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Place {
    /// A folder, or a file that ends in .zip; neither may be there yet.
    #[arg(long)]
    into: PathBuf,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Export, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (whom, Place { into, config }) = match command {
        Export::Person { person, place } => (Whom::Person(person), place),
        Export::Organisation { organisation, place } => (Whom::Organisation(organisation), place),
    };
    // The server may stand in another folder.
    let into = std::path::absolute(&into).context("the place has no name")?;
    match talk(&read_config(config)?, Request::Export { whom, into })? {
        Response::Refused(why) => anyhow::bail!("nothing was exported: {why}"),
        said => terminal.say(said.words())?,
    }
    Ok(ExitCode::SUCCESS)
}
