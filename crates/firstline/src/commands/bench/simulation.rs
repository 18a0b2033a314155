//! The policy in force with another target, tried on everything that the world's requests went through.

use std::thread::available_parallelism;

use anyhow::anyhow;
use desk::{
    Actor,
    sla::{NewTrial, simulate},
};
use jiff::civil::date;

use super::{figures::Figures, machine::now, world::World};

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let source = crate::commands::init::REFERENCE.replace("8 working hours", "4 working hours");
    let threads = available_parallelism().map_or(1, usize::from);
    let new = NewTrial { source, since: date(2000, 1, 1) };
    let begun = now();
    let simulated = simulate(&app.desk, &Actor::DESK, new, threads, &|_| {}).await.map_err(|why| anyhow!("{why:?}"))?;
    let took = begun.elapsed();
    let mut figures = Figures::default();
    figures.add("seconds", took.as_secs_f64());
    figures.add("us_each", took.as_micros() as f64 / simulated.requests.max(1) as f64);
    figures.add("requests", simulated.requests as f64);
    figures.add("late", simulated.compared.0.values().map(|tally| tally.late_then()).sum::<usize>() as f64);
    app.desk.store.close().await?;
    Ok(figures)
}
