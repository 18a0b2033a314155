//! PostgreSQL for tests. Decides its settings: fresh data, no waiting for the disk, trust on loopback.

use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};

use super::{Server, account, folder_of, free_port};
use crate::{packages, process};

/// Starts a server with its data below `folder`; gives the URL of its database.
pub(super) fn start(folder: &Path) -> Result<(Server, String)> {
    let programs = programs()?;
    let home = folder.join("postgres");
    let data = home.join("data");
    let user = user(&home)?;
    process::read(user(Command::new(programs.join("initdb"))).arg("--pgdata").arg(&data).args([
        "--username=firstline",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
    ]))?;
    let port = free_port()?;
    let log = fs::File::create(folder.join("postgres.log"))?;
    let child = user(Command::new(programs.join("postgres")))
        .arg("-D")
        .arg(&data)
        .arg("-k")
        .arg(&home)
        .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"])
        .args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .context("start postgres")?;
    let server = Server { child, stop: "INT", wrote: None };
    process::wait_for("PostgreSQL", Duration::from_secs(60), || {
        let asked = ["-q", "-h", "127.0.0.1", "-p", &port.to_string()];
        process::read(Command::new(programs.join("pg_isready")).args(asked)).is_ok()
    })?;
    Ok((server, format!("postgres://firstline@127.0.0.1:{port}/postgres")))
}

/// PostgreSQL refuses to run as root: then it runs as the user that Debian made for it.
fn user(home: &Path) -> Result<impl Fn(Command) -> Command> {
    let account = if packages::user()? == 0 { Some(account("postgres")?) } else { None };
    match account {
        Some(account) => folder_of(home, account)?,
        None => fs::create_dir_all(home)?,
    }
    Ok(move |mut command: Command| {
        if let Some((user, group)) = account {
            command.uid(user).gid(group);
        }
        command.current_dir("/");
        command
    })
}

/// The folder of the newest version that Debian installed.
fn programs() -> Result<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .context("PostgreSQL is not where Debian puts it")?
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin"))).filter(|(_, bin)| bin.join("initdb").exists())
        })
        .collect();
    versions.sort();
    versions.pop().map(|(_, bin)| bin).context("no version of PostgreSQL in /usr/lib/postgresql has an initdb")
}
