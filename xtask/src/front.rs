//! The front end: npm packages and the bundle that the binary embeds.

use std::fs;

use anyhow::{Context, Result};

use crate::{
    place::Place,
    process::{run, say, step},
};

/// Installs the packages when `package-lock.json` changed since the last time, then bundles.
pub(crate) fn build(place: &Place) -> Result<()> {
    if !place.at("frontend/package.json").exists() {
        say("there is no frontend/ yet");
        return Ok(());
    }
    step("npm packages", || packages(place))?;
    step("bundle the front end", || run(&mut place.npm(&["run", "--silent", "build"])))
}

fn packages(place: &Place) -> Result<()> {
    let lock = fs::read(place.at("frontend/package-lock.json")).context("read frontend/package-lock.json")?;
    let installed = place.at("frontend/node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|then| then == lock) {
        say("unchanged");
        return Ok(());
    }
    run(&mut place.npm(&["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&installed, lock).with_context(|| format!("write {}", installed.display()))
}
