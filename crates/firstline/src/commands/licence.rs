//! `firstline licence`: what organisations have paid for (ENT-1).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::civil::Date;
use rules::{
    entitlement::Kind,
    keys::{DeploymentKey, PlanKey},
};

use words::lang::Lang;

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Give, Request, Response};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Licence {
    /// Give an organisation a licence; with a --key that is known, change what that licence says.
    Give {
        /// The organisation's number, or one of its domains.
        organisation: String,
        /// paid, trial or partner.
        #[arg(long, default_value = "paid")]
        kind: Kind,
        /// A plan of the support policy, whose targets count.
        #[arg(long)]
        plan: Option<String>,
        /// Its last day: 2027-03-31. Without it the licence has no end.
        #[arg(long, value_parser = date)]
        through: Option<Date>,
        /// For this deployment of the support policy only.
        #[arg(long)]
        deployment: Option<String>,
        #[arg(long, default_value = "")]
        edition: String,
        #[arg(long)]
        seats: Option<u32>,
        /// How your own books call it.
        #[arg(long)]
        key: Option<String>,
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Take a table of licences (CSV) as your books export it, whole or not at all: known keys are changed, others added.
    Import {
        /// The file; its first line names the columns.
        file: PathBuf,
        /// Say what would come of it, and change nothing.
        #[arg(long)]
        dry_run: bool,
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// List the licences of an organisation, and where each stands today.
    List {
        /// The organisation's number, or one of its domains.
        organisation: String,
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

fn date(written: &str) -> Result<Date, String> {
    written.parse().map_err(|_| "write a date as 2027-03-31".to_owned())
}

/// A file as its program wrote it, in whatever encoding.
fn table(file: &Path) -> anyhow::Result<String> {
    let bytes = crate::text_file::bytes(file)?;
    let no_text = |why| anyhow::anyhow!("{}: {}", file.display(), words::table::no_text(Lang::En, why));
    rules::table::text(&bytes).map_err(no_text)
}

pub(super) fn run(command: Licence, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (config, request) = match command {
        Licence::Give { organisation, kind, plan, through, deployment, edition, seats, key, config } => {
            let (plan, deployment) = (plan.map(PlanKey), deployment.map(DeploymentKey));
            (config, Request::GiveLicence(Give { organisation, kind, plan, through, deployment, edition, seats, key }))
        }
        Licence::Import { file, dry_run, config } => {
            (config, Request::ImportLicences { text: table(&file)?, dry: dry_run })
        }
        Licence::List { organisation, config } => (config, Request::ListLicences { organisation }),
    };
    let response = talk(&read_config(config)?, request)?;
    if let Response::Refused(why) = response {
        anyhow::bail!("nothing was done: {why}");
    }
    terminal.say(response.words())?;
    Ok(ExitCode::SUCCESS)
}
