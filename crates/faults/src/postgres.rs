//! PostgreSQL that goes and comes back, and two desks on one.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use rules::ids::Seq;
use store::{Place, Store};
use tokio::task::JoinHandle;

use crate::{
    cluster::Cluster,
    node::{Footing, Node, last_words},
    rounds::Round,
    scene::Scene,
    stage,
};

/// The server stops, in order or at once, while people are at work, and is started again; the desk lives on.
pub(crate) async fn leave(round: &mut Round) -> Result<()> {
    let ground = Arc::clone(&round.ground);
    let mut cluster = ground.cluster().await?;
    let mut scene = open(round, &cluster).await?;
    let mut node = scene.start().await?;
    scene.vary_post(round);
    let crowd = scene.crowd(round, &node);
    for _ in 0..1 + round.dice.below(3) {
        tokio::time::sleep(round.dice.millis(200, 1000)).await;
        cluster.stop(if round.dice.one_in(2) { "INT" } else { "QUIT" })?;
        tokio::time::sleep(round.dice.millis(20, 700)).await;
        ensure!(node.lives(), "the desk ended with its database: {}", last_words(&scene.footing.log));
        cluster.start()?;
        round.counts.add("stops of PostgreSQL", 1);
        if round.dice.one_in(3) {
            scene.jump(round, &mut node).await?;
        }
    }
    // Sometimes the desk is told to stop before it noticed that the server is back.
    tokio::time::sleep(round.dice.millis(0, 900)).await;
    drop(crowd);
    scene.end(round, node).await
}

/// Two desks do the same work on one database; one is killed under way, the other goes on.
pub(crate) async fn two_nodes(round: &mut Round) -> Result<()> {
    let ground = Arc::clone(&round.ground);
    let cluster = ground.cluster().await?;
    let mut scene = open(round, &cluster).await?;
    scene.deaths.senders = 2;
    let post = scene.sink.beside().await?;
    let other = Footing { smtp: post.port, ..beside(&scene.footing, &round.folder.join("other"))? };
    let (mut first, mut second) = (scene.start().await?, Node::start(&other, scene.clock.micros()).await?);
    let follower = follow(&scene.place)?;
    scene.vary_post(round);
    let crowds = (scene.crowd(round, &first), scene.crowd(round, &second));
    for _ in 0..1 + round.dice.below(3) {
        tokio::time::sleep(round.dice.millis(300, 1200)).await;
        scene.jump(round, &mut first).await?;
        second.tell(scene.clock.micros()).await?;
    }
    tokio::time::sleep(round.dice.millis(50, 600)).await;
    second.kill().await?;
    drop(crowds.1);
    post.quiet().await;
    scene.buried();
    round.counts.add("kills", 1);
    tokio::time::sleep(round.dice.millis(50, 300)).await;
    drop(crowds.0);
    scene.end(round, first).await?;
    let followed = follower.stop.send(()).is_ok().then_some(follower.heard);
    let heard = followed.context("the follower of the journal ended by itself")?.await??;
    let kept = scene.inquest(round).await?;
    if !kept.journal.iter().map(|entry| entry.seq).eq(heard.iter().copied()) {
        let missed = kept.journal.iter().filter(|entry| !heard.contains(&entry.seq)).count();
        round.faults.push(format!("who followed the journal missed {missed} entries"));
    }
    Ok(())
}

/// The world in a new database.
async fn open(round: &mut Round, cluster: &Cluster) -> Result<Scene> {
    let (folder, name) = (round.folder.join("data"), format!("round_{:016x}", round.dice.throw()));
    let place = Place::new_postgres(&cluster.url("postgres"), &name, &folder).await?;
    let play = stage::make(&place, &folder).await.context("the world on PostgreSQL")?;
    let mut scene = Scene::on(round, place, folder, Some(cluster.url(&name))).await?;
    scene.play = play;
    Ok(scene)
}

/// A second desk's folder: its own lock and socket, the same key and files.
fn beside(footing: &Footing, folder: &Path) -> Result<Footing> {
    std::fs::create_dir_all(folder)?;
    std::fs::copy(footing.folder.join("secret.key"), folder.join("secret.key"))?;
    std::os::unix::fs::symlink(footing.folder.join("blobs"), folder.join("blobs"))?;
    let log = folder.with_extension("log");
    Ok(Footing { folder: folder.to_owned(), log, ..footing.clone() })
}

/// Somebody who reads on from the last number they know.
struct Follower {
    stop: tokio::sync::oneshot::Sender<()>,
    heard: JoinHandle<Result<Vec<Seq>>>,
}

fn follow(place: &Place) -> Result<Follower> {
    let conn = Store::look(place)?;
    let (stop, mut stopped) = tokio::sync::oneshot::channel();
    let heard = tokio::spawn(async move {
        let (mut heard, mut is_last) = (Vec::<Seq>::new(), false);
        loop {
            is_last |= stopped.try_recv().is_ok();
            let last = heard.last().copied().unwrap_or(Seq(0));
            let news = store::events::after(&conn, last, 1000).await?;
            let is_done = is_last && news.is_empty();
            heard.extend(news.into_iter().map(|entry| entry.seq));
            if is_done {
                return Ok(heard);
            }
            if !is_last {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        }
    });
    Ok(Follower { stop, heard })
}
