//! The generated references in docs/: written by the binary's hidden command, compared by CI. The matrix of routes and
//! roles needs the stories' stage: the stories write it, and compare it themselves.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{
    place::Place,
    process::{read, run},
    rules,
};

/// Writes every generated file anew.
pub(crate) fn write(place: &Place) -> Result<()> {
    rules::write(place)?;
    references(place)?;
    let matrix = "matrix::every_answer_is_as_the_committed_page_says";
    run(place
        .cargo(&["test", "--quiet", "--locked", "--package", "firstline", "--test", "it", "--", "--exact", matrix])
        .env("FIRSTLINE_UPDATE", "1"))
}

fn references(place: &Place) -> Result<()> {
    run(&mut place.cargo(&["run", "--quiet", "--locked", "--package", "firstline", "--", "generate", "--into", "."]))
}

/// Writes the references and fails when git sees a difference to what is committed.
pub(crate) fn unchanged(place: &Place) -> Result<()> {
    let before = state(place)?;
    references(place)?;
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
