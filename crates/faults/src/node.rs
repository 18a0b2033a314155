//! A desk's process: started, told the time, killed.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, Command},
    time::timeout,
};

/// Longer than a start takes beside everything else.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a desk is started on.
#[derive(Clone, Debug)]
pub(crate) struct Footing {
    pub(crate) folder: PathBuf,
    pub(crate) database: Option<String>,
    pub(crate) smtp: u16,
    /// Where its log is written, start after start.
    pub(crate) log: PathBuf,
}

#[derive(Debug)]
pub(crate) struct Node {
    child: Child,
    clock: ChildStdin,
    pub(crate) address: String,
}

impl Node {
    /// Starts a desk and waits until it serves; the time is in microseconds.
    pub(crate) async fn start(footing: &Footing, micros: i64) -> Result<Self> {
        let mut child = spawn(footing, micros)?;
        let clock = child.stdin.take().context("its input is ours")?;
        let mut lines = BufReader::new(child.stdout.take().context("its output is ours")?).lines();
        let serves = async {
            while let Some(line) = lines.next_line().await? {
                if let Some(address) = line.strip_prefix("serves ") {
                    return Ok(address.to_owned());
                }
            }
            bail!("the desk ended before it served: {}", last_words(&footing.log))
        };
        let address = timeout(PATIENCE, serves).await.context("the desk did not serve in time")??;
        Ok(Self { child, clock, address })
    }

    pub(crate) async fn tell(&mut self, micros: i64) -> Result<()> {
        self.clock.write_all(format!("{micros}\n").as_bytes()).await.context("the desk does not hear the time")
    }

    /// `kill -9`.
    pub(crate) async fn kill(mut self) -> Result<()> {
        self.child.kill().await.context("kill the desk")
    }

    /// SIGTERM, and waits for its end.
    pub(crate) async fn stop(mut self, log: &Path) -> Result<()> {
        let id = self.child.id().context("the desk has ended by itself")?.to_string();
        Command::new("sh").args(["-c", "kill -s TERM \"$0\"", &id]).status().await?;
        let stopped = timeout(PATIENCE, self.child.wait()).await;
        stopped.with_context(|| format!("the desk does not stop: {}", last_words(log)))??;
        Ok(())
    }

    /// Stops it where it stands, and waits until each thread does: what the kernel was asked for, it has done.
    pub(crate) async fn freeze(&self) -> Result<()> {
        let id = self.child.id().context("the desk has ended by itself")?.to_string();
        Command::new("sh").args(["-c", "kill -s STOP \"$0\"", &id]).status().await?;
        let tasks = PathBuf::from("/proc").join(&id).join("task");
        while fs::read_dir(&tasks)?.flatten().any(|task| !is_stopped(&task.path())) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }

    /// Whether it lives.
    pub(crate) fn lives(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

/// Starts one and kills it within its first moments, whatever it is at.
pub(crate) async fn stillborn(footing: &Footing, micros: i64, after: Duration) -> Result<()> {
    let mut child = spawn(footing, micros)?;
    tokio::time::sleep(after).await;
    child.kill().await.context("kill the desk")
}

fn spawn(footing: &Footing, micros: i64) -> Result<Child> {
    let log = fs::OpenOptions::new().create(true).append(true).open(&footing.log)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("desk").arg("--folder").arg(&footing.folder);
    command.arg("--smtp").arg(footing.smtp.to_string()).arg("--at").arg(micros.to_string());
    if let Some(url) = &footing.database {
        command.arg("--database").arg(url);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
    command.spawn().context("start a desk")
}

/// Whether a thread is stopped, or gone.
fn is_stopped(task: &Path) -> bool {
    let stat = fs::read_to_string(task.join("stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with('T') || rest.starts_with('Z'))
}

/// The end of a log.
pub(crate) fn last_words(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}
