//! The fault harness: builds it and runs it with the seed and the number of rounds that were asked for.

use anyhow::Result;

use crate::{
    packages,
    place::Place,
    process::{run, step},
};

/// A few rounds of every scenario, for CI.
pub(crate) fn few(place: &Place) -> Result<()> {
    build(place)?;
    step("faults: rounds of every scenario", || play(place, &["--seed", FEW.0, "--rounds", FEW.1]))
}

/// The first seed and the number of rounds that CI plays: every scenario is among them.
const FEW: (&str, &str) = ("71", "8");

/// `cargo xtask faults --seed 1 --rounds 500`
pub(crate) fn rounds(place: &Place, arguments: &[String]) -> Result<()> {
    build(place)?;
    play(place, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

fn build(place: &Place) -> Result<()> {
    packages::need(&[packages::POSTGRESQL])?;
    step("build the fault harness", || run(&mut place.cargo(&["build", "--locked", "--quiet", "--package", "faults"])))
}

fn play(place: &Place, arguments: &[&str]) -> Result<()> {
    run(std::process::Command::new(place.target.join("debug/faults")).arg("run").args(arguments))
}
