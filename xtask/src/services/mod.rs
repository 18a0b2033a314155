//! The real servers that tests talk to: PostgreSQL and Postfix, on loopback, on free ports, in a throw-away
//! folder. Decides where they live and how tests find them; each server's file knows how to start it.

mod postfix;
mod postgres;

use std::{
    ffi::OsString,
    fs,
    net::{Ipv4Addr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command},
};

use anyhow::{Context, Result, bail};

use crate::{packages, place::Place, process};

/// Running servers. Dropping it stops them, by the ids of their processes, and removes their folder.
#[derive(Debug)]
pub(crate) struct Services {
    folder: PathBuf,
    servers: Vec<Server>,
    /// What tests read to find the servers.
    pub(crate) variables: Vec<(&'static str, OsString)>,
}

/// A server process that we started.
#[derive(Debug)]
struct Server {
    child: Child,
    /// The signal that makes it stop at once and in order.
    stop: &'static str,
    /// Where it writes its id, when the child is only the script that started it.
    wrote: Option<PathBuf>,
}

impl Server {
    /// Which process hears the signal.
    fn id(&self) -> String {
        let wrote = self.wrote.as_ref().and_then(|file| fs::read_to_string(file).ok());
        wrote.map_or_else(|| self.child.id().to_string(), |id| id.trim().to_owned())
    }
}

/// Runs a command beside the servers.
pub(crate) fn around(place: &Place, command: &[String]) -> Result<()> {
    let Some((program, arguments)) = command.split_first() else {
        bail!("say which command to run beside the servers: cargo xtask services cargo test -p store");
    };
    let services = Services::start()?;
    for (name, value) in &services.variables {
        process::say(format_args!("{name}={}", value.to_string_lossy()));
    }
    process::run(Command::new(program).args(arguments).current_dir(&place.root).envs(services.variables.clone()))
}

impl Services {
    /// Starts all servers and waits until they answer.
    pub(crate) fn start() -> Result<Self> {
        packages::need(&[packages::POSTGRESQL, packages::POSTFIX, packages::OPENSSL])?;
        // These are started by the stories that stand behind them, each its own.
        packages::need(&[packages::NGINX, packages::CADDY])?;
        let mut services = Self { folder: throw_away_folder()?, servers: Vec::new(), variables: Vec::new() };
        services.start_postgres()?;
        services.start_postfix()?;
        Ok(services)
    }

    fn start_postgres(&mut self) -> Result<()> {
        let (server, address) = postgres::start(&self.folder)?;
        self.servers.push(server);
        self.variables.push(("FIRSTLINE_TEST_POSTGRES", address.into()));
        Ok(())
    }

    fn start_postfix(&mut self) -> Result<()> {
        let postfix = postfix::start(&self.folder)?;
        self.servers.push(postfix.server);
        self.variables.push(("FIRSTLINE_TEST_SMTP", postfix.address.into()));
        self.variables.push(("FIRSTLINE_TEST_MAILBOXES", postfix.mailboxes.into()));
        // Clients that verify by the system's roots trust the certificate made for this run.
        self.variables.push(("SSL_CERT_FILE", postfix.certificate.into()));
        Ok(())
    }
}

impl Drop for Services {
    fn drop(&mut self) {
        for server in &mut self.servers {
            // A server that is gone already needs no signal.
            // The shell's own `kill`: the program of that name is not on every Debian.
            let id = server.id();
            let _ = process::read(Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", server.stop, &id]));
            let _ = server.child.wait();
        }
        // What is left in the system's temporary folder is removed by the system.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder of our own that other users may enter: the servers drop root for a user without rights in the
/// repository, and the paths of sockets must stay short.
fn throw_away_folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("firstline-{}", std::process::id()));
    fs::create_dir(&folder).with_context(|| format!("create {}", folder.display()))?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    Ok(folder)
}

/// A port that nothing listens on.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("find a free port")?;
    Ok(listener.local_addr()?.port())
}

fn answers(port: u16) -> bool {
    std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// The numbers of a user and its group, from the system's list.
fn account(name: &str) -> Result<(u32, u32)> {
    let accounts = fs::read_to_string("/etc/passwd").context("read /etc/passwd")?;
    let numbers = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        (fields.next()? == name).then_some(())?;
        Some((fields.nth(1)?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    numbers.with_context(|| format!("there is no user `{name}`"))
}

/// Creates `folder` for `owner`.
fn folder_of(folder: &Path, owner: (u32, u32)) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))?;
    std::os::unix::fs::chown(folder, Some(owner.0), Some(owner.1))
        .with_context(|| format!("hand {} over", folder.display()))
}
