//! The Debian package: the binary, the unit, a user, folders and examples. `dpkg-deb` writes it; what it says of the
//! libraries is read off the binary.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use super::{Made, starts};
use crate::process::{read, run, say};

/// A file of the repository, where the system has it, and its mode.
const FILES: &[(&str, &str, u32)] = &[
    ("packaging/systemd/firstline.service", "/lib/systemd/system/firstline.service", 0o644),
    ("packaging/debian/environment", "/etc/firstline/environment", 0o600),
    ("packaging/nginx/firstline.conf", "/usr/share/doc/firstline/examples/nginx.conf", 0o644),
    ("packaging/caddy/Caddyfile", "/usr/share/doc/firstline/examples/Caddyfile", 0o644),
    ("policies/allure-testops.toml", "/usr/share/doc/firstline/examples/allure-testops.toml", 0o644),
    ("policies/larkspur.toml", "/usr/share/doc/firstline/examples/larkspur.toml", 0o644),
    ("docs/running.md", "/usr/share/doc/firstline/running.md", 0o644),
    ("docs/generated/configuration.md", "/usr/share/doc/firstline/generated/configuration.md", 0o644),
    ("docs/generated/metrics.md", "/usr/share/doc/firstline/generated/metrics.md", 0o644),
    ("LICENSE", "/usr/share/doc/firstline/copyright", 0o644),
];

const SCRIPTS: [&str; 3] = ["postinst", "prerm", "postrm"];

pub(super) fn make(made: &Made<'_>) -> Result<()> {
    let root = made.folder.join("deb");
    made.put_binary(&root)?;
    for (from, to, mode) in FILES {
        made.put(&made.place.at(from), &root, to, *mode)?;
    }
    for script in SCRIPTS {
        made.put(&made.place.at(&format!("packaging/debian/{script}")), &root, &format!("/DEBIAN/{script}"), 0o755)?;
    }
    // What an administrator changed stays as it is when the package is updated.
    fs::write(root.join("DEBIAN/conffiles"), "/etc/firstline/environment\n")?;
    fs::write(root.join("DEBIAN/control"), control(made, &root)?)?;
    folders(&root)?;
    let file = made.folder.join(format!("firstline_{}_{}.deb", made.version, made.architecture));
    run(Command::new("dpkg-deb").args(["--root-owner-group", "--build"]).arg(&root).arg(&file))?;
    look(made, &file)
}

fn control(made: &Made<'_>, root: &Path) -> Result<String> {
    let size: u64 = read(Command::new("du").args(["-sk", "--apparent-size"]).arg(root))?
        .split_whitespace()
        .next()
        .and_then(|size| size.parse().ok())
        .context("du says a size")?;
    Ok(format!(
        "Package: firstline\nVersion: {}\nArchitecture: {}\nMaintainer: The Firstline authors <firstline@firstline.example>\n\
         Installed-Size: {size}\nDepends: adduser, ca-certificates, {}\nSection: net\nPriority: optional\n\
         Description: help desk for companies that ship software\n \
         One binary gives customers a portal and the support team a desk. Both run on one\n \
         readable support policy, from which the public support page is rendered too.\n",
        made.version,
        made.architecture,
        libraries(made, root)?
    ))
}

/// What the binary needs of the system's libraries, as Debian names it.
fn libraries(made: &Made<'_>, root: &Path) -> Result<String> {
    // It reads the folder `debian` of a source package, so it gets one.
    let source = made.folder.join("shlibs");
    fs::create_dir_all(source.join("debian"))?;
    fs::write(source.join("debian/control"), "Source: firstline\n\nPackage: firstline\nArchitecture: any\n")?;
    let mut asked = Command::new("dpkg-shlibdeps");
    asked.current_dir(&source).arg("-O").arg(root.join("usr/bin/firstline"));
    let said = read(&mut asked)?;
    Ok(said.trim().strip_prefix("shlibs:Depends=").context("dpkg-shlibdeps names packages")?.to_owned())
}

/// Whoever makes the package may keep others out of his files; who installs it does not.
fn folders(root: &Path) -> Result<()> {
    fs::set_permissions(root, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders(&entry.path())?;
        }
    }
    Ok(())
}

/// Unpacks the package and looks at what somebody would get.
fn look(made: &Made<'_>, file: &Path) -> Result<()> {
    let contents = read(Command::new("dpkg-deb").arg("--contents").arg(file))?;
    for (_, to, _) in FILES {
        ensure!(contents.lines().any(|line| line.ends_with(&format!(" .{to}"))), "{to} is not in the package");
    }
    ensure!(!contents.lines().any(|line| !line.contains(" root/root ")), "not everything is root's:\n{contents}");
    let unpacked = made.folder.join("unpacked");
    run(Command::new("dpkg-deb").arg("--extract").arg(file).arg(&unpacked))?;
    starts(&unpacked.join("usr/bin/firstline"), &made.version)?;
    verify_unit(&unpacked)?;
    say(format_args!("made {}", file.display()));
    Ok(())
}

/// Has systemd read the unit, where there is one: a container may have none.
fn verify_unit(unpacked: &Path) -> Result<()> {
    if !crate::place::on_path("systemd-analyze") {
        say("there is no systemd here, so nobody looked at the unit");
        return Ok(());
    }
    let unit = unpacked.join("lib/systemd/system/firstline.service");
    // It looks for the program where the unit says.
    let text = fs::read_to_string(&unit)?;
    let here = unpacked.join("firstline.service");
    fs::write(&here, text.replace("/usr/bin/firstline", &unpacked.join("usr/bin/firstline").to_string_lossy()))?;
    run(Command::new("systemd-analyze").arg("verify").arg(&here))?;
    let limits = ["security", "--offline=true", "--no-pager", "--threshold=20"];
    read(Command::new("systemd-analyze").args(limits).arg(&here)).map(drop)
}
