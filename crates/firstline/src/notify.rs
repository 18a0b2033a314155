//! What systemd hears of a serving desk, by the protocol of sd_notify(3): that it is ready, that it stops, and that it is
//! still alive. Without somebody who asked for it, nothing is said.

use std::{
    os::{
        linux::net::SocketAddrExt,
        unix::net::{SocketAddr, UnixDatagram},
    },
    time::Duration,
};

use anyhow::Context;
use tokio_util::sync::CancellationToken;

use crate::config::Environment;

/// Who started the process and wants to hear of it.
#[derive(Debug, Default)]
pub struct Supervisor {
    socket: Option<UnixDatagram>,
    /// How long it waits for a sign of life.
    patience: Option<Duration>,
}

impl Supervisor {
    /// As the environment names it.
    pub(crate) fn of(environment: &Environment) -> anyhow::Result<Self> {
        let named = |wanted: &str| environment.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let Some(path) = named("NOTIFY_SOCKET") else { return Ok(Self::default()) };
        let socket = connect(path).with_context(|| format!("NOTIFY_SOCKET names {path}"))?;
        let is_ours = named("WATCHDOG_PID").is_none_or(|id| id == std::process::id().to_string());
        let micros = named("WATCHDOG_USEC").filter(|_| is_ours).and_then(|micros| micros.parse().ok());
        Ok(Self { socket: Some(socket), patience: micros.map(Duration::from_micros) })
    }

    pub(crate) fn tell(&self, what: &str) {
        let Some(socket) = &self.socket else { return };
        if let Err(error) = socket.send(what.as_bytes()) {
            tracing::warn!(%error, what, "systemd could not be told");
        }
    }

    /// Gives signs of life, twice as often as asked for, until told to stop.
    pub(crate) async fn live(&self, stop: CancellationToken) {
        let Some(patience) = self.patience else { return stop.cancelled().await };
        let mut beat = tokio::time::interval(patience / 2);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = beat.tick() => self.tell("WATCHDOG=1"),
            }
        }
    }
}

/// A path, or with `@` in front a name that is in no folder.
fn connect(path: &str) -> std::io::Result<UnixDatagram> {
    let address = match path.strip_prefix('@') {
        Some(name) => SocketAddr::from_abstract_name(name)?,
        None => SocketAddr::from_pathname(path)?,
    };
    let socket = UnixDatagram::unbound()?;
    socket.connect_addr(&address)?;
    Ok(socket)
}
