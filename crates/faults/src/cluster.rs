//! A PostgreSQL server of the run's own, which can be stopped in order or at once and started again.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, ensure};

use crate::{report::Unable, time::stopwatch};

const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(crate) struct Cluster {
    programs: PathBuf,
    home: PathBuf,
    port: u16,
    server: Option<Child>,
}

impl Cluster {
    /// Makes an empty one below `folder` and starts it.
    pub(crate) fn make(folder: &Path) -> Result<Self> {
        let programs = programs().map_err(|why| Unable(format!("there is no PostgreSQL here: {why:#}")))?;
        let home = folder.join("postgres");
        fs::create_dir_all(&home)?;
        if let Some((user, group)) = account()? {
            std::os::unix::fs::chown(&home, Some(user), Some(group))?;
        }
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut cluster = Self { programs, home, port, server: None };
        let mut initdb = cluster.program("initdb")?;
        initdb.arg("--pgdata").arg(cluster.home.join("data")).args([
            "--username=firstline",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        let made = tokio::task::block_in_place(|| initdb.output())?;
        ensure!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        cluster.start()?;
        Ok(cluster)
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://firstline@127.0.0.1:{}/{database}", self.port)
    }

    /// Starts it, and waits until it answers, apart from whoever else has work on this thread.
    pub(crate) fn start(&mut self) -> Result<()> {
        tokio::task::block_in_place(|| self.start_here())
    }

    fn start_here(&mut self) -> Result<()> {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.home.with_extension("log"))?;
        let mut server = self.program("postgres")?;
        server.arg("-D").arg(self.home.join("data")).arg("-k").arg(&self.home);
        server.args(["-p", &self.port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100"]);
        self.server = Some(server.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn()?);
        let begun = stopwatch();
        while !self.answers()? {
            ensure!(begun.elapsed() < PATIENCE, "PostgreSQL does not start");
            std::thread::park_timeout(Duration::from_millis(20));
        }
        Ok(())
    }

    /// `INT`: it ends its connections and itself; `QUIT`: at once, as if it had crashed.
    pub(crate) fn stop(&mut self, signal: &str) -> Result<()> {
        let Some(mut server) = self.server.take() else { return Ok(()) };
        let id = server.id().to_string();
        tokio::task::block_in_place(|| {
            Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", signal, &id]).status()?;
            server.wait().context("wait for PostgreSQL to end").map(drop)
        })
    }

    fn answers(&self) -> Result<bool> {
        let asked = ["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()];
        Ok(self.program("pg_isready")?.args(asked).status()?.success())
    }

    fn program(&self, name: &str) -> Result<Command> {
        let mut command = Command::new(self.programs.join(name));
        command.current_dir("/");
        if let Some((user, group)) = account()? {
            command.uid(user).gid(group);
        }
        Ok(command)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to tell; its folder goes with the run's.
        let _ = self.stop("QUIT");
    }
}

/// PostgreSQL refuses to run as root: then it runs as the user that Debian made for it.
fn account() -> Result<Option<(u32, u32)>> {
    use std::os::unix::fs::MetadataExt;
    if fs::metadata("/proc/self")?.uid() != 0 {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd").context("read /etc/passwd")?;
    let numbers = accounts.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        (fields[0] == "postgres").then(|| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)))?
    });
    numbers.context("there is no user `postgres`").map(Some)
}

/// The folder of the newest version that Debian installed.
fn programs() -> Result<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").context("/usr/lib/postgresql")?;
    let mut versions: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).context("no version has an initdb")
}
