//! The generated references in docs/: written by the binary's hidden command, compared by CI.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{
    place::Place,
    process::{read, run},
};

/// Writes every generated file anew.
pub(crate) fn write(place: &Place) -> Result<()> {
    run(&mut place.cargo(&["run", "--quiet", "--locked", "--package", "firstline", "--", "generate", "--into", "."]))
}

/// Writes them and fails when git sees a difference to what is committed.
pub(crate) fn unchanged(place: &Place) -> Result<()> {
    let before = state(place)?;
    write(place)?;
    let after = state(place)?;
    if before != after {
        bail!("generated files differ from what is committed; run `cargo xtask generate` and commit:\n{after}");
    }
    Ok(())
}

/// What git sees as changed, with a hash of each difference.
fn state(place: &Place) -> Result<String> {
    let git = |arguments: &[&str]| read(Command::new("git").current_dir(&place.root).args(arguments));
    Ok(git(&["status", "--porcelain"])? + &git(&["diff", "--stat", "HEAD"])?)
}
