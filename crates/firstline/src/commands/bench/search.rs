//! Searching: what shows under a subject while customers type, letter by letter, what agents search for, common words and a
//! rare one, and what they ask in the filter language, by facts that many and few requests have; and how long the index takes that all of it stands on.

use anyhow::{anyhow, ensure};
use desk::{
    search::{self, Standing},
    views,
};
use jiff::tz::TimeZone;
use world::bulk::{Crowd, RARE};

use super::{
    client::Client,
    figures::{Figures, Samples},
    machine::now,
    pages::{self, Ask, one_after_another},
    server::Server,
    world::{World, actor, session},
};

const CUSTOMERS: usize = 50;
const AGENTS: usize = 10;
const WARM_UP: usize = 100;
const MEASURED: usize = 1_500;

/// Subjects as people type them.
const SUBJECTS: [&str; 6] = [
    "Launches stay open after the upgrade",
    "How do I close a launch automatically",
    "Attachments are missing in the report",
    "Sign in with our identity provider fails",
    "Migration from TestRail",
    "Tuning PostgreSQL for performance",
];
const SEARCHES: [&str; 6] =
    ["launch", "the upgrade of our server", "attachments missing", "error log", "migration from", RARE];

/// Questions without words: of many requests and of few, in every order.
const QUESTIONS: [&str; 8] = [
    "type:question",
    "is:needs-answer type:feature",
    "type:question priority:>=medium turn:ours",
    "state:closed filed:<30d sort:-filed",
    "org:7 type:question,migration",
    "is:open agent:none -type:question sort:-updated",
    "filed:2026 sort:filed",
    "type:feature is:needs-answer agent:me",
];

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let mut figures = Figures::default();
    let app = world.app().await?;
    if search::peek(&world.folder).is_none_or(|mark| !mark.is_whole()) {
        let begun = now();
        search::rebuild(&app.desk, |_| {}).await?;
        figures.add("index_made_s", begun.elapsed().as_secs_f64());
    }
    world.settle(&app.desk).await?;
    ensure!(app.desk.store.search().standing().0 == Standing::Ready, "the index is whole");
    let (mut customers, mut agents) = (vec![], vec![]);
    for n in 0..CUSTOMERS {
        customers.push(session(&app.desk, &Crowd::customer(n)).await?);
    }
    for n in 0..AGENTS {
        agents.push(session(&app.desk, &Crowd::agent(n)).await?);
    }
    let agent = actor(&app.desk, &agents[0]).await?;
    for text in QUESTIONS {
        let asked =
            views::ask(&app.desk, &agent, text, TimeZone::UTC).await?.map_err(|why| anyhow!("{text}: {why:?}"))?;
        ensure!(!views::list(&app.desk, &agent, &asked, None).await?.rows.is_empty(), "{text} means nothing here");
    }
    let asks = pages::asks(&app, pages::Page::Request, world.requests).await?;
    let alike: Vec<Ask> =
        asks.into_iter().map(|ask| Ask { path: format!("{}/alike", ask.path), session: ask.session }).collect();
    app.desk.store.close().await?;
    let bytes: u64 = std::fs::read_dir(world.folder.join("search"))?
        .filter_map(|file| Some(file.ok()?.metadata().ok()?.len()))
        .sum();
    figures.add("index_mb", bytes as f64 / 1e6);
    let server = Server::start(&world.folder).await?;
    let mut client = Client::connect(server.address, "").await?;
    let typed = typing(&mut client, &customers).await?;
    figures.percentiles("", &typed);
    figures.add("p95_ms", typed.percentile(95));
    figures.percentiles("search_", &searching(&mut client, &agents).await?);
    figures.percentiles("asked_", &asking(&mut client, &agents).await?);
    figures.percentiles("palette_", &going(&mut client, &agents).await?);
    figures.percentiles("alike_", &one_after_another(&mut client, &alike, MEASURED).await?);
    figures.add("memory_mb", server.anonymous()? / 1e6);
    server.stop().await?;
    Ok(figures)
}

/// Each subject by its beginnings, as pauses in typing send them; each customer with a form of their own.
async fn typing(client: &mut Client, sessions: &[String]) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    for n in 0..WARM_UP + MEASURED {
        let subject = SUBJECTS[n % SUBJECTS.len()];
        let letters = 4 + (n * 7) % (subject.len() - 3);
        let typed = subject[..letters.min(subject.len())].replace(' ', "+");
        client.become_session(&sessions[n % sessions.len()]);
        let form = format!("type=question&form={n:032x}&subject={typed}");
        let answer = client.post("/suggestions", &form).await?;
        ensure!(answer.status == 200, "/suggestions answered {}", answer.status);
        if n >= WARM_UP {
            samples.add(answer.took);
        }
    }
    Ok(samples)
}

async fn searching(client: &mut Client, sessions: &[String]) -> anyhow::Result<Samples> {
    let words: Vec<String> = SEARCHES.iter().map(|words| words.replace(' ', "+")).collect();
    looking(client, sessions, "/desk/search", &words).await
}

/// The palette, by the beginnings of what is searched for.
async fn going(client: &mut Client, sessions: &[String]) -> anyhow::Result<Samples> {
    let beginnings =
        SEARCHES.iter().flat_map(|words| [2, 4, 6].map(|letters| words[..letters.min(words.len())].replace(' ', "+")));
    looking(client, sessions, "/desk/palette", &beginnings.collect::<Vec<_>>()).await
}

async fn asking(client: &mut Client, sessions: &[String]) -> anyhow::Result<Samples> {
    let encoded = |text: &&str| text.replace(':', "%3A").replace('>', "%3E").replace('<', "%3C").replace(' ', "+");
    looking(client, sessions, "/desk/search", &QUESTIONS.iter().map(encoded).collect::<Vec<_>>()).await
}

async fn looking(client: &mut Client, sessions: &[String], page: &str, texts: &[String]) -> anyhow::Result<Samples> {
    let mut samples = Samples::default();
    for n in 0..WARM_UP + MEASURED {
        client.become_session(&sessions[n % sessions.len()]);
        let words = &texts[n % texts.len()];
        let answer = client.get(&format!("{page}?q={words}")).await?;
        ensure!(answer.status == 200, "{page} answered {}", answer.status);
        if n >= WARM_UP {
            samples.add(answer.took);
        }
    }
    Ok(samples)
}
