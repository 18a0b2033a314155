//! A release with the fix of a bug that very many reported (BUG-4): how long until it is settled for every request who is told what,
//! with a `kill -9` in the middle, after which nobody may be forgotten and nobody told twice.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, ensure};
use desk::{
    Actor, Desk,
    bugs::{self, NewBug, Says},
    releases::{self, Run, ToPublish},
};
use rules::{
    bugs::{Severity, Source, Step},
    ids::{BugId, PersonId},
    releases::Version,
};
use store::{
    Handle, Place, Store,
    bugs::{NewReport, Telling},
};

use super::{
    figures::Figures,
    machine::now,
    server::Server,
    world::{World, session},
};

/// Requests that are linked to it, where the world has as many bug reports.
const REPORTS: usize = 50_000;
const LOOK: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(600);

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let world = world.to_write_in()?;
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let (bug, reports, people) = publish(&app.desk).await?;
    app.desk.store.close().await?;
    let look = Store::look(&Place::Folder(world.folder.clone()))?;
    let begun = now();
    let server = Server::start(&world.folder).await?;
    let half = until(&look, bug, begun, |it| it.done * 2 >= it.total && it.total > 0).await?;
    server.kill().await?;
    ensure!(half.ended_at.is_none(), "it was over before the desk could be killed");
    let server = Server::start(&world.folder).await?;
    let told = until(&look, bug, begun, |it| it.ended_at.is_some()).await?;
    let took = begun.elapsed();
    ensure!(told.done == told.total, "{} of {} were looked at", told.done, told.total);
    ensure!(told.people == people as i64, "{} people were told, and {people} wait", told.people);
    server.stop().await?;
    look.close().await?;
    let mut figures = Figures::default();
    figures.add("seconds", took.as_secs_f64());
    figures.add("requests", reports as f64);
    figures.add("people", people as f64);
    Ok(figures)
}

/// Links them, and publishes the fix; the bug, its requests, and who filed them. What follows from it is left to the server.
async fn publish(desk: &Desk) -> anyhow::Result<(BugId, usize, usize)> {
    let token = session(desk, "lead@desk.example").await?;
    let browser = desk::people::Browser { network: "127.0.0.1", agent: "bench", session: None, known: None };
    let lead = desk::people::enter(desk, &token, browser).await?;
    let known = releases::catalogue(desk).await?.releases().len();
    let version = format!("99.{known}.0");
    let fixed = Version::read(&version).context("a version")?;
    let new = NewBug {
        says: Says { title: "Exports end after an hour".to_owned(), ..Says::default() },
        severity: Severity::Major,
        source: Source::OwnTests,
        affected: None,
    };
    let bug = bugs::file(desk, &lead, new).await?;
    let (reports, people) = link(desk, bug).await?;
    for step in [Step::Confirm, Step::Fix { version: fixed }] {
        bugs::step(desk, &lead, bug, step).await?;
    }
    let new = ToPublish { version, ..ToPublish::default() };
    releases::publish(desk, &Actor::COMMAND, &new, Run::Real).await.map_err(|why| anyhow!("{why:?}"))?;
    Ok((bug, reports, people))
}

async fn link(desk: &Desk, bug: BugId) -> anyhow::Result<(usize, usize)> {
    let conn = desk.store.read();
    let (mut reports, mut people) = (0, BTreeSet::<PersonId>::new());
    let all = store::tickets::all(conn).await?;
    for ids in all.chunks(5_000) {
        let taken = store::bugs::of_tickets(conn, ids).await?;
        let tx = desk.store.begin().await?;
        for id in ids.iter().filter(|id| !taken.contains_key(id)) {
            let ticket = store::tickets::get(conn, *id).await?;
            if ticket.request_type.as_str() != "bug" || reports == REPORTS {
                continue;
            }
            let of = NewReport {
                ticket: *id,
                bug,
                requester: ticket.requester,
                organisation: ticket.organisation,
                plan: None,
            };
            store::bugs::add_report(&tx, of, desk.now()).await?;
            people.insert(ticket.requester);
            reports += 1;
        }
        tx.commit().await?;
        if reports == REPORTS {
            break;
        }
    }
    Ok((reports, people.len()))
}

async fn until(look: &Handle, bug: BugId, begun: Instant, is_so: impl Fn(&Telling) -> bool) -> anyhow::Result<Telling> {
    loop {
        if let Some(told) = store::bugs::telling(look, bug).await?.filter(|it| is_so(it)) {
            return Ok(told);
        }
        ensure!(begun.elapsed() < PATIENCE, "it is not over after ten minutes");
        tokio::time::sleep(LOOK).await;
    }
}
