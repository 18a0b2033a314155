//! The log: to standard error, as text or JSON. What it tells can be changed while the process runs.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogForm};

/// A log that was started.
pub(crate) struct Log {
    set: Box<dyn Fn(EnvFilter) -> Result<(), String> + Send + Sync>,
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").finish_non_exhaustive()
    }
}

impl Log {
    /// Starts it with the level of a configuration that says none.
    pub(crate) fn start(form: LogForm) -> Self {
        let log = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(Config::default().log_level))
            .with_writer(std::io::stderr);
        // Colours are for eyes: a file or a pipe would hold their codes between the words.
        let log = if std::io::stderr().is_terminal() { log } else { log.with_ansi(false) };
        // A log that is there already is as good.
        match form {
            LogForm::Text => {
                let log = log.with_filter_reloading();
                let handle = log.reload_handle();
                let _ = log.try_init();
                Self { set: Box::new(move |filter| handle.reload(filter).map_err(|fault| fault.to_string())) }
            }
            LogForm::Json => {
                let log = log.json().with_filter_reloading();
                let handle = log.reload_handle();
                let _ = log.try_init();
                Self { set: Box::new(move |filter| handle.reload(filter).map_err(|fault| fault.to_string())) }
            }
        }
    }

    /// From now on it tells this: `info,sqlx=warn`.
    pub(crate) fn set(&self, level: &str) -> anyhow::Result<()> {
        let filter = EnvFilter::try_new(level)?;
        (self.set)(filter).map_err(|fault| anyhow::anyhow!("the log stays as it is: {fault}"))
    }
}
