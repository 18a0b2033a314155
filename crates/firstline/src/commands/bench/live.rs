//! Live updates: fifty agents look on, each by a stream of their own, while twenty notes a second are written in requests
//! that all of them see. Measured from the press of the button to the arrival at each of them.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};
use world::bulk::Crowd;

use super::{
    client::Client,
    figures::{Figures, Samples},
    machine::now,
    server::Server,
    world::{World, session},
    writing,
};

const STREAMS: usize = 50;
/// Who writes, each on a connection of their own: twenty a second together.
const WRITERS: usize = 10;
const EACH: usize = 40;
const PAUSE: Duration = Duration::from_millis(500);
/// How long the last may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// When the button was pressed, by request; each request is written in once.
type Pressed = Arc<Mutex<HashMap<i64, Instant>>>;

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let world = world.to_write_in()?;
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let mut sessions = vec![];
    for n in 0..STREAMS {
        sessions.push(session(&app.desk, &Crowd::agent(n)).await?);
    }
    let ids = writing::to_answer(&app, &sessions[0]).await?;
    ensure!(ids.len() >= WRITERS * EACH, "the world has too few requests that need an answer");
    app.desk.store.close().await?;
    let server = Server::start(&world.folder).await?;
    let pressed = Pressed::default();
    let mut looking = vec![];
    for session in &sessions {
        let mut client = Client::connect(server.address, session).await?;
        client.begin("/desk/live").await?;
        looking.push(tokio::spawn(look(client, Arc::clone(&pressed))));
    }
    let cpu = server.cpu()?;
    let begun = now();
    let mut writers = vec![];
    for (n, ids) in ids.chunks(EACH).take(WRITERS).enumerate() {
        let client = Client::connect(server.address, &sessions[n]).await?;
        writers.push(tokio::spawn(write(client, (n, ids.to_vec()), Arc::clone(&pressed))));
    }
    for writer in writers {
        writer.await??;
    }
    let took = begun.elapsed();
    let (mut samples, mut missed) = (Samples::default(), 0);
    for stream in looking {
        let heard = stream.await??;
        missed += WRITERS * EACH - heard.count();
        samples.append(heard);
    }
    ensure!(missed == 0, "{missed} updates did not arrive");
    let mut figures = Figures::default();
    figures.percentiles("", &samples);
    figures.add("p95_ms", samples.percentile(95));
    figures.add("acts_per_s", (WRITERS * EACH) as f64 / took.as_secs_f64());
    figures.add("cpu_share", (server.cpu()? - cpu).as_secs_f64() / took.as_secs_f64());
    figures.add("memory_mb", server.anonymous()? / 1e6);
    server.stop().await?;
    Ok(figures)
}

async fn write(mut client: Client, (n, ids): (usize, Vec<i64>), pressed: Pressed) -> anyhow::Result<()> {
    // Not all in the same instant.
    tokio::time::sleep(PAUSE * u32::try_from(n)? / u32::try_from(WRITERS)?).await;
    let mut pace = tokio::time::interval(PAUSE);
    for id in ids {
        pace.tick().await;
        pressed.lock().unwrap_or_else(PoisonError::into_inner).insert(id, now());
        let answer = client.post(&format!("/desk/requests/{id}/notes"), "text=Seen+before").await?;
        ensure!(answer.status == 303, "a note was answered {}", answer.status);
    }
    Ok(())
}

/// How long each took to arrive at one stream.
async fn look(mut client: Client, pressed: Pressed) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    let mut heard = HashSet::new();
    while samples.count() < WRITERS * EACH {
        let Ok(line) = tokio::time::timeout(PATIENCE, client.line()).await else { break };
        let line = line?;
        let Some(data) = line.strip_prefix("data: {") else { continue };
        let told: serde_json::Value = serde_json::from_str(&format!("{{{data}"))?;
        if told["kind"] != "noted" {
            continue;
        }
        let id = told["request"].as_i64().context("an update names its request")?;
        let at = pressed.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied();
        if let Some(at) = at.filter(|_| heard.insert(id)) {
            samples.add(at.elapsed());
        }
    }
    Ok(samples)
}
