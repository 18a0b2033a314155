//! SIGHUP: reads the configuration again and takes what can be taken while the desk runs: how mail leaves, what
//! the log tells, and the files of certificate and key. What takes a new start is named in the log; a configuration that does not hold changes nothing.

use anyhow::Result;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::{config::Config, exchange::Exchange, log::Log, tls::Certificates, wire};

/// What a running desk can change.
#[derive(Debug)]
pub(crate) struct Reload {
    /// The configuration that it started with.
    pub(crate) started: Config,
    pub(crate) post: Exchange,
    pub(crate) log: Log,
    /// What new connections are shown, where the desk speaks https itself.
    pub(crate) tls: Option<Certificates>,
}

impl Reload {
    /// Listens for SIGHUP from now on; `read` reads the configuration anew. Ends with the token.
    pub(crate) fn listen(
        self,
        read: impl Fn() -> Result<Config> + Send + 'static,
        stop: CancellationToken,
    ) -> Result<tokio::task::JoinHandle<()>> {
        let mut hangup = signal(SignalKind::hangup())?;
        Ok(tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    heard = hangup.recv() => if heard.is_none() { return },
                }
                match read().and_then(|new| self.take(new)) {
                    Ok(()) => tracing::info!("the configuration was read again"),
                    Err(error) => tracing::error!(error = format!("{error:#}"), "the configuration stays as it was"),
                }
            }
        }))
    }

    fn take(&self, new: Config) -> Result<()> {
        // The sender's host is the desk's, which does not change while it runs.
        let next = Config { smtp: new.smtp.clone(), ..self.started.clone() };
        let postman = wire::postman(&next)?;
        let certificates = match (&self.tls, &new.tls) {
            (Some(held), Some(files)) => Some(held.prepared(files)?),
            // To begin or to end speaking https takes a new start.
            _ => None,
        };
        self.log.set(&new.log_level)?;
        self.post.put(postman);
        if let Some(put) = certificates {
            put();
        }
        for entry in self.started.needs_start(&new) {
            tracing::warn!(entry, "this entry changed and takes a new start");
        }
        Ok(())
    }
}
