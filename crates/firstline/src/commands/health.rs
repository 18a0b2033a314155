//! `firstline health`: whether a server holds the desk and can do its work, as `/readyz` says it. For those that can run a
//! program and nothing else, as the health checks of containers; it costs the server no more than that page does.

use std::{path::PathBuf, process::ExitCode};

use anyhow::bail;

use super::{Terminal, serve::read_config};
use crate::control::{self, Request, Response};

#[derive(Debug, clap::Args)]
pub(super) struct Health {
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Health, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let folder = read_config(command.config)?.data_dir;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(control::ask(&folder, &Request::IsReady))? {
        None => bail!("no server runs on {}", folder.display()),
        Some(Response::Refused(why)) => bail!("the server is not ready: {why}"),
        Some(ready) => terminal.say(ready.words())?,
    }
    Ok(ExitCode::SUCCESS)
}
