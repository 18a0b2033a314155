//! `firstline serve`: a production desk.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use tokio_util::sync::CancellationToken;
use web::app::Mode;

use super::Terminal;
use crate::{
    config::{Config, LogForm},
    exchange::Exchange,
    folder::Folder,
    log::Log,
    notify::Supervisor,
    ports::{SystemChance, SystemClock, environment},
    reload::Reload,
    serving::{self, Listening},
    tls::Certificates,
    wire::{self, Ports},
};

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Serve, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let config = read_config(command.config.clone())?;
    let log = Log::start(config.log);
    log.set(&config.log_level)?;
    if config.is_exposed() {
        tracing::warn!(
            base_url = config.base_url,
            "passwords cross the network in the clear; put https in front and name it in base_url"
        );
    }
    let folder = Folder::take(&config.data_dir)?;
    let draw = |bytes: &mut [u8]| desk::ports::Chance::fill(&SystemChance, bytes);
    let key = folder.secret_key(config.secret_key_file.as_deref(), draw)?;
    let post = Exchange::new(wire::postman(&config)?);
    let certificates = config.tls.as_ref().map(Certificates::read).transpose()?;
    let supervisor = Supervisor::of(&environment())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = CancellationToken::new();
        let reload = Reload { started: config.clone(), post: post.clone(), log, tls: certificates.clone() };
        let reloading = reload.listen(move || read_config(command.config.clone()), stop.clone())?;
        let ports = Ports { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance), postman: Arc::new(post) };
        let app = wire::wire(&config, key, ports, Mode::Production).await?;
        let at = Listening { site: config.listen, tls: certificates, health: Some(config.health_listen), supervisor };
        serving::serve(app, folder.path(), at, |address| {
            tracing::info!(%address, base_url = config.base_url, "serving");
            // Whoever started it by hand looks at the terminal; a closed one is no reason to stop.
            let _ = terminal.say(format_args!("Firstline serves {} on {address}.", config.base_url));
        })
        .await?;
        stop.cancel();
        reloading.await.context("the watch for SIGHUP broke off")
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The configuration from the file named, or the one in this folder, and the environment.
pub(super) fn read_config(file: Option<PathBuf>) -> anyhow::Result<Config> {
    let here = PathBuf::from("firstline.toml");
    let file = file.or_else(|| here.exists().then_some(here));
    let read = Config::read(file.as_deref(), &environment());
    if file.is_some() { read } else { read.context("run `firstline init`, or name a configuration with --config") }
}

/// Logs to standard error.
pub(super) fn start_log(form: LogForm) {
    Log::start(form);
}
