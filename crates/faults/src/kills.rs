//! `kill -9` at random instants: while people are at work, while mail is on its way, while the desk starts.

use anyhow::Result;

use crate::{node, rounds::Round, scene::Scene};

pub(crate) async fn play(round: &mut Round) -> Result<()> {
    let folder = round.folder.join("data");
    round.settle_in(&folder)?;
    let mut scene = Scene::on_sqlite(round, folder).await?;
    for _ in 0..1 + round.dice.below(3) {
        live_and_die(round, &mut scene).await?;
        scene.inquest(round).await?;
    }
    let node = scene.start().await?;
    scene.end(round, node).await
}

async fn live_and_die(round: &mut Round, scene: &mut Scene) -> Result<()> {
    if round.dice.one_in(5) {
        let after = round.dice.millis(1, 400);
        node::stillborn(&scene.footing, scene.clock.micros(), after).await?;
        scene.sink.quiet().await;
        scene.buried();
        round.counts.add("kills while starting", 1);
        return Ok(());
    }
    let mut node = scene.start().await?;
    scene.vary_post(round);
    let crowd = scene.crowd(round, &node);
    for _ in 0..1 + round.dice.below(2) {
        tokio::time::sleep(round.dice.millis(20, 700)).await;
        if round.dice.one_in(2) {
            scene.jump(round, &mut node).await?;
        }
    }
    tokio::time::sleep(round.dice.millis(1, 300)).await;
    scene.kill(round, node).await?;
    drop(crowd);
    Ok(())
}
