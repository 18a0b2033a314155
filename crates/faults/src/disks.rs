//! Disks that fill up or turn read-only under a desk at work.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{
    http,
    mounts::Disk,
    node::{Node, last_words},
    rounds::Round,
    scene::Scene,
    sink::Mood,
    time::stopwatch,
};

/// How long it may take until people are acknowledged again.
const PATIENCE: Duration = Duration::from_secs(30);

/// Nobody is promised what does not fit; reading goes on; and when there is room again, so does everything.
pub(crate) async fn fill(round: &mut Round) -> Result<()> {
    let disk = Disk::make(&round.folder)?;
    let folder = disk.mount.join("data");
    round.settle_in(&folder)?;
    let mut scene = Scene::on_sqlite(round, folder).await?;
    let mut node = scene.start().await?;
    scene.vary_post(round);
    let crowd = scene.crowd(round, &node);
    tokio::time::sleep(round.dice.millis(50, 400)).await;
    let spare = usize::try_from(round.dice.below(300_000))?;
    let filler = disk.fill(spare)?;
    tokio::time::sleep(round.dice.millis(200, 900)).await;
    reads(round, &node).await;
    ensure!(node.lives(), "the full disk ended the desk: {}", last_words(&scene.footing.log));
    if round.dice.one_in(3) {
        scene.kill(round, node).await?;
        drop(crowd);
        scene.inquest(round).await?;
        std::fs::remove_file(filler)?;
        node = scene.start().await?;
        let _crowd = scene.crowd(round, &node);
        goes_on(&scene).await?;
    } else {
        std::fs::remove_file(filler)?;
        goes_on(&scene).await?;
        drop(crowd);
    }
    round.counts.add("disks filled", 1);
    scene.end(round, node).await
}

/// A start on a read-only disk is refused in words. A disk that turns read-only under way loses what was not synced, and
/// that was promised to nobody.
pub(crate) async fn turn_read_only(round: &mut Round) -> Result<()> {
    let disk = Disk::make(&round.folder)?;
    let folder = disk.mount.join("data");
    round.settle_in(&folder)?;
    let mut scene = Scene::on_sqlite(round, folder).await?;
    disk.remount("ro")?;
    ensure!(scene.start().await.is_err(), "it serves on a read-only disk");
    let words = last_words(&scene.footing.log);
    if !words.contains("Read-only file system") {
        round.faults.push(format!("a read-only disk is not named: {words}"));
    }
    disk.remount("rw")?;
    let mut node = scene.start().await?;
    scene.vary_post(round);
    let crowd = scene.crowd(round, &node);
    tokio::time::sleep(round.dice.millis(50, 900)).await;
    if round.dice.one_in(2) {
        // As when the power goes: no call is under way.
        node.freeze().await?;
        disk.remount("abort")?;
        round.counts.add("power cuts", 1);
    } else {
        turns_read_only(round, &scene, &disk).await?;
        reads(round, &node).await;
        ensure!(node.lives(), "the read-only disk ended the desk: {}", last_words(&scene.footing.log));
    }
    scene.kill(round, node).await?;
    drop(crowd);
    // Whatever memory held is gone now, as after a power cut.
    disk.unmount()?;
    disk.mount("loop")?;
    scene.inquest(round).await?;
    node = scene.start().await?;
    scene.end(round, node).await
}

/// Under way, ext4 says of a sync that its forced abort overtakes that it went well, though it lost what it was about: seen
/// in traces, where the next one fails. What was acknowledged from then on is not demanded; all before is.
async fn turns_read_only(round: &mut Round, scene: &Scene, disk: &Disk) -> Result<()> {
    scene.sink.be(Some(Mood::PutOff));
    let trusted = scene.ledger.all();
    disk.remount("abort")?;
    tokio::time::sleep(round.dice.millis(50, 400)).await;
    round.counts.add("acknowledgements that an abort overtook", scene.ledger.forget_after(&trusted));
    round.counts.add("disks turned read-only", 1);
    Ok(())
}

async fn reads(round: &mut Round, node: &Node) {
    let session = round.ground.play.players[0].session.clone();
    let answer = http::get(&node.address, &session, "/requests").await;
    if answer.as_ref().is_none_or(|answer| answer.status != 200) {
        round.faults.push(format!("reading ended with writing: {answer:?}"));
    }
}

async fn goes_on(scene: &Scene) -> Result<()> {
    let acknowledged = || scene.ledger.all().iter().filter(|act| act.acknowledged.is_some()).count();
    let (begun, before) = (stopwatch(), acknowledged());
    while acknowledged() < before + 3 {
        ensure!(begun.elapsed() < PATIENCE, "nothing is taken any more: {}", last_words(&scene.footing.log));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}
