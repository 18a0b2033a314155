//! What docs/running.md tells an administrator to do, done on a machine with the package; and what the unit promises, under a
//! systemd that lives.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, ensure};

use super::machine::Machine;
use crate::process::{read, run, say};

const CONFIG: &str = "--config /etc/firstline/firstline.toml";
const AS_ITS_USER: &str = "runuser -u firstline -- firstline";
/// Where the service may write: `/tmp` and `/var/tmp` are its own.
const WRITES: &str = "/tmp /var/tmp /var/lib/firstline /var/backups/firstline";

type Story = fn(&Machine) -> Result<()>;

/// `unpacked` is what the package was made of.
pub(super) fn try_out(folder: &Path, package: &Path, unpacked: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let next = next(folder, unpacked)?;
    let first = folder.join("first.deb");
    fs::copy(package, &first)?;
    let machine = Machine::start(&folder.join("root"), &[first, next])?;
    let stories: [(&str, Story); 8] = [
        ("the package is installed, and the desk begins", begins),
        ("the service writes where it may, and has no rights", is_closed_in),
        ("the configuration is read again", reloads),
        ("killed or hung, it comes back", comes_back),
        ("a backup is taken while it serves, and restored", is_restored),
        ("a configuration that does not hold is a start that fails", refuses_to_start),
        ("a newer package is installed", is_upgraded),
        ("the package goes, what people wrote stays", goes),
    ];
    for (name, story) in stories {
        say(name);
        story(&machine).map_err(|error| match machine.sh("journalctl --no-pager --lines 40 --unit firstline") {
            Ok(log) => error.context(format!("{name}; the log ends with\n{log}")),
            Err(_) => error.context(name),
        })?;
    }
    Ok(())
}

/// The same package as a later version.
fn next(folder: &Path, unpacked: &Path) -> Result<PathBuf> {
    let (root, file) = (folder.join("next"), folder.join("next.deb"));
    read(Command::new("cp").arg("-a").arg(unpacked).arg(&root))?;
    let control = fs::read_to_string(root.join("DEBIAN/control"))?;
    let later = control.lines().map(|line| match line.strip_prefix("Version: ") {
        Some(version) => format!("Version: {version}+later\n"),
        None => format!("{line}\n"),
    });
    fs::write(root.join("DEBIAN/control"), later.collect::<String>())?;
    run(Command::new("dpkg-deb").args(["-Zgzip", "-z1", "--root-owner-group", "--build"]).arg(&root).arg(&file))?;
    Ok(file)
}

fn begins(machine: &Machine) -> Result<()> {
    machine.sh("dpkg -i /var/tmp/first.deb")?;
    machine.sh("systemctl start firstline")?;
    ensure!(machine.shows("ActiveState")? == "inactive", "it runs before there is a desk");
    let ada = "--data /var/lib/firstline --administrator 'Ada <ada@example.com>'";
    machine.sh(&format!("{AS_ITS_USER} init --base-url https://help.example.com {CONFIG} {ada}"))?;
    machine.sh("systemctl enable --now firstline")?;
    // It came back once the desk was ready, so nobody has to wait for it.
    healthy(machine)?;
    ensure!(
        machine.shows("StatusText")? == "Serving on 127.0.0.1:8080",
        "systemd shows {}",
        machine.shows("StatusText")?
    );
    let ask = r#"exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /support HTTP/1.0\r\n\r\n' >&3; cat <&3"#;
    let page = machine.sh(ask)?;
    ensure!(page.contains("200 OK") && page.contains("</html>"), "/support says {page}");
    Ok(())
}

fn healthy(machine: &Machine) -> Result<()> {
    machine.until(&format!("{AS_ITS_USER} health {CONFIG}"))?;
    ensure!(machine.shows("SubState")? == "running", "systemd shows {}", machine.shows("SubState")?);
    Ok(())
}

fn is_closed_in(machine: &Machine) -> Result<()> {
    let id = machine.shows("MainPID")?;
    let places = "/etc/firstline /usr /var /opt /srv /run /dev /dev/shm /proc /sys /root /home";
    let look = format!(
        "for place in {places} {WRITES}; do if echo >$place/probe; then rm $place/probe; echo $place; fi; done"
    );
    let as_service = "setpriv --reuid firstline --regid firstline --clear-groups bash -c";
    let said = machine.sh(&format!("nsenter --mount --target {id} {as_service} '{look}' 2>/dev/null"))?;
    let writes = said.split_whitespace().collect::<Vec<_>>().join(" ");
    ensure!(writes == WRITES, "it writes {writes}");
    let status = machine.sh(&format!("cat /proc/{id}/status"))?;
    for line in ["CapPrm:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"] {
        ensure!(status.contains(line), "no {line} in\n{status}");
    }
    Ok(())
}

