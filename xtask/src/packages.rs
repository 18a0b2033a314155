//! System packages that a step needs. Installs what is missing when we may (root on Debian), and names the
//! exact command when we may not.

use std::{path::Path, process::Command};

use anyhow::{Result, bail};

use crate::{
    place::on_path,
    process::{read, run, say},
};

/// How one sees that a package is there, and what Debian calls it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Package {
    pub(crate) name: &'static str,
    /// A program on the path, or an absolute path.
    pub(crate) shown_by: &'static str,
}

pub(crate) const CHROMIUM: Package = Package { name: "chromium", shown_by: "chromium" };
pub(crate) const POSTGRESQL: Package = Package { name: "postgresql", shown_by: "/usr/lib/postgresql" };
pub(crate) const POSTFIX: Package = Package { name: "postfix", shown_by: "/usr/sbin/postfix" };
pub(crate) const NGINX: Package = Package { name: "nginx", shown_by: "/usr/sbin/nginx" };
pub(crate) const CADDY: Package = Package { name: "caddy", shown_by: "/usr/bin/caddy" };
pub(crate) const OPENSSL: Package = Package { name: "openssl", shown_by: "openssl" };

/// Makes sure that all `packages` are there.
pub(crate) fn need(packages: &[Package]) -> Result<()> {
    let missing: Vec<&str> =
        packages.iter().filter(|package| !is_there(package.shown_by)).map(|package| package.name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if user()? != 0 || !on_path("apt-get") {
        bail!("missing: {names}. Install with: sudo apt-get install --no-install-recommends {names}");
    }
    say(format_args!("installing {names}"));
    install(&missing)
}

/// The number of the user that this process runs as; 0 is root.
pub(crate) fn user() -> Result<u32> {
    Ok(read(Command::new("id").arg("-u"))?.trim().parse()?)
}

fn is_there(shown_by: &str) -> bool {
    if shown_by.starts_with('/') { Path::new(shown_by).exists() } else { on_path(shown_by) }
}

fn install(names: &[&str]) -> Result<()> {
    let apt = |arguments: &[&str]| {
        // RUNLEVEL=1 keeps packages from starting their own servers; ours run from throw-away folders.
        run(Command::new("apt-get").args(arguments).envs([("DEBIAN_FRONTEND", "noninteractive"), ("RUNLEVEL", "1")]))
    };
    apt(&["update", "-q"])?;
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(names);
    apt(&arguments)
}
