//! One follower of the journal for all who look on: it is woken when something is written here or called out by another
//! node, and looks by itself where neither can be relied on. While nobody looks on it does nothing.

use std::{collections::HashMap, time::Duration};

use rules::{
    events::{Entry, Event, OrganisationEvent, PersonEvent, Secrecy, TicketEvent},
    ids::{Seq, TicketId},
    live::{Told, secrecy_before, told},
};
use store::Handle;
use tokio::sync::watch;

use super::{Said, nodes};
use crate::{Desk, Result};

/// Entries that a step takes.
pub(super) const ENTRIES: i64 = 500;
/// Between two steps: what is written within it is said together.
const PACE: Duration = Duration::from_millis(50);
/// How long nothing may be looked for where every word of a write is heard, and where a call of another node may be lost.
const REST: Duration = Duration::from_secs(5);
const REST_BESIDE_NODES: Duration = Duration::from_secs(1);

/// Up to which entry of the journal a page that is read from now on is no older than.
pub async fn position(desk: &Desk) -> Result<Seq> {
    Ok(store::events::last(desk.store.read()).await?)
}

/// Takes a step: says what was written since the last one. Whether there was anything.
pub async fn follow(desk: &Desk) -> Result<bool> {
    let mut followed = desk.live.0.followed.lock().await;
    if desk.live.listeners() == 0 {
        *followed = None;
        return Ok(false);
    }
    let Some(from) = *followed else { return Ok(false) };
    let entries = store::events::after(desk.store.read(), from, ENTRIES).await?;
    let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(false) };
    let told = of_entries(desk.store.read(), &entries).await?;
    entries.iter().filter_map(|entry| otherwise(&entry.event)).for_each(|said| desk.live.say(said));
    for told in told {
        desk.live.say(Said::Told(told));
    }
    *followed = Some(last);
    Ok(true)
}

/// Whose rights an entry may change.
fn otherwise(event: &Event) -> Option<Said> {
    let person = match event {
        Event::Ticket(..)
        | Event::Policy(_)
        | Event::Release(_)
        | Event::Bug(_)
        | Event::Organisation(OrganisationEvent::Opened { .. }) => return None,
        Event::Organisation(_) => None,
        Event::Person(
            PersonEvent::Erased { person }
            | PersonEvent::SignedOutEverywhere { person }
            | PersonEvent::PasswordSet { person }
            | PersonEvent::GrantsSet { person },
        ) => Some(*person),
        Event::Person(_) => return None,
    };
    Some(Said::Otherwise { person })
}

/// Entries as they are told, each request once.
pub(super) async fn of_entries(conn: &Handle, entries: &[Entry]) -> Result<Vec<Told>> {
    let mut tickets: Vec<TicketId> = entries.iter().filter_map(|entry| entry.event.ticket()).collect();
    tickets.sort_unstable();
    tickets.dedup();
    let mut facts = HashMap::new();
    for chunk in tickets.chunks(100) {
        facts.extend(store::tickets::facts_of(conn, chunk).await?);
    }
    Ok(told(entries, &facts, &before(conn, entries).await?))
}

/// The secrecy that requests had before it was set.
async fn before(conn: &Handle, entries: &[Entry]) -> Result<HashMap<TicketId, Secrecy>> {
    let mut before = HashMap::new();
    for entry in entries {
        let Event::Ticket(ticket, TicketEvent::SecrecySet { .. }) = entry.event else { continue };
        // Of several changes in one step the first is the one from which somebody may have seen it.
        if !before.contains_key(&ticket) {
            let history = store::events::of_ticket(conn, ticket).await?;
            before.extend(secrecy_before(&history, entry.seq).map(|secrecy| (ticket, secrecy)));
        }
    }
    Ok(before)
}

/// Follows for as long as the desk runs, then lets go of everybody who looks on.
pub(crate) async fn keep_up(desk: &Desk, mut halted: watch::Receiver<bool>) {
    tokio::select! {
        _ = halted.wait_for(|halted| *halted) => {}
        () = go_on(desk) => {}
        () = nodes::hear(desk) => {}
    }
    desk.live.close();
}

async fn go_on(desk: &Desk) {
    let rest = if desk.store.is_embedded() { REST } else { REST_BESIDE_NODES };
    let mut woken_here = false;
    loop {
        super::presence::expire(desk).await;
        match follow(desk).await {
            // Others have not read it; what they call out is not called out again.
            _ if woken_here => nodes::call(desk, &nodes::Call::Written).await,
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the journal could not be followed for those who look on"),
        }
        woken_here = tokio::select! {
            () = desk.live.0.written.notified() => true,
            () = desk.live.0.written_elsewhere.notified() => false,
            () = tokio::time::sleep(rest) => false,
        };
        tokio::time::sleep(PACE).await;
    }
}
