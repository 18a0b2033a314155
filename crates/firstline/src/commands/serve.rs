//! `firstline serve`: a production desk.

use std::{path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use web::app::Mode;

use super::Terminal;
use crate::{
    config::{Config, LogForm},
    folder::Folder,
    ports::{SystemChance, SystemClock, environment},
    serving::{self, Listening},
    wire::{self, Ports},
};

#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// The configuration; `firstline.toml` here, if there is one, unless given.
    #[arg(long)]
    config: Option<PathBuf>,
}

pub(super) fn run(command: Serve, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    let config = read_config(command.config)?;
    start_log(config.log);
    if config.is_exposed() {
        tracing::warn!(
            base_url = config.base_url,
            "passwords cross the network in the clear; put https in front and name it in base_url"
        );
    }
    let folder = Folder::take(&config.data_dir)?;
    let key = folder.secret_key(config.secret_key_file.as_deref(), |bytes| desk::ports::Chance::fill(&SystemChance, bytes))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let ports = Ports {
            clock: Arc::new(SystemClock),
            chance: Arc::new(SystemChance),
            postman: wire::postman(&config)?,
        };
        let app = wire::wire(&config, key, ports, Mode::Production).await?;
        let at = Listening { site: config.listen, health: Some(config.health_listen) };
        serving::serve(app, folder.path(), at, |address| {
            tracing::info!(%address, base_url = config.base_url, "serving");
            // Whoever started it by hand looks at the terminal; a closed one is no reason to stop.
            let _ = terminal.say(format_args!("Firstline serves {} on {address}.", config.base_url));
        })
        .await
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The configuration from the file named, or the one in this folder, and the environment.
pub(super) fn read_config(file: Option<PathBuf>) -> anyhow::Result<Config> {
    let here = PathBuf::from("firstline.toml");
    let file = file.or_else(|| here.exists().then_some(here));
    Config::read(file.as_deref(), &environment())
        .context("without a configuration: run `firstline init`, or name a file with --config")
}

/// Logs to standard error.
pub(super) fn start_log(form: LogForm) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A log that is there already is as good.
    let _ = match form {
        LogForm::Text => log.try_init(),
        LogForm::Json => log.json().try_init(),
    };
}
