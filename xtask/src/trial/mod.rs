//! An administrator's first day with what `package` made, for real: the image in a container, the Debian package on a
//! machine of its own with systemd. Decides what is tried and what must come of it. Slow and for root alone, so it belongs
//! before a release and not into CI.

mod container;
mod machine;
mod machine_stories;

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    packages::{self, Package},
    place::Place,
    process::step,
};

const TOOLS: [Package; 7] = [
    Package { name: "podman", shown_by: "podman" },
    // Podman's usual one refuses machines that mix both kinds of cgroups.
    Package { name: "runc", shown_by: "runc" },
    Package { name: "netavark", shown_by: "/usr/lib/podman/netavark" },
    Package { name: "iptables", shown_by: "/usr/sbin/iptables" },
    Package { name: "debootstrap", shown_by: "/usr/sbin/debootstrap" },
    Package { name: "systemd-container", shown_by: "systemd-nspawn" },
    Package { name: "util-linux", shown_by: "nsenter" },
];

/// `cargo xtask trial`, after `package`.
pub(crate) fn run(place: &Place) -> Result<()> {
    ensure!(packages::user()? == 0, "a container and a machine with systemd take root");
    packages::need(&TOOLS)?;
    let made = place.target.join("package");
    let (image, package) = (the(&made, ".oci.tar")?, the(&made, ".deb")?);
    let folder = place.target.join("trial");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} is left of another trial", folder.display()))?;
    }
    fs::create_dir_all(&folder)?;
    step("the image in a container", || container::try_out(&folder.join("podman"), &image))?;
    step("the package on a machine with systemd", || {
        machine_stories::try_out(&folder.join("machine"), &package, &made.join("deb"))
    })?;
    fs::remove_dir_all(&folder).with_context(|| format!("{} is left", folder.display()))
}

/// The one file of that kind.
fn the(made: &Path, kind: &str) -> Result<PathBuf> {
    let entries = fs::read_dir(made).context("nothing is packed; run `cargo xtask package`")?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.retain(|file| file.to_string_lossy().ends_with(kind));
    match &files[..] {
        [file] => Ok(file.clone()),
        _ => bail!("{} has {} files {kind}, not one", made.display(), files.len()),
    }
}

/// Head and body of a page on this machine.
fn page(port: u16, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
