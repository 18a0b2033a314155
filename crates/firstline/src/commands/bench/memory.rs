//! Anonymous memory: of a desk that nobody asks, and of one that sixteen agents ask for all they have.

use std::{sync::Arc, time::Duration};

use super::{
    client::Client,
    figures::Figures,
    pages::{Ask, Page, asks},
    server::Server,
    work::{Work, drive},
    world::World,
};

const IDLE: Duration = Duration::from_secs(3);
const LOAD: Work = Work { clients: 16, length: Duration::from_secs(15) };
/// Between two looks.
const LOOK: Duration = Duration::from_millis(100);

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let mut all = asks(&app, Page::Request, world.requests).await?;
    let queue = asks(&app, Page::Queue, world.requests).await?;
    let support = asks(&app, Page::Support, world.requests).await?;
    app.desk.store.close().await?;
    // Queue, request, queue, request …, and now and then the support page.
    all = all.into_iter().zip(queue.iter().cycle()).flat_map(|(one, other)| [one, other.clone()]).collect();
    all.iter_mut().step_by(20).for_each(|ask| ask.clone_from(&support[0]));
    let server = Server::start(&world.folder).await?;
    tokio::time::sleep(IDLE).await;
    let mut figures = Figures::default();
    figures.add("idle_mb", server.anonymous()? / 1e6);
    figures.add("load_mb", under_load(&server, all.into()).await? / 1e6);
    tokio::time::sleep(IDLE).await;
    figures.add("after_load_mb", server.anonymous()? / 1e6);
    server.stop().await?;
    Ok(figures)
}

/// The most that was seen.
async fn under_load(server: &Server, asks: Arc<[Ask]>) -> anyhow::Result<f64> {
    let load = drive(server.address, LOAD, async move |client: &mut Client, n: usize| {
        let ask = &asks[n % asks.len()];
        client.become_session(&ask.session);
        client.get(&ask.path).await
    });
    let mut load = std::pin::pin!(load);
    let mut most = 0.0_f64;
    loop {
        tokio::select! {
            done = &mut load => return done.map(|_| most),
            () = tokio::time::sleep(LOOK) => most = most.max(server.anonymous()?),
        }
    }
}
