//! The sweep: what a look costs that finds nothing due, with the clocks that run, and with as many as there are requests;
//! and what it costs to tell those that are due.

use jiff::SignedDuration;
use rules::instant::Instant;
use store::Handle;

use super::{
    figures::{Figures, Samples},
    machine::now,
    world::World,
};

const LOOKS: usize = 500;

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let desk = &app.desk;
    let mut figures = Figures::default();
    figures.percentiles("look_", &looks(desk.store.read(), desk.now()).await?);
    // In a transaction that never ends well: every clock of the world runs, for as long as it is looked at.
    let tx = desk.store.begin().await?;
    let far = desk.now().plus(SignedDuration::from_hours(24 * 365));
    let running = store::bulk::mark_every_clock(&tx, far).await?;
    figures.add("running_clocks", running as f64);
    figures.percentiles("look_at_all_running_", &looks(&tx, desk.now()).await?);
    drop(tx);
    desk.store.close().await?;
    Ok(figures)
}

/// What the schedule does before it rests.
async fn looks(conn: &Handle, at: Instant) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    for _ in 0..LOOKS {
        let begun = now();
        store::upcoming(conn).await?;
        store::sla::due(conn, at, 200).await?;
        samples.add(begun.elapsed());
    }
    Ok(samples)
}
