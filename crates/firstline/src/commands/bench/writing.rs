//! Filing and replying: sixteen people at once, each waiting for their answer, beside what the disk can sync.

use std::{sync::Arc, time::Duration};

use anyhow::ensure;
use desk::{
    Actor,
    actor::Signed,
    tickets::{View, Wanted, desk_view},
};
use world::bulk::Crowd;

use super::{
    client::Client,
    figures::Figures,
    forms, machine,
    pages::Ask,
    server::Server,
    work::{Work, drive},
    world::{World, actor, session},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    Filing,
    Replying,
}

const CLIENTS: usize = 16;
const WARM_UP: Duration = Duration::from_secs(2);
const LENGTH: Duration = Duration::from_secs(10);
/// Who files in turn: nobody comes to what one customer may send.
const CUSTOMERS: usize = 200;
/// Requests that are replied to in turn.
const REQUESTS: usize = 1_000;

pub(super) async fn measure(world: &World, writing: Writing) -> anyhow::Result<Figures> {
    let world = world.to_write_in()?;
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let (asks, form): (Arc<[Ask]>, Arc<str>) = match writing {
        Writing::Filing => (filing(&app).await?.into(), forms::filing(&app.desk).await?.into()),
        Writing::Replying => (replying(&app).await?.into(), forms::reply().into()),
    };
    app.desk.store.close().await?;
    let mut figures = Figures::default();
    figures.add("disk_syncs_per_s", machine::syncs(&world.folder).await?);
    let server = Server::start(&world.folder).await?;
    let send = async move |client: &mut Client, n: usize| {
        let ask = &asks[n % asks.len()];
        client.become_session(&ask.session);
        client.post(&ask.path, &form).await
    };
    drive(server.address, Work { clients: CLIENTS, length: WARM_UP }, send.clone()).await?;
    let cpu = server.cpu()?;
    let done = drive(server.address, Work { clients: CLIENTS, length: LENGTH }, send).await?;
    ensure!(done.by_status.keys().all(|status| *status == 303), "answers were {:?}", done.by_status);
    figures.add("rate_per_s", done.per_second());
    figures.percentiles("", &done.samples);
    // With the mails that were sent meanwhile.
    figures.add("cpu_ms", (server.cpu()? - cpu).as_secs_f64() * 1000.0 / done.samples.count() as f64);
    server.stop().await?;
    Ok(figures)
}

async fn filing(app: &web::App) -> anyhow::Result<Vec<Ask>> {
    let mut asks = Vec::new();
    for n in 0..CUSTOMERS {
        asks.push(Ask { path: "/requests".to_owned(), session: session(&app.desk, &Crowd::customer(n)).await? });
    }
    Ok(asks)
}

/// Requests that need an answer, as this agent sees them.
pub(super) async fn to_answer(app: &web::App, session: &str) -> anyhow::Result<Vec<i64>> {
    let Actor::Person(signed) = actor(&app.desk, session).await? else { anyhow::bail!("the agent is nobody") };
    Ok(waiting(&app.desk, *signed).await?.into_iter().map(|id| id.0).collect())
}

/// Agents reply to what needs an answer.
async fn replying(app: &web::App) -> anyhow::Result<Vec<Ask>> {
    let mut sessions = Vec::new();
    for n in 0..CLIENTS {
        sessions.push(session(&app.desk, &Crowd::agent(n)).await?);
    }
    let ids = to_answer(app, &sessions[0]).await?;
    let asks = ids
        .into_iter()
        .enumerate()
        .map(|(n, id)| Ask { path: format!("/desk/requests/{id}/replies"), session: sessions[n % CLIENTS].clone() });
    Ok(asks.collect())
}

async fn waiting(desk: &desk::Desk, agent: Signed) -> anyhow::Result<Vec<rules::ids::TicketId>> {
    let actor = Actor::Person(Box::new(agent));
    let (mut ids, mut after) = (Vec::new(), None);
    while ids.len() < REQUESTS {
        let page = desk_view(desk, &actor, Wanted { view: View::NeedsAnswer, after }).await?;
        ids.extend(page.rows.iter().map(|row| row.ticket.id));
        after = page.more;
        if after.is_none() {
            break;
        }
    }
    Ok(ids)
}
