//! How a command reaches a desk: the running server's socket, or the folder itself while nobody serves.

use std::sync::Arc;

use web::app::Mode;

use crate::{
    config::Config,
    control::{self, Request, Response, Tell},
    folder::Folder,
    ports::{SystemChance, SystemClock},
    wire::{self, Ports},
};

/// Has it done, by the server if there is one.
pub(super) fn talk(config: &Config, request: Request) -> anyhow::Result<Response> {
    talk_telling(config, request, &|_| {})
}

/// The same, and tells on the way how far it is.
pub(super) fn talk_telling(config: &Config, request: Request, tell: Tell<'_>) -> anyhow::Result<Response> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        if let Some(response) = control::ask_telling(&config.data_dir, &request, tell).await? {
            return Ok(response);
        }
        let folder = Folder::take(&config.data_dir)?;
        let draw = |bytes: &mut [u8]| desk::ports::Chance::fill(&SystemChance, bytes);
        let key = folder.secret_key(config.secret_key_file.as_deref(), draw)?;
        let ports =
            Ports { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance), postman: wire::postman(config)? };
        let app = wire::wire(config, key, ports, Mode::Production).await?;
        let response = control::perform_telling(&app.desk, request, tell).await;
        app.desk.store.close().await?;
        Ok(response)
    })
}
