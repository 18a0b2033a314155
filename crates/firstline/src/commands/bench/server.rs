//! The desk under measure: this binary, started as `serve` in a process of its own on a world.

use std::{net::SocketAddr, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, ensure};
use tokio::{
    net::TcpListener,
    process::{Child, Command},
};

use super::{client::Client, machine, machine::now, sink};

/// A running desk.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    pub address: SocketAddr,
    /// From its start to the end of its first answer.
    pub first_answer: Duration,
}

/// How long a start may take before it has failed.
const PATIENCE: Duration = Duration::from_secs(60);

impl Server {
    pub(super) async fn start(world: &Path) -> anyhow::Result<Self> {
        let (address, health, mail) = (free_address().await?, free_address().await?, sink::listen().await?);
        let program = std::env::current_exe().context("this program has a file")?;
        let begun = now();
        let child = Command::new(program)
            .arg("serve")
            .current_dir(world)
            .env("FIRSTLINE_BASE_URL", format!("http://{address}"))
            .env("FIRSTLINE_LISTEN", address.to_string())
            .env("FIRSTLINE_HEALTH_LISTEN", health.to_string())
            .env("FIRSTLINE_DATA_DIR", world)
            .env("FIRSTLINE_LOG_LEVEL", "error")
            .env("FIRSTLINE_SMTP_HOST", mail.ip().to_string())
            .env("FIRSTLINE_SMTP_PORT", mail.port().to_string())
            .env("FIRSTLINE_SMTP_SECURITY", "none")
            .env("FIRSTLINE_SMTP_FROM", "support@desk.example")
            .env("FIRSTLINE_SMTP_FROM_NAME", "Support")
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .context("the desk cannot be started")?;
        let mut server = Self { child, address, first_answer: Duration::ZERO };
        server.await_answer(begun).await?;
        Ok(server)
    }

    async fn await_answer(&mut self, begun: std::time::Instant) -> anyhow::Result<()> {
        loop {
            if let Ok(mut client) = Client::connect(self.address, "").await {
                let answer = client.get("/sign-in").await?;
                self.first_answer = begun.elapsed();
                ensure!(answer.status == 200, "the sign-in page answered {}", answer.status);
                return Ok(());
            }
            ensure!(self.child.try_wait()?.is_none(), "the desk ended before it answered");
            ensure!(begun.elapsed() < PATIENCE, "the desk did not answer within a minute");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    pub(super) fn cpu(&self) -> anyhow::Result<Duration> {
        machine::cpu(self.pid()?)
    }

    pub(super) fn anonymous(&self) -> anyhow::Result<f64> {
        machine::anonymous(self.pid()?)
    }

    fn pid(&self) -> anyhow::Result<u32> {
        self.child.id().context("the desk has ended")
    }

    /// Ends it as a power cut would.
    pub(super) async fn kill(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }

    /// Stops it as an administrator would, by the socket's silence: SIGTERM, and waits.
    pub(super) async fn stop(mut self) -> anyhow::Result<()> {
        let asked = Command::new("kill").arg("-TERM").arg(self.pid()?.to_string()).status().await?;
        ensure!(asked.success(), "the desk was not told to stop");
        let ended = tokio::time::timeout(PATIENCE, self.child.wait()).await.context("the desk does not stop")??;
        ensure!(ended.success(), "the desk ended with {ended}");
        Ok(())
    }
}

/// An address that nobody listens on: one that was just free.
async fn free_address() -> anyhow::Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0)).await?.local_addr()?)
}
