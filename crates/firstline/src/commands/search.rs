//! `firstline search`: the index of what can be searched. It keeps itself up to date; this is for who does not trust it.

use std::{path::PathBuf, process::ExitCode, sync::Arc, time::Duration};

use anyhow::bail;
use web::app::Mode;

use super::{Terminal, serve::read_config};
use crate::{
    config::Config,
    control::{self, Request, Response, search_said},
    folder::Folder,
    ports::{SystemChance, SystemClock},
    wire::{self, Ports},
};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Search {
    /// Make the index anew from the database, also while the desk serves.
    Rebuild {
        /// The configuration; `firstline.toml` here, if there is one, unless given.
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

/// Between two looks at a server that makes it.
const LOOK: Duration = Duration::from_millis(500);

pub(super) fn run(command: Search, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let Search::Rebuild { config } = command;
    let config = read_config(config)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match control::ask(&config.data_dir, &Request::RebuildSearch).await? {
            Some(Response::Refused(why)) => bail!("the index was not made anew: {why}"),
            Some(_) => watch(&config, terminal).await?,
            None => alone(&config, terminal).await?,
        }
        terminal.say("The search index is whole.")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The server makes it; says how far it is.
async fn watch(config: &Config, terminal: &mut Terminal) -> anyhow::Result<()> {
    let mut before = String::new();
    loop {
        match control::ask(&config.data_dir, &Request::SearchProgress).await? {
            Some(Response::Text(said)) if said != before => {
                terminal.say(&said)?;
                before = said;
            }
            Some(Response::Text(_) | Response::Sight(_)) => {}
            Some(Response::Done(_)) => return Ok(()),
            Some(Response::Refused(why)) => bail!("the index was not made anew: {why}"),
            None => bail!("the server stopped meanwhile; it goes on with the index when it starts"),
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Nobody serves: makes it here.
async fn alone(config: &Config, terminal: &mut Terminal) -> anyhow::Result<()> {
    let folder = Folder::take(&config.data_dir)?;
    let draw = |bytes: &mut [u8]| desk::ports::Chance::fill(&SystemChance, bytes);
    let key = folder.secret_key(config.secret_key_file.as_deref(), draw)?;
    let ports = Ports { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance), postman: wire::postman(config)? };
    let desk = wire::wire(config, key, ports, Mode::Production).await?.desk;
    let all = store::tickets::newest(desk.store.read()).await?;
    let mut broken = None;
    let made = desk::search::rebuild(&desk, |upto| {
        if let Err(error) = terminal.say(search_said(upto, all)) {
            broken.get_or_insert(error);
        }
    })
    .await;
    desk.store.close().await?;
    made?;
    broken.map_or(Ok(()), Err)
}
