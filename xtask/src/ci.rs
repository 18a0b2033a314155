//! What CI runs, in the order of cost: the first failure stops it. A step whose tool is missing fails.

use anyhow::Result;

use crate::{
    faults, front, generate, licences, packages,
    place::Place,
    process::{now, run, say, seconds, step},
    services::Services,
    suites::Suites,
    tidy,
};

/// All steps.
pub(crate) fn test(place: &Place) -> Result<()> {
    let started = now();
    step("formatting", || run(&mut place.cargo(&["fmt", "--all", "--check"])))?;
    step("tidy", || tidy::check(place))?;
    front::build(place)?;
    step("clippy", || {
        let strict = ["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "-D", "warnings"];
        run(&mut place.cargo(&strict))
    })?;
    let suites = tests(place)?;
    faults::few(place)?;
    browser(place)?;
    step("generated files", || generate::unchanged(place))?;
    step("licences, bans, sources", || licences::check(place))?;
    say(format_args!("\nall of it: {}", seconds(started.elapsed())));
    suites.finish()
}

/// The Rust tests, beside real servers.
fn tests(place: &Place) -> Result<Suites> {
    let mut suites = step("build the tests", || Suites::build(place))?;
    let services = step("start PostgreSQL and Postfix", Services::start)?;
    let variables = &services.variables;
    step("rules and words", || suites.run(&["rules", "words", "xtask"], &[]))?;
    step("store, on SQLite and PostgreSQL", || suites.run(&["store"], variables))?;
    step("stories", || suites.run(&["desk", "web", "world", "testkit", "firstline", "faults"], variables))?;
    step("mail, against real servers", || suites.run(&["mail"], variables))?;
    Ok(suites)
}

/// What only a browser shows: what the scripts do, the stories of a demo desk, and every page of it, with axe.
fn browser(place: &Place) -> Result<()> {
    step("build the demo and the samples of its pages", || {
        packages::need(&[packages::CHROMIUM])?;
        run(&mut place.cargo(&["build", "--locked", "--quiet", "--package", "firstline"]))?;
        let pages = place.at("target/gallery/pages");
        run(place.cargo(&["run", "--locked", "--quiet", "--package", "web", "--example", "gallery", "--"]).arg(pages))
    })?;
    step("what the scripts do", || {
        run(&mut place.npm(&["run", "--silent", "behaviour", "--", "../target/gallery/pages"]))
    })?;
    step("browser stories, and every page of the demo with axe", || {
        run(place.npm(&["run", "--silent", "stories"]).env("FIRSTLINE_BINARY", place.target.join("debug/firstline")))
    })
}
