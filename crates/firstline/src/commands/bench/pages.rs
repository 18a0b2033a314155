//! Pages: how long one takes by itself, how many a second there are, what each costs, and what its queries cost alone.

use std::{sync::Arc, time::Duration};

use anyhow::ensure;
use world::bulk::Crowd;

use super::{
    client::Client,
    figures::{Figures, Samples},
    machine, raw,
    server::Server,
    work::{Work, drive},
    world::{World, session},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Queue,
    Request,
    Support,
}

/// An address, and whose session asks for it.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub path: String,
    pub session: String,
}

/// Different addresses that are asked for in turn.
const ADDRESSES: usize = 1_000;
const AGENTS: usize = 10;
/// At least; each address is asked for once before it counts.
const WARM_UP: usize = 300;
const MEASURED: usize = 3_000;
const LONGEST: Duration = Duration::from_secs(60);
/// Clients at once, for the rate.
const CLIENTS: usize = 4;
const RATE_OVER: Duration = Duration::from_secs(8);

pub(super) async fn measure(world: &World, page: Page) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let asks = asks(&app, page, world.requests).await?;
    let few = &asks[..asks.len().min(200)];
    let questions = raw::questions(&app, few).await?;
    raw::ask(app.desk.store.read(), &questions, 2).await?;
    let before = machine::cpu(std::process::id())?;
    let alone = raw::ask(app.desk.store.read(), &questions, MEASURED / few.len()).await?;
    let queries_cpu = each_ms(machine::cpu(std::process::id())? - before, &alone);
    app.desk.store.close().await?;
    let server = Server::start(&world.folder).await?;
    let mut client = Client::connect(server.address, "").await?;
    let first = one_after_another(&mut client, &asks, asks.len().max(WARM_UP)).await?;
    let before = server.cpu()?;
    let samples = one_after_another(&mut client, &asks, MEASURED).await?;
    let cpu = each_ms(server.cpu()? - before, &samples);
    figures.percentiles("", &samples);
    if page == Page::Request {
        figures.percentiles("first_", &first);
    }
    figures.add("cpu_ms", cpu);
    figures.add("rate_per_s", rate(&server, &asks).await?);
    figures.add("queries", questions[0].len() as f64);
    figures.percentiles("queries_", &alone);
    figures.add("queries_cpu_ms", queries_cpu);
    figures.add("ratio", samples.percentile(50) / alone.percentile(50));
    // Beside the ratio of times: where others use the machine, only this one stays what it is.
    figures.add("cpu_ratio", cpu / queries_cpu);
    server.stop().await?;
    Ok(figures)
}

fn each_ms(cpu: Duration, of: &Samples) -> f64 {
    cpu.as_secs_f64() * 1000.0 / of.count() as f64
}

/// What is asked for: the queue by every agent, requests by any number, the support page by visitors.
pub(super) async fn asks(app: &web::App, page: Page, requests: usize) -> anyhow::Result<Vec<Ask>> {
    let mut sessions = Vec::new();
    for agent in 0..AGENTS {
        sessions.push(session(&app.desk, &Crowd::agent(agent)).await?);
    }
    let ask = |n: usize, path: String| Ask { path, session: sessions[n % AGENTS].clone() };
    Ok(match page {
        Page::Queue => (0..AGENTS).map(|n| ask(n, "/desk".to_owned())).collect(),
        Page::Support => vec![Ask { path: "/support".to_owned(), session: String::new() }],
        Page::Request => {
            let seen = requests_in_view(app, requests).await?;
            seen.into_iter().enumerate().map(|(n, id)| ask(n, format!("/desk/requests/{id}"))).collect()
        }
    })
}

/// Numbers from all over the world that an ordinary agent sees.
async fn requests_in_view(app: &web::App, requests: usize) -> anyhow::Result<Vec<i64>> {
    let mut seen = Vec::new();
    // A multiplicative walk: scattered, and the same every time.
    let mut at: u64 = 1;
    while seen.len() < ADDRESSES {
        at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let id = rules::ids::TicketId(i64::try_from((at >> 33) % requests as u64)? + 1);
        let ticket = store::tickets::get(app.desk.store.read(), id).await?;
        if ticket.secrecy != rules::events::Secrecy::Security {
            seen.push(id.0);
        }
    }
    Ok(seen)
}

pub(super) async fn one_after_another(client: &mut Client, asks: &[Ask], count: usize) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    let begun = machine::now();
    for ask in asks.iter().cycle().take(count) {
        client.become_session(&ask.session);
        let answer = client.get(&ask.path).await?;
        ensure!(answer.status == 200, "{} answered {}", ask.path, answer.status);
        samples.add(answer.took);
        if begun.elapsed() > LONGEST {
            break;
        }
    }
    Ok(samples)
}

async fn rate(server: &Server, asks: &[Ask]) -> anyhow::Result<f64> {
    let asks: Arc<[Ask]> = asks.into();
    let work = Work { clients: CLIENTS, length: RATE_OVER };
    let done = drive(server.address, work, async move |client: &mut Client, n: usize| {
        let ask = &asks[n % asks.len()];
        client.become_session(&ask.session);
        client.get(&ask.path).await
    });
    let done = done.await?;
    ensure!(done.by_status.keys().all(|status| *status == 200), "answers were {:?}", done.by_status);
    Ok(done.per_second())
}
