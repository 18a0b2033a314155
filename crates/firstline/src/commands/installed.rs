//! `firstline installed`: which version runs where.

use std::{path::PathBuf, process::ExitCode};

use words::lang::Lang;

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Request, Response};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Installed {
    /// Take a list of installations (CSV) as your books or telemetry export it, whole or not at all; the newest word of each counts.
    Import {
        /// The file; its first line names the columns.
        file: PathBuf,
        /// Say what would come of it, and change nothing.
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

pub(super) fn run(command: Installed, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let Installed::Import { file, dry_run, config } = command;
    let bytes = crate::text_file::bytes(&file)?;
    let no_text = |why| anyhow::anyhow!("{}: {}", file.display(), words::table::no_text(Lang::En, why));
    let text = rules::table::text(&bytes).map_err(no_text)?;
    let response = talk(&read_config(config)?, Request::ImportInstalled { text, dry: dry_run })?;
    if let Response::Refused(why) = response {
        anyhow::bail!("nothing was done: {why}");
    }
    terminal.say(response.words())?;
    Ok(ExitCode::SUCCESS)
}
