//! What people start by hand: the demo desk, the release binary, the audit, fuzzing and the release check.

use std::{os::unix::process::CommandExt, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    ci, front, package,
    place::{Place, on_path},
    process::{run as run_command, say, step},
    trial,
};

/// Builds everything that the demo needs and starts it; further arguments go to `firstline demo`.
pub(crate) fn run(place: &Place, arguments: &[String]) -> Result<()> {
    front::build(place)?;
    step("build firstline", || run_command(&mut place.cargo(&["build", "--locked", "--package", "firstline"])))?;
    let binary = place.target.join("debug/firstline");
    let fault = Command::new(&binary)
        .current_dir(&place.root)
        .args(["demo", "--data", "./data", "--listen", "127.0.0.1:8080"])
        .args(arguments)
        .exec();
    Err(fault).with_context(|| format!("start {}", binary.display()))
}

/// One release binary with everything embedded.
pub(crate) fn build(place: &Place) -> Result<()> {
    let binary = binary(place)?;
    let bytes = std::fs::metadata(&binary).with_context(|| format!("look at {}", binary.display()))?.len();
    say(format_args!("{} ({} MB)", binary.display(), bytes / 1_000_000));
    Ok(())
}

/// Asks the advisory database of RustSec about every dependency. Says plainly when it could not look.
pub(crate) fn audit(place: &Place) -> Result<()> {
    if !on_path("cargo-audit") {
        bail!("nothing was looked at: cargo-audit is missing. Install with: cargo install cargo-audit --locked");
    }
    run_command(&mut place.cargo(&["audit"])).context("either a vulnerability was found or nothing could be looked at")
}

/// Runs every fuzz target for `seconds`.
pub(crate) fn fuzz(place: &Place, seconds: Option<&str>) -> Result<()> {
    let seconds: u32 = seconds.unwrap_or("60").parse().context("the number of seconds a target")?;
    if !on_path("cargo-fuzz") {
        bail!("cargo-fuzz is missing. Install with: cargo install cargo-fuzz --locked");
    }
    for target in fuzz_targets(place)? {
        step(&format!("fuzz {target}"), || {
            let limit = format!("-max_total_time={seconds}");
            // The sanitizer's flags are unstable; this lets the stable compiler take them.
            run_command(place.cargo(&["fuzz", "run", &target, "--", &limit]).env("RUSTC_BOOTSTRAP", "1"))
        })?;
    }
    Ok(())
}

/// Everything that must hold before a release.
pub(crate) fn release_check(place: &Place) -> Result<()> {
    ci::test(place)?;
    step("release build and packages", || package::make(place, &[]))?;
    step("an administrator's first day", || trial::run(place))?;
    fuzz(place, Some("300"))?;
    step("audit", || audit(place))?;
    if !on_path("cargo-mutants") {
        bail!("cargo-mutants is missing. Install with: cargo install cargo-mutants --locked");
    }
    step("mutants of the rules", || run_command(&mut place.cargo(&["mutants", "--package", "rules"])))
}

/// Builds the release; where it is.
pub(crate) fn binary(place: &Place) -> Result<PathBuf> {
    front::build(place)?;
    step("build firstline for release", || {
        run_command(&mut place.cargo(&["build", "--locked", "--release", "--package", "firstline"]))
    })?;
    Ok(place.target.join("release/firstline"))
}

/// The names of the targets: one file each.
fn fuzz_targets(place: &Place) -> Result<Vec<String>> {
    let folder = place.at("fuzz/fuzz_targets");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).with_context(|| format!("list {}", folder.display()))? {
        if let Some(name) = entry?.file_name().to_string_lossy().strip_suffix(".rs") {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}
