//! A small Debian with systemd as its first process, in namespaces of this machine and without a network. Decides how it is
//! made, started, spoken to and thrown away; what happens on it, the stories say.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use crate::process::{read, run, wait_for};

/// What the package needs, and what systemd needs to run services.
const INCLUDED: &str = "--include=systemd-sysv,dbus,adduser,ca-certificates";

/// A machine that runs; thrown away at the end.
pub(super) struct Machine {
    nspawn: Child,
    /// Its systemd, as this machine numbers it.
    first: String,
}

impl Machine {
    /// Makes and starts it.
    pub(super) fn start(root: &Path, files: &[PathBuf]) -> Result<Self> {
        let (release, mirror) = here()?;
        let mut debootstrap = Command::new("debootstrap");
        run(debootstrap.args(["--variant=minbase", INCLUDED, &release]).arg(root).arg(mirror).stdout(Stdio::null()))?;
        for file in files {
            fs::copy(file, root.join("var/tmp").join(file.file_name().context("a file has a name")?))?;
        }
        let mut nspawn = Command::new("systemd-nspawn");
        nspawn.arg("-D").arg(root).args(["--boot", "--quiet", "--register=no", "--private-network"]);
        if !Path::new("/run/systemd/system").exists() {
            // There is no systemd here to ask for a unit around it.
            nspawn.arg("--keep-unit");
        }
        let log = fs::File::create(root.with_extension("log"))?;
        let nspawn = nspawn.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?;
        let mut machine = Self { nspawn, first: String::new() };
        let children = format!("/proc/{0}/task/{0}/children", machine.nspawn.id());
        wait_for("the machine", Duration::from_secs(90), || {
            machine.first = fs::read_to_string(&children).unwrap_or_default().trim().to_owned();
            !machine.first.is_empty() && machine.sh("systemctl is-active --quiet multi-user.target").is_ok()
        })?;
        Ok(machine)
    }

    /// What a line of the shell prints there; fails when it fails.
    pub(super) fn sh(&self, line: &str) -> Result<String> {
        let inside = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C.UTF-8", "bash", "-ec"];
        read(Command::new("nsenter").args(["--all", "--target", &self.first]).args(inside).arg(line))
    }

    /// A property of the service.
    pub(super) fn shows(&self, property: &str) -> Result<String> {
        Ok(self.sh(&format!("systemctl show firstline --value --property {property}"))?.trim().to_owned())
    }

    /// Fails unless the line fails and says these words.
    pub(super) fn refuses(&self, line: &str, words: &str) -> Result<()> {
        match self.sh(line) {
            Ok(said) => bail!("`{line}` went well: {said}"),
            Err(error) => {
                let said = format!("{error:#}");
                ensure!(said.contains(words), "`{line}` says {said}, not {words}");
                Ok(())
            }
        }
    }

    /// Waits until a line goes well.
    pub(super) fn until(&self, line: &str) -> Result<()> {
        wait_for(line, Duration::from_secs(30), || self.sh(line).is_ok())
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        // It shuts the machine down in order.
        let id = self.nspawn.id().to_string();
        let _ = read(Command::new("sh").args(["-c", "kill -s TERM \"$0\"", &id]));
        let _ = self.nspawn.wait();
    }
}

/// The release of this Debian, and where its packages come from.
fn here() -> Result<(String, String)> {
    let system = fs::read_to_string("/etc/os-release")?;
    let release = system.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let release = release.context("this system names its release")?.to_owned();
    let said =
        read(Command::new("apt-get").args(["indextargets", "--format", "$(CODENAME) $(COMPONENT) $(REPO_URI)"]))?;
    let wanted = format!("{release} main ");
    let mirror = said.lines().find_map(|line| line.strip_prefix(&wanted)).context("apt knows this release")?;
    Ok((release.clone(), mirror.to_owned()))
}
