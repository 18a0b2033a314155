//! `firstline audit`: whether the audit is whole, and all of it in a file.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use rules::audit::Head;

use super::{Terminal, serve::read_config, talk::talk};
use crate::control::{Request, Response};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Audit {
    /// Count every entry anew; says how many there are and the last, or the first that does not fit, and ends with 1 then.
    Verify {
        /// A last entry that was kept elsewhere, as this command, a backup's manifest or the page of the audit says it: it finds what
        /// was cut off since; several are possible.
        #[arg(long = "head", value_name = "NUMBER:HASH", value_parser = head)]
        heads: Vec<Head>,
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Write all of it into a file: numbers and facts, no names.
    Export {
        /// Ends in .csv for a table, in .jsonl for lines of JSON of which each counts its own hash; may not be there yet.
        #[arg(long)]
        into: PathBuf,
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

fn head(text: &str) -> Result<Head, String> {
    text.parse()
        .map_err(|()| "this is no last entry; write its number, a colon and the 64 digits of its hash".to_owned())
}

pub(super) fn run(command: Audit, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let (config, request) = match command {
        Audit::Verify { heads, config } => (config, Request::VerifyAudit { heads }),
        Audit::Export { into, config } => {
            // The server may stand in another folder.
            let into = std::path::absolute(&into).context("the place has no name")?;
            (config, Request::ExportAudit { into })
        }
    };
    match talk(&read_config(config)?, request)? {
        Response::Refused(why) => anyhow::bail!("{why}"),
        said => terminal.say(said.words())?,
    }
    Ok(ExitCode::SUCCESS)
}
