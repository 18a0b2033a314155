//! The binary's size, and how long it takes from its start to its first answer.

use anyhow::Context;

use super::{
    figures::{Figures, Samples},
    server::Server,
    world::World,
};

const STARTS: usize = 10;

pub(super) fn binary() -> anyhow::Result<Figures> {
    let file = std::env::current_exe().context("this program has a file")?;
    let mut figures = Figures::default();
    figures.add("size_mb", std::fs::metadata(file)?.len() as f64 / 1e6);
    Ok(figures)
}

pub(super) async fn start(world: &World) -> anyhow::Result<Figures> {
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    app.desk.store.close().await?;
    let mut samples = Samples::default();
    for _ in 0..STARTS {
        let server = Server::start(&world.folder).await?;
        samples.add(server.first_answer);
        server.stop().await?;
    }
    let mut figures = Figures::default();
    figures.add("first_answer_p50_ms", samples.percentile(50));
    figures.add("first_answer_longest_ms", samples.percentile(100));
    Ok(figures)
}
