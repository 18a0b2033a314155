//! A release with the fix of a bug that very many reported (BUG-4): how long until it is settled for every request who is told what,
//! with a `kill -9` in the middle, after which nobody may be forgotten and nobody told twice.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use anyhow::{Context, anyhow, ensure};
use desk::{
    Actor, Desk, Run,
    bugs::{self, NewBug, Says},
    licences,
    releases::{self, ToPublish},
};
use rules::{
    bugs::{Severity, Source, Step},
    events::{BugEvent, Event, Secrecy, State},
    ids::{BugId, OrganisationId, PersonId, TicketId},
    releases::Version,
};
use store::{Handle, Place, Store, bugs::NewReport};

use super::{
    figures::Figures,
    machine::now,
    server::Server,
    world::{World, actor, session},
};

/// Requests that are linked to it, where the world has as many.
const REPORTS: usize = 50_000;
const LOOK: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(120);

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let world = world.to_write_in()?;
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let (bug, linked) = publish(&app.desk).await?;
    app.desk.store.close().await?;
    let look = Store::look(&Place::Folder(world.folder.clone()))?;
    let begun = now();
    let server = Server::start(&world.folder).await?;
    while store::bugs::telling(&look, bug).await?.is_none_or(|it| it.done * 2 < it.total || it.total == 0) {
        wait(begun).await?;
    }
    server.kill().await?;
    ensure!(!is_over(&look, bug).await?, "it was over before the desk could be killed");
    let server = Server::start(&world.folder).await?;
    while !is_over(&look, bug).await? {
        wait(begun).await?;
    }
    let took = begun.elapsed();
    let (people, requests) = all_told(&look, bug).await?;
    ensure!(people == linked.people.len() as u64, "{people} were told, and {} wait", linked.people.len());
    let mut asked = 0;
    for id in &linked.requests {
        asked += u64::from(store::tickets::get(&look, *id).await?.state == State::ToConfirm);
    }
    // Those who were not answered yet are not asked.
    ensure!(requests == asked && asked > 0, "{requests} requests moved, and {asked} are to be confirmed");
    server.stop().await?;
    look.close().await?;
    let mut figures = Figures::default();
    figures.add("seconds", took.as_secs_f64());
    figures.add("requests", linked.requests.len() as f64);
    figures.add("asked", asked as f64);
    figures.add("people", people as f64);
    Ok(figures)
}

#[derive(Debug, Default)]
struct Linked {
    requests: Vec<TicketId>,
    people: BTreeSet<PersonId>,
    organisations: BTreeSet<OrganisationId>,
}

/// Links them, and publishes the fix. What follows from it is left to the server.
async fn publish(desk: &Desk) -> anyhow::Result<(BugId, Linked)> {
    let lead = actor(desk, &session(desk, "lead@desk.example").await?).await?;
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
    let linked = link(desk, bug).await?;
    // To whom no licence entitles is told something else, and their requests stay.
    let mut licences = "key,organisation,through\n".to_owned();
    linked.organisations.iter().for_each(|id| licences.push_str(&format!("bench-{id},{id},2099-12-31\n")));
    let imported = licences::import(desk, &lead, &licences, Run::Real).await?;
    ensure!(imported.faults.is_empty(), "{:?}", imported.faults.first());
    for step in [Step::Confirm, Step::Fix { version: fixed }] {
        bugs::step(desk, &lead, bug, step).await?;
    }
    let new = ToPublish { version, ..ToPublish::default() };
    releases::publish(desk, &Actor::COMMAND, &new, Run::Real).await.map_err(|why| anyhow!("{why:?}"))?;
    Ok((bug, linked))
}

/// What is open first, which is asked to confirm; and then what is over, whose people are told as well.
async fn link(desk: &Desk, bug: BugId) -> anyhow::Result<Linked> {
    let all = store::tickets::all(desk.store.read()).await?;
    let mut linked = Linked::default();
    for is_over in [false, true] {
        for ids in all.chunks(5_000) {
            if linked.requests.len() < REPORTS {
                link_some(desk, (bug, is_over), ids, &mut linked).await?;
            }
        }
    }
    ensure!(!linked.requests.is_empty(), "the world has no requests that could be linked");
    Ok(linked)
}

async fn link_some(
    desk: &Desk,
    (bug, is_over): (BugId, bool),
    ids: &[TicketId],
    linked: &mut Linked,
) -> anyhow::Result<()> {
    let conn = desk.store.read();
    let taken = store::bugs::of_tickets(conn, ids).await?;
    let free: Vec<TicketId> = ids.iter().filter(|id| !taken.contains_key(id)).copied().collect();
    let tx = desk.store.begin().await?;
    for ticket in store::ticket_lists::these(conn, &free).await? {
        // The world's requests are of other types; what is open moves all the same.
        if ticket.state.is_over() != is_over || ticket.secrecy == Secrecy::Security || linked.requests.len() == REPORTS
        {
            continue;
        }
        let of = NewReport {
            ticket: ticket.id,
            bug,
            requester: ticket.requester,
            organisation: ticket.organisation,
            plan: None,
        };
        store::bugs::add_report(&tx, of, desk.now()).await?;
        linked.people.insert(ticket.requester);
        linked.organisations.extend(ticket.organisation);
        linked.requests.push(ticket.id);
    }
    tx.commit().await?;
    Ok(())
}

/// Whether nobody is left to be told.
async fn is_over(look: &Handle, bug: BugId) -> anyhow::Result<bool> {
    let has_ended = store::bugs::telling(look, bug).await?.is_some_and(|it| it.ended_at.is_some());
    Ok(has_ended && !store::jobs::all(look).await?.iter().any(|job| job.kind == "fix_told"))
}

/// People told and requests moved, as the journal has it.
async fn all_told(look: &Handle, of: BugId) -> anyhow::Result<(u64, u64)> {
    let journal = store::events::of_bug(look, of).await?;
    let told = journal.iter().filter_map(|entry| match &entry.event {
        Event::Bug(BugEvent::Told { people, requests, .. }) => Some((*people, *requests)),
        _ => None,
    });
    Ok(told.fold((0, 0), |(people, requests), more| (people + more.0, requests + more.1)))
}

async fn wait(begun: Instant) -> anyhow::Result<()> {
    ensure!(begun.elapsed() < PATIENCE, "it is not over after two minutes");
    tokio::time::sleep(LOOK).await;
    Ok(())
}
