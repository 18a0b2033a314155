//! `firstline backup`: a whole copy of a desk, also while it serves.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, ensure};

use super::{Terminal, serve::read_config, talk::talk};
use crate::{
    backup,
    control::{Request, Response},
};

#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The folder to write into: empty, or not there yet.
    into: PathBuf,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Backup, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let config = read_config(command.config)?;
    // The server may stand in another folder.
    let into = std::path::absolute(&command.into).context("the folder has no name")?;
    let response = talk(&config, Request::Backup { into: into.clone() })?;
    if let Response::Refused(why) = response {
        anyhow::bail!("{why}");
    }
    // A service may have a /tmp of its own, which goes when it stops.
    ensure!(
        backup::is_there(&into),
        "the server wrote a backup to {}, and here there is none: it sees another folder under that name; name one that \
         both see, such as /var/backups/firstline/NAME with the package's service",
        into.display()
    );
    terminal.say(response.words())?;
    Ok(ExitCode::SUCCESS)
}
