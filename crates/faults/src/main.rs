//! Faults on purpose: a desk is started as a process of its own, used by several people at once, and then killed, its
//! disk filled, its database stopped, its mail server made to hang. After each round a separate reader of the database
//! checks what must be true. Each round has a seed, which brings the same scenario again.
//!
//! `cargo xtask faults` builds and runs this. Nothing of it is in the product: the desk here is wired from the same
//! parts as `firstline serve`, but for a clock that can be set and a mail server that is asked for a second, not thirty.

mod cluster;
mod crowd;
mod desk_process;
mod dice;
mod disks;
mod http;
mod judge;
mod kills;
mod ledger;
mod mounts;
mod node;
mod post_check;
mod postgres;
mod report;
mod rounds;
mod scene;
mod sink;
mod stage;
mod time;

use std::process::ExitCode;

use clap::Parser;

#[derive(Debug, Parser)]
enum Line {
    /// Runs rounds.
    Run(rounds::Run),
    /// The desk that a round starts.
    Desk(desk_process::DeskProcess),
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.expect("the system gives threads");
    let done = match Line::parse() {
        Line::Run(run) => runtime.block_on(rounds::run(run)),
        Line::Desk(desk) => runtime.block_on(desk_process::serve(desk)),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error:#}");
            report::say(format_args!("faults: {error:#}"));
            ExitCode::FAILURE
        }
    }
}
