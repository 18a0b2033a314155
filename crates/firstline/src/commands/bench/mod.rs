//! `firstline bench`, for `cargo xtask bench`: makes a world of many requests, serves it by a process of its own and
//! measures that from outside, over HTTP with sessions. Decides what is measured and how; what is aimed at stands in
//! `docs/performance.md`. Nothing here is a test: a figure is only as quiet as its machine.

mod client;
mod figures;
mod forms;
mod live;
mod machine;
mod memory;
mod organisations;
mod pages;
mod policy;
mod raw;
mod report;
mod search;
mod server;
mod simulation;
mod sink;
mod start;
mod sweep;
mod telling;
mod work;
mod world;
mod writing;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;

use super::Terminal;
use crate::{config::LogForm, log::Log};
use figures::{Figures, Report};
use world::World;

#[derive(Debug, clap::Args)]
pub(super) struct Bench {
    /// The folder of the world; made and filled when it is not there.
    #[arg(long)]
    world: PathBuf,
    /// Requests of a world that is made.
    #[arg(long, default_value_t = 10_000)]
    requests: usize,
    /// Only these sections; all of them unless given.
    #[arg(long = "section")]
    sections: Vec<Section>,
    /// Where the figures are kept, as JSON; sections that are not measured now stay as they were.
    #[arg(long)]
    out: PathBuf,
}

/// What is measured, in this order: what writes comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Section {
    Binary,
    Start,
    Queue,
    Request,
    Support,
    Suggestions,
    Memory,
    Sweep,
    Simulation,
    Policy,
    Organisations,
    Report,
    Filing,
    Replying,
    Telling,
    Live,
}

pub(super) fn run(command: Bench, terminal: &mut Terminal) -> anyhow::Result<ExitCode> {
    // A statement of a hundred rows fills a screen when it is slow, and is here to be slow.
    Log::start(LogForm::Text).set("error")?;
    // One thread for the client, so that it leaves the rest of the machine to the server.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let world = World::stand(&command.world, command.requests, terminal).await?;
        let mut report = Report::read(&command.out)?;
        for section in chosen(&command.sections) {
            let figures = measure(section, &world).await.with_context(|| format!("section {section:?}"))?;
            terminal.say(format_args!("\n{} requests, {section:?}", world.requests))?;
            terminal.say(&figures)?;
            report.take(&format!("{section:?}").to_lowercase(), figures);
            report.write(&command.out, world.requests)?;
        }
        anyhow::Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}

fn chosen(sections: &[Section]) -> Vec<Section> {
    use clap::ValueEnum;
    let is_chosen = |section: &&Section| sections.is_empty() || sections.contains(section);
    Section::value_variants().iter().filter(is_chosen).copied().collect()
}

async fn measure(section: Section, world: &World) -> anyhow::Result<Figures> {
    match section {
        Section::Binary => start::binary(),
        Section::Start => start::start(world).await,
        Section::Queue => pages::measure(world, pages::Page::Queue).await,
        Section::Request => pages::measure(world, pages::Page::Request).await,
        Section::Support => pages::measure(world, pages::Page::Support).await,
        Section::Suggestions => search::measure(world).await,
        Section::Memory => memory::measure(world).await,
        Section::Sweep => sweep::measure(world).await,
        Section::Simulation => simulation::measure(world).await,
        Section::Policy => policy::measure(world).await,
        Section::Organisations => organisations::measure(world).await,
        Section::Report => report::measure(world).await,
        Section::Filing => writing::measure(world, writing::Writing::Filing).await,
        Section::Replying => writing::measure(world, writing::Writing::Replying).await,
        Section::Telling => telling::measure(world).await,
        Section::Live => live::measure(world).await,
    }
}
