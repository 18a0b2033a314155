//! `firstline erase`: a person or an organisation is gone for good (PRV-1).

use std::{path::PathBuf, process::ExitCode};

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Going, Request, Response, Whom};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Erase {
    /// Everything that says who somebody was, and what they wrote; numbers and clocks stay.
    Person {
        /// The person's number, or an address.
        person: String,
        #[command(flatten)]
        how: How,
    },
    /// An organisation's name and domains, and the texts, files and mails of every request filed for it; numbers and clocks stay.
    Organisation {
        /// The organisation's number, or one of its domains.
        organisation: String,
        /// Erase its people too, former ones as well, who belong to no other organisation and do not work at the desk.
        #[arg(long)]
        people: bool,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// Do it. Without it, it is only said what would go. It cannot be undone.
    #[arg(long)]
    yes: bool,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Erase, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (whom, people, How { yes, config }) = match command {
        Erase::Person { person, how } => (Whom::Person(person), false, how),
        Erase::Organisation { organisation, people, how } => (Whom::Organisation(organisation), people, how),
    };
    match talk(&read_config(config)?, Request::Erase(Going { whom, people, confirmed: yes }))? {
        Response::Refused(why) => anyhow::bail!("{why}"),
        said => terminal.say(said.words())?,
    }
    Ok(ExitCode::SUCCESS)
}
