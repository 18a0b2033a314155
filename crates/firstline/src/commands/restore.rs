//! `firstline restore`: a desk out of a backup, or whether one would come of it.

use std::{
    fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context;

use super::{Terminal, serve::read_config};
use crate::backup::{self, Later, Outcome};

#[derive(Debug, clap::Args)]
pub(super) struct Restore {
    /// The folder of the backup.
    from: PathBuf,
    /// Only try whether the backup is whole: nothing of any desk is touched, and nothing is left.
    #[arg(long)]
    verify: bool,
    /// The list of who was erased since: erasures.log of the old data folder. One that lies alone in the new data folder
    /// is taken by itself.
    #[arg(long, value_name = "FILE", conflicts_with = "verify")]
    erasures: Option<PathBuf>,
    /// The list of what was redacted since: redactions.log of the old data folder. One that lies in the new data folder is
    /// taken by itself.
    #[arg(long, value_name = "FILE", conflicts_with = "verify")]
    redactions: Option<PathBuf>,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

/// Faults that are printed; the number of the rest is said.
const SHOWN: usize = 100;

pub(super) fn run(command: Restore, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = if command.verify {
        // Only a backup of PostgreSQL needs one.
        let config = read_config(command.config).ok();
        let database = config.as_ref().and_then(|config| config.database.as_ref()).map(|url| url.reveal());
        in_a_throw_away_folder(|folder| runtime.block_on(backup::verify(&command.from, database, folder)))?
    } else {
        let config = read_config(command.config)?;
        let later = Later { erasures: command.erasures, redactions: command.redactions };
        runtime.block_on(backup::restore(&config, &command.from, &later))?
    };
    tell(&outcome, command.verify, terminal)
}

fn in_a_throw_away_folder(work: impl FnOnce(&Path) -> anyhow::Result<Outcome>) -> anyhow::Result<Outcome> {
    let folder = std::env::temp_dir().join(format!("firstline-verify-{}", std::process::id()));
    let made = fs::DirBuilder::new().mode(0o700).create(&folder);
    made.with_context(|| format!("{} cannot be made; name a folder with room by TMPDIR", folder.display()))?;
    let outcome = work(&folder);
    fs::remove_dir_all(&folder).with_context(|| format!("{} is left", folder.display()))?;
    outcome
}

fn tell(outcome: &Outcome, is_trial: bool, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    for line in &outcome.said {
        terminal.say(line)?;
    }
    for fault in outcome.faults.iter().take(SHOWN) {
        terminal.say(format_args!("wrong: {fault}."))?;
    }
    let left = outcome.faults.len().saturating_sub(SHOWN);
    if left > 0 {
        terminal.say(format_args!("wrong: and {left} more."))?;
    }
    if !outcome.faults.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    terminal.say(if is_trial { "This backup is whole." } else { "All is well; start `firstline serve`." })?;
    Ok(ExitCode::SUCCESS)
}
