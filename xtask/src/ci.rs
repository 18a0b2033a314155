//! What CI runs, in the order of cost: the first failure stops it. A step whose tool is missing fails.

use anyhow::Result;

use crate::{
    front, generate, licences, packages,
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
    step("stories", || suites.run(&["desk", "web", "world", "testkit", "firstline"], variables))?;
    step("mail, against real servers", || suites.run(&["mail"], variables))?;
    Ok(suites)
}

/// The stories that need a browser, with the accessibility checks.
fn browser(place: &Place) -> Result<()> {
    if !front::has_script(place, "stories")? {
        say("\nfrontend/package.json has no script `stories`: no browser story was run");
        return Ok(());
    }
    step("browser stories and accessibility", || {
        packages::need(&[packages::CHROMIUM])?;
        run(&mut place.cargo(&["build", "--locked", "--quiet", "--package", "firstline"]))?;
        run(place.npm(&["run", "--silent", "stories"]).env("FIRSTLINE_BINARY", place.target.join("debug/firstline")))
    })
}
