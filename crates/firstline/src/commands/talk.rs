//! How a command reaches a desk: the running server's socket, or the folder itself while nobody serves.

use std::sync::Arc;

use web::app::Mode;

use crate::{
    config::Config,
    control::{self, Request, Response},
    folder::Folder,
    ports::{SystemChance, SystemClock},
    wire::{self, Ports},
};

/// Has it done, by the server if there is one.
pub(super) fn talk(config: &Config, request: Request) -> anyhow::Result<Response> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        if let Some(response) = control::ask(&config.data_dir, &request).await? {
            return Ok(response);
        }
        let folder = Folder::take(&config.data_dir)?;
        let draw = |bytes: &mut [u8]| desk::ports::Chance::fill(&SystemChance, bytes);
        let key = folder.secret_key(config.secret_key_file.as_deref(), draw)?;
        let ports =
            Ports { clock: Arc::new(SystemClock), chance: Arc::new(SystemChance), postman: wire::postman(config)? };
        let app = wire::wire(config, key, ports, Mode::Production).await?;
        let response = control::perform(&app.desk, request).await;
        app.desk.store.close().await?;
        Ok(response)
    })
}