fn reloads(machine: &Machine) -> Result<()> {
    let id = machine.shows("MainPID")?;
    machine.sh("sed -i '1i log_level = \"nonsense=[\"' /etc/firstline/firstline.toml; systemctl reload firstline")?;
    machine.until("journalctl --unit firstline | grep --quiet 'the configuration stays as it was'")?;
    machine.sh("sed -i '1s/.*/log_level = \"debug\"/' /etc/firstline/firstline.toml; systemctl reload firstline")?;
    machine.until("journalctl --unit firstline | grep --quiet 'the configuration was read again'")?;
    ensure!(machine.shows("MainPID")? == id, "it is another process");
    Ok(())
}

fn comes_back(machine: &Machine) -> Result<()> {
    machine.sh("systemctl kill --signal KILL firstline")?;
    machine.until("test $(systemctl show firstline --value --property NRestarts) = 1")?;
    healthy(machine)?;
    let folder = "/run/systemd/system/firstline.service.d";
    let impatient = format!("mkdir {folder}; printf '[Service]\\nWatchdogSec=2s\\n' >{folder}/trial.conf");
    machine.sh(&format!("{impatient}; systemctl daemon-reload; systemctl restart firstline"))?;
    machine.sh("systemctl kill --signal STOP firstline")?;
    machine.until("test $(systemctl show firstline --value --property NRestarts) = 1")?;
    machine.sh("journalctl --unit firstline | grep \"Failed with result 'watchdog'\"")?;
    machine.sh(&format!("rm -r {folder}; systemctl daemon-reload; systemctl restart firstline"))?;
    healthy(machine)
}

fn is_restored(machine: &Machine) -> Result<()> {
    let saved = "/var/backups/firstline/saved";
    machine.sh(&format!("{AS_ITS_USER} backup {saved} {CONFIG}"))?;
    machine.sh(&format!("{AS_ITS_USER} restore {saved} --verify {CONFIG}"))?;
    machine.refuses(&format!("{AS_ITS_USER} backup /tmp/saved {CONFIG}"), "it sees another folder under that name")?;
    machine.sh("install -d -o firstline /srv/backups")?;
    machine.refuses(&format!("{AS_ITS_USER} backup /srv/backups/saved {CONFIG}"), "ReadWritePaths=")?;
    machine.sh("systemctl stop firstline")?;
    ensure!(machine.shows("Result")? == "success" && machine.shows("ExecMainStatus")? == "0", "it ended badly");
    machine.sh("mv /var/lib/firstline /var/lib/firstline.old")?;
    machine.sh("install -d -m 700 -o firstline -g firstline /var/lib/firstline")?;
    machine.sh(&format!("{AS_ITS_USER} restore {saved} {CONFIG}"))?;
    machine.sh("systemctl start firstline")?;
    healthy(machine)
}

fn refuses_to_start(machine: &Machine) -> Result<()> {
    machine.sh("sed -i '1i nonsense = 1' /etc/firstline/firstline.toml")?;
    machine.refuses("systemctl restart firstline", "Job for firstline.service failed")?;
    machine.sh("sed -i 1d /etc/firstline/firstline.toml")?;
    // Tried again until it holds.
    healthy(machine)
}

fn is_upgraded(machine: &Machine) -> Result<()> {
    let id = machine.shows("MainPID")?;
    machine.sh("echo '# mine' >>/etc/firstline/environment; dpkg -i /var/tmp/next.deb")?;
    healthy(machine)?;
    ensure!(machine.shows("MainPID")? != id, "the old release runs on");
    machine.sh("grep '# mine' /etc/firstline/environment; systemctl is-enabled firstline").map(drop)
}

fn goes(machine: &Machine) -> Result<()> {
    let id = machine.shows("MainPID")?;
    machine.sh(&format!("dpkg --purge firstline; test ! -e /proc/{id}"))?;
    machine.refuses("systemctl cat firstline", "No files found")?;
    machine.sh("test -e /var/lib/firstline/db -a -e /var/backups/firstline/saved -a ! -e /etc/firstline")?;
    let failed = machine.sh("systemctl --failed --quiet --no-legend")?;
    ensure!(failed.trim().is_empty(), "failed: {failed}");
    Ok(())
}
