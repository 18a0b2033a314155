//! The whole world on a folder of its own: it comes to life on any policy, and shows what the desk's pages need.

use std::sync::Arc;

use desk::Desk;
use rules::{events::State, ids::TicketId, instant::Instant};
use store::{Place, Store};
use world::Stage;

use crate::stage::{Carrier, apply, settings};

const UNTIL: &str = "2026-11-19T14:20:00Z";

async fn lived(policy: &str) -> (Desk, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let until: Instant = UNTIL.parse().unwrap();
    let store = Store::open_unsynced(&Place::Folder(folder.path().to_owned())).await.unwrap();
    let stage = Stage::new(world::beginning(until), 1, Arc::new(Carrier));
    let desk = stage.desk(store, settings());
    apply(&desk, policy).await;
    world::live(&desk, &stage, until, 7).await.unwrap();
    (desk, folder)
}

async fn all(desk: &Desk) -> Vec<store::tickets::Ticket> {
    let mut tickets = Vec::new();
    for number in 1.. {
        match store::tickets::get(desk.store.read(), TicketId(number)).await {
            Ok(ticket) => tickets.push(ticket),
            Err(store::Error::NotFound) => break,
            Err(error) => panic!("{error}"),
        }
    }
    tickets
}

#[tokio::test]
async fn the_reference_policy_comes_to_life() {
    let (desk, _folder) = lived(include_str!("../../../../policies/allure-testops.toml")).await;
    let tickets = all(&desk).await;
    assert!(tickets.len() >= 400, "{} requests", tickets.len());
    for state in
        [State::New, State::Open, State::WaitingForCustomer, State::WithDevelopers, State::Solved, State::Closed]
    {
        let in_state = tickets.iter().filter(|ticket| ticket.state == state).count();
        assert!(in_state > 0, "no request is {state:?}");
    }
    let policies = desk.policies().await.unwrap();
    let (mut late, mut met, mut soon) = (0, 0, 0);
    for ticket in &tickets {
        let history = desk::clocks::history(desk.store.read(), ticket.id).await.unwrap();
        for clock in desk::clocks::clocks(&history, &policies).unwrap() {
            use rules::sla::Standing;
            match clock.standing {
                Standing::Met(_) => met += 1,
                Standing::Breached { .. } => late += 1,
                Standing::Running => {
                    soon += usize::from(
                        clock.due.is_some_and(|due| due.since(desk.now()) <= jiff::SignedDuration::from_hours(1)),
                    )
                }
                _ => {}
            }
        }
    }
    assert!(met > 200, "{met} were answered in time");
    assert!((5..60).contains(&late), "{late} were late");
    let of_teams = tickets.iter().filter(|ticket| ticket.team.is_some()).count();
    assert!(of_teams > 200, "{of_teams} are a team's");
    let waiting =
        tickets.iter().filter(|ticket| ticket.team.is_some() && ticket.assignee.is_none() && !ticket.state.is_over());
    assert!(waiting.count() > 0, "something waits for all of a team");
    let mut handed = 0;
    let mut shared = 0;
    for ticket in &tickets {
        for entry in store::events::of_ticket(desk.store.read(), ticket.id).await.unwrap() {
            use rules::events::{Event, TicketEvent};
            match entry.event {
                Event::Ticket(_, TicketEvent::TeamSet { from: Some(_), to: Some(_) }) => handed += 1,
                Event::Ticket(_, TicketEvent::Assigned { shared: Some(_), .. }) => shared += 1,
                _ => {}
            }
        }
    }
    assert!(handed > 0 && shared > 20, "{handed} were handed over, {shared} given by a team");
    assert!(soon >= 3, "{soon} are due within the hour");
}

#[tokio::test]
async fn another_vendors_policy_comes_to_life() {
    let (desk, _folder) = lived(include_str!("../../../../policies/larkspur.toml")).await;
    let tickets = all(&desk).await;
    assert!(tickets.len() > 380, "{} requests", tickets.len());
    assert!(tickets.iter().any(|ticket| ticket.request_type.as_str() == "invoice"));
}
