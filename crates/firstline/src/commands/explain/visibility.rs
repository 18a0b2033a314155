//! `firstline explain visibility`: whether somebody sees a request, and what each line of their scope says to it.

use std::{path::PathBuf, process::ExitCode};

use rules::ids::TicketId;

use crate::{
    commands::{Terminal, serve::read_config, talk::talk},
    control::{Request, Response, Sighted},
};

/// Whether somebody sees a request, and why.
#[derive(Debug, clap::Args)]
pub(in crate::commands) struct ExplainVisibility {
    /// The person's number or address.
    person: String,
    /// The request's number.
    request: i64,
    /// Answer with one JSON object.
    #[arg(long)]
    json: bool,
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(asked: ExplainVisibility, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let ExplainVisibility { person, request, json, config } = asked;
    let request = Request::ExplainVisibility { person, request: TicketId(request) };
    match talk(&read_config(config)?, request)? {
        Response::Sight(Sighted { sees, json: object, text }) => {
            if json {
                terminal.say(object)?;
            } else {
                terminal.say(text)?;
            }
            Ok(if sees { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        other => anyhow::bail!("{}", other.words()),
    }
}
