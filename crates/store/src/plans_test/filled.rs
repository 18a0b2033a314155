//! A database with a few thousand rows, uneven as in life: most requests are closed, a few wait.

use rules::{
    access::{Grant, Role},
    events::{Audience, Author, By, Channel, Event, NewEntry, Secrecy, State, TargetKind, TicketEvent},
    ids::{OrganisationId, PersonId, TicketId},
    tickets::{Bucket, QueuePlace, Turn, Whose},
};

use super::cast::{Filing, danas_request, file, licence, minute, person, said, terms};
use crate::{
    Store, Tx, events, jobs, licences,
    messages::{self, NewMessage},
    organisations,
    outgoing::{self, NewOutgoing},
    people, resales,
    sla::{self, ClockRow},
    tickets,
};

const TICKETS: i64 = 1500;

/// Whom and what the statements ask for.
pub(super) struct World {
    pub(super) dana: PersonId,
    pub(super) ines: PersonId,
    pub(super) acme: OrganisationId,
    pub(super) ticket: TicketId,
}

pub(super) async fn fill(store: &Store) -> World {
    let tx = store.begin().await.unwrap();
    let terms = terms(&tx).await;
    let mut staff = Vec::new();
    for n in 0..20 {
        let agent = person(&tx, &format!("Agent {n}")).await;
        people::set_grants(&tx, agent, &[Grant::ALL[n % 5]], minute(0)).await.unwrap();
        staff.push(agent);
    }
    let mut customers = Vec::new();
    for n in 0..600 {
        let organisation = organisations::insert(&tx, "An organisation", None, minute(0)).await.unwrap();
        licences::insert(&tx, organisation, &licence(), said()).await.unwrap();
        let customer = person(&tx, &format!("Customer {n}")).await;
        organisations::join(&tx, organisation, customer, Role::Member, minute(0)).await.unwrap();
        customers.push((customer, organisation));
    }
    for (_, organisation) in customers.iter().skip(2).step_by(3) {
        resales::set(&tx, (*organisation, customers[1].1), None, minute(0)).await.unwrap();
    }
    for n in 0..TICKETS {
        let (requester, organisation) = customers[usize::try_from(n % 60).unwrap()];
        let filing = Filing {
            requester,
            organisation: Some(organisation),
            reseller: (n % 40 == 0).then_some(customers[1].1),
            secrecy: if n % 50 == 0 { Secrecy::Security } else { Secrecy::Open },
            filed_at: minute(n),
            terms,
        };
        let id = file(&tx, filing).await;
        live(&tx, id, n, staff[usize::try_from(n % 20).unwrap()]).await;
    }
    let (ticket, _) = danas_request(&tx).await;
    live(&tx, ticket, TICKETS, staff[0]).await;
    tx.commit().await.unwrap();
    let (dana, acme) = customers[0];
    World { dana, ines: staff[0], acme, ticket }
}

/// What befalls one request.
async fn live(tx: &Tx, id: TicketId, n: i64, agent: PersonId) {
    let is_open = n % 10 == 0;
    let place = is_open.then(|| QueuePlace { bucket: Bucket::Due, at: minute(n) });
    let turn = Turn { whose: Whose::Ours, since: minute(n) };
    tickets::set_read_off(tx, id, tickets::ReadOff { turn, queue: place, next_word_at: None }, minute(n))
        .await
        .unwrap();
    tickets::set_state(tx, id, if is_open { State::Open } else { State::Closed }, minute(n)).await.unwrap();
    tickets::set_assignee(tx, id, (n % 3 > 0).then_some(agent)).await.unwrap();
    let message = NewMessage {
        ticket: id,
        author: Author::Staff(agent),
        audience: Audience::Public,
        human: true,
        assisted: false,
        channel: Channel::Desk,
        body: "Hello",
        posted_at: minute(n),
        send_at: minute(n),
        bulk: None,
    };
    messages::insert(tx, &message).await.unwrap();
    let entry = NewEntry {
        event: Event::Ticket(id, TicketEvent::Reminded),
        by: By::person(agent),
        occurred_at: minute(n),
        recorded_at: minute(n),
        cause: None,
        depth: 0,
    };
    events::append(tx, &entry).await.unwrap();
    let clock = ClockRow {
        target: TargetKind::FirstResponse,
        cycle: 0,
        started_at: minute(n),
        due_at: Some(minute(n + 480)),
        standing: "running".into(),
        ended_at: None,
        worked: None,
        mark_at: is_open.then(|| minute(n + 240)),
    };
    sla::replace(tx, id, &[clock]).await.unwrap();
    work(tx, id, n).await;
}

async fn work(tx: &Tx, id: TicketId, n: i64) {
    let key = format!("receipt/{id}");
    let job = jobs::NewJob { kind: "mail", payload: "{}", unique_key: Some(&key), run_at: minute(n), now: minute(n) };
    jobs::enqueue(tx, job).await.unwrap();
    let mail = NewOutgoing {
        key: &key,
        kind: "receipt",
        ticket: Some(id),
        message: None,
        person: None,
        sender: "help@firstline.example",
        recipient: &format!("customer{n}@acme.example"),
        subject: "Received",
        bytes: b"",
        ordered: "{}",
        now: minute(n),
    };
    outgoing::insert(tx, &mail).await.unwrap();
}
