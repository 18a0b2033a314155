//! Building, running and proving Firstline. Decides in which order things are done and what must be
//! there for it; leaves the doing to cargo, npm and the system's packages. Depends on no workspace crate.

mod bench;
mod ci;
mod domains;
mod faults;
mod front;
mod generate;
mod licences;
mod package;
mod packages;
mod place;
mod process;
mod release;
mod rules;
mod services;
mod suites;
mod tidy;
mod trial;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask COMMAND

  run [ARGS]        build front end and binary, then start the demo desk; ARGS go to `firstline demo`
  build             one self-contained release binary
  package           a Debian package and an image of the OCI, in target/package; [--binary PATH] packs that one
  trial             what `package` made, tried in a container and on a machine with systemd; as root, some minutes
  test              everything CI runs, in its order; the first failure stops it
  tidy              sizes, imports, banned words: the house rules that a machine can check
  generate          write the generated references in docs/ anew
  services CMD ..   run CMD beside throw-away PostgreSQL and Postfix servers (FIRSTLINE_TEST_*)
  faults [ARGS]     kill desks, fill their disks, stop their databases: --seed 1 --rounds 500 [--only kill]
  licences          licences, bans and sources of every dependency, against deny.toml
  domains           fetch the lists of public and of throw-away mail domains anew
  bench             make worlds of 10 thousand and 1 million requests and measure a desk on them (docs/performance.md);
                    [--sizes 10000,1000000] [--section queue,request,..]
  audit             known vulnerabilities; needs the advisory database from the network
  fuzz [SECONDS]    run every fuzz target for so long (60)
  release-check     test, then what only a release needs";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            process::say(format_args!("xtask: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let place = place::Place::find()?;
    let Some((command, rest)) = arguments.split_first() else { bail!("say what to do\n\n{USAGE}") };
    match command.as_str() {
        "run" => release::run(&place, rest),
        "build" => release::build(&place),
        "package" => package::make(&place, rest),
        "trial" => trial::run(&place),
        "test" => ci::test(&place),
        "tidy" => tidy::check(&place),
        "generate" => generate::write(&place),
        "services" => services::around(&place, rest),
        "faults" => faults::rounds(&place, rest),
        "licences" => licences::check(&place),
        "domains" => domains::run(&place),
        "bench" => bench::measure(&place, rest),
        "audit" => release::audit(&place),
        "fuzz" => release::fuzz(&place, rest.first().map(String::as_str)),
        "release-check" => release::release_check(&place),
        "help" | "--help" | "-h" => {
            process::say(USAGE);
            Ok(())
        }
        other => bail!("there is no command `{other}`\n\n{USAGE}"),
    }
}
