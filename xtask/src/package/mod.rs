//! What administrators install: a Debian package and an image of the OCI, both made from one binary and from
//! `packaging/`, without a registry and without a tool beyond Debian's own. Decides what is in them and looks at the
//! result before it is called made.

mod deb;
mod oci;

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    packages::{self, Package},
    place::Place,
    process::{read, run, say, step},
    release,
};

const TOOLS: [Package; 3] = [
    Package { name: "dpkg-dev", shown_by: "dpkg-shlibdeps" },
    Package { name: "ca-certificates", shown_by: "/etc/ssl/certs/ca-certificates.crt" },
    Package { name: "skopeo", shown_by: "skopeo" },
];

/// What goes into both.
#[derive(Debug)]
struct Made<'a> {
    place: &'a Place,
    binary: PathBuf,
    version: String,
    /// As Debian and the OCI call the processor: `amd64`.
    architecture: String,
    /// Everything is made below it.
    folder: PathBuf,
}

/// `cargo xtask package [--binary PATH]`: without a binary, the release is built first.
pub(crate) fn make(place: &Place, arguments: &[String]) -> Result<()> {
    let binary = match arguments {
        [] => release::binary(place)?,
        [option, path] if option == "--binary" => PathBuf::from(path),
        other => bail!("`package` takes --binary PATH alone, not {other:?}"),
    };
    packages::need(&TOOLS)?;
    let binary = fs::canonicalize(&binary).with_context(|| format!("{}", binary.display()))?;
    let said = read(Command::new(&binary).arg("--version"))?;
    let version = said.trim().strip_prefix("firstline ").context("the binary says its version")?.to_owned();
    let architecture = read(Command::new("dpkg").arg("--print-architecture"))?.trim().to_owned();
    let made = Made { place, binary, version, architecture, folder: place.target.join("package") };
    if made.folder.exists() {
        fs::remove_dir_all(&made.folder)?;
    }
    fs::create_dir_all(&made.folder)?;
    step("Debian package", || deb::make(&made))?;
    step("image of the OCI", || oci::make(&made))
}

impl Made<'_> {
    /// Copies a file to where the system will have it, below `root`.
    fn put(&self, from: &Path, root: &Path, to: &str, mode: u32) -> Result<()> {
        let to = root.join(to.trim_start_matches('/'));
        fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        fs::copy(from, &to).with_context(|| format!("copy {}", from.display()))?;
        fs::set_permissions(&to, fs::Permissions::from_mode(mode))?;
        Ok(())
    }

    /// The binary, without what only a debugger reads.
    fn put_binary(&self, root: &Path) -> Result<()> {
        self.put(&self.binary, root, "/usr/bin/firstline", 0o755)?;
        run(Command::new("strip").arg(root.join("usr/bin/firstline")))
    }
}

/// Starts the binary that was packed, as far as it goes without a desk.
fn starts(binary: &Path, version: &str) -> Result<()> {
    let said = read(Command::new(binary).arg("--version"))?;
    ensure!(said.trim().ends_with(version), "the packed binary says {said}");
    say(format_args!("{} says {}", binary.display(), said.trim()));
    Ok(())
}
