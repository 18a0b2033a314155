//! `firstline tool`: builds of the migration tool, for customers to download (REQ-6).

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Request, Response};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Tool {
    /// Keep a build of the migration tool; it is offered on the page of migrations with its SHA-256.
    Add {
        file: PathBuf,
        /// Its version: 2.4.0.
        #[arg(long)]
        version: String,
        /// What it runs on: "Linux x86-64".
        #[arg(long)]
        platform: String,
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

pub(super) fn run(
    Tool::Add { file, version, platform, config }: Tool,
    terminal: &mut Terminal,
) -> anyhow::Result<ExitCode> {
    // The server runs in another folder.
    let file = std::fs::canonicalize(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    match talk(&read_config(config)?, Request::AddTool { file, version, platform })? {
        Response::Refused(why) => anyhow::bail!("nothing was kept: {why}"),
        said => terminal.say(said.words())?,
    }
    Ok(ExitCode::SUCCESS)
}
