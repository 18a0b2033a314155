//! `firstline release`: releases and hotfixes of the product (BUG-1, 4, 7, 8).

use std::{
    io::Read,
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::civil::Date;
use words::lang::Lang;

use super::{Terminal, serve::read_config, talk::talk, written::day};
use crate::control::{Releasing, Request, Response, SupportedUntil, What};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Release {
    /// Publish a release or a hotfix, or change what is said of it; the same again changes nothing.
    Publish {
        /// Its version: 5.12.1, or 5.12.1-hotfix.2.
        version: String,
        /// A changelog (Markdown, as keepachangelog.com has it) with a part about it, or that part alone.
        #[arg(long)]
        notes: Option<PathBuf>,
        /// Messages of its commits, as `git log` prints them, in a file or on standard input (-): bugs of the desk that they
        /// say are fixed ("Fixes BUG-311") are fixed in this release.
        #[arg(long)]
        commits: Option<PathBuf>,
        /// An edition that it is for, once for each; without it, all.
        #[arg(long = "edition")]
        editions: Vec<String>,
        /// The last day on which it is supported, or none.
        #[arg(long, value_parser = until)]
        supported_until: Option<SupportedUntil>,
        /// Its day; else the one that the notes say, else today.
        #[arg(long, value_parser = day)]
        date: Option<Date>,
        #[command(flatten)]
        how: How,
    },
    /// Say that a release reached an instance of your cloud.
    Rollout {
        version: String,
        /// The instance, as the support policy names it.
        #[arg(long)]
        to: String,
        #[command(flatten)]
        how: How,
    },
    /// Take a release back: "the latest" steps back, and everybody who was told of it is told.
    Withdraw {
        version: String,
        /// Why, in a sentence that customers read.
        #[arg(long)]
        because: String,
        /// The release to use instead.
        #[arg(long = "use")]
        instead: Option<String>,
        #[command(flatten)]
        how: How,
    },
    /// Take a whole list of releases (a changelog, JSON or CSV), whole or not at all.
    Import {
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// List the releases, the newest first.
    List {
        /// Print JSON, which can be imported again.
        #[arg(long)]
        json: bool,
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

/// What all of them have in common.
#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// Say what would come of it, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Print JSON, for programs.
    #[arg(long)]
    json: bool,
    #[arg(long)]
    config: Option<PathBuf>,
}

fn until(written: &str) -> Result<SupportedUntil, String> {
    if written == "none" {
        return Ok(SupportedUntil::NoEnd);
    }
    written.parse().map(SupportedUntil::Day).map_err(|_| "write a day as 2027-03-31, or none".to_owned())
}

/// A file as its program wrote it, in whatever encoding.
fn text(file: &Path) -> anyhow::Result<String> {
    let bytes = crate::text_file::bytes(file)?;
    let no_text = |why| anyhow::anyhow!("{}: {}", file.display(), words::table::no_text(Lang::En, why));
    rules::table::text(&bytes).map_err(no_text)
}

/// Messages of commits. Old ones may be in any encoding; what names a bug is the same in all of them.
fn messages(file: &Path) -> anyhow::Result<String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().take(rules::bugs::COMMITS as u64 + 1).read_to_end(&mut bytes)?;
        bytes
    } else {
        crate::text_file::bytes(file)?
    };
    anyhow::ensure!(
        bytes.len() <= rules::bugs::COMMITS,
        "{}: more than {} MiB of messages; give those since the release before: git log 5.12..5.12.1",
        file.display(),
        rules::bugs::COMMITS >> 20
    );
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn run(command: Release, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (what, how, file) = match command {
        Release::Publish { version, notes, commits, editions, supported_until, date, how } => {
            let said = notes.as_deref().map(text).transpose()?;
            let commits = commits.as_deref().map(messages).transpose()?;
            let editions = Some(editions).filter(|all| !all.is_empty());
            (What::Publish { version, notes: said, commits, date, editions, supported_until }, how, notes)
        }
        Release::Rollout { version, to, how } => (What::RollOut { version, instance: to }, how, None),
        Release::Withdraw { version, because, instead, how } => {
            (What::Withdraw { version, why: because, instead }, how, None)
        }
        Release::Import { file, how } => (What::Import { text: text(&file)? }, how, Some(file)),
        Release::List { json, config } => (What::List, How { dry_run: false, json, config }, None),
    };
    let asked = Releasing { what, dry: how.dry_run, json: how.json };
    let response = talk(&read_config(how.config)?, Request::Release(asked))?;
    if let Response::Refused(why) = response {
        let of = file.map_or_else(String::new, |file| format!(" ({})", file.display()));
        anyhow::bail!("nothing was done{of}: {why}");
    }
    terminal.say(response.words())?;
    Ok(ExitCode::SUCCESS)
}
