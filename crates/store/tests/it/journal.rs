//! Shows the journal in the order of commits, on both engines.

use rules::{
    events::{By, Event, NewEntry, PersonEvent, TicketEvent},
    ids::{PersonId, Seq, TicketId},
};
use store::{Store, Tx, events};

use crate::{
    cast::{danas_request, minute},
    stage::Stage,
};

both_engines!(
    an_entry_comes_back_as_it_was_written,
    words_are_kept_apart_from_the_entry,
    histories_of_several_requests_come_each_in_order,
    who_follows_the_journal_misses_nothing_while_many_write,
);

fn entry(event: Event) -> NewEntry {
    let by = By::person(PersonId(1));
    NewEntry { event, by, occurred_at: minute(1), recorded_at: minute(2), cause: None, depth: 0 }
}

async fn an_entry_comes_back_as_it_was_written(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let first =
        events::append(&tx, &entry(Event::Person(PersonEvent::SignedIn { person: PersonId(1) }))).await.unwrap();
    let new = NewEntry {
        by: By::rule(),
        cause: Some(first),
        depth: 3,
        ..entry(Event::Ticket(TicketId(7), TicketEvent::Reminded))
    };
    let second = events::append(&tx, &new).await.unwrap();
    assert!(second > first);
    let kept = events::of_ticket(&tx, TicketId(7)).await.unwrap().remove(0);
    assert_eq!((kept.seq, kept.event, kept.by), (second, new.event, new.by));
    assert_eq!((kept.occurred_at, kept.recorded_at, kept.cause, kept.depth), (minute(1), minute(2), Some(first), 3));
    let follows = events::after(&tx, Seq(0), 1).await.unwrap();
    assert_eq!(follows.iter().map(|e| e.seq).collect::<Vec<_>>(), [first]);
    assert_eq!(events::after(&tx, first, 9).await.unwrap().len(), 1);
}

async fn words_are_kept_apart_from_the_entry(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (ticket, _) = danas_request(&tx).await;
    let seq = events::append(&tx, &entry(Event::Ticket(ticket, TicketEvent::Reminded))).await.unwrap();
    events::remark(&tx, seq, ticket, "it was on the phone").await.unwrap();
    assert_eq!(events::remarks(&tx, ticket).await.unwrap()[&seq], "it was on the phone");
}

async fn histories_of_several_requests_come_each_in_order(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    for ticket in [3, 1, 2, 1, 3, 1] {
        events::append(&tx, &entry(Event::Ticket(TicketId(ticket), TicketEvent::Reminded))).await.unwrap();
    }
    let asked: Vec<TicketId> = (1..150).map(TicketId).collect();
    let told = events::of_tickets(&tx, &asked).await.unwrap();
    let shape: Vec<(i64, usize)> = told.iter().map(|(ticket, history)| (ticket.0, history.len())).collect();
    assert_eq!(shape, [(1, 3), (2, 1), (3, 2)]);
    assert!(told.iter().all(|(_, history)| history.is_sorted_by_key(|entry| entry.seq)));
    let mut last = events::last_of_tickets(&tx, &asked).await.unwrap();
    last.sort_unstable();
    let expected: Vec<_> = told.iter().map(|(ticket, history)| (*ticket, history.last().unwrap().seq)).collect();
    assert_eq!(last, expected);
}

const WRITERS: i64 = 8;
const EACH: i64 = 40;

/// Writers on two nodes commit out of step; every fourth thinks better of it.
async fn who_follows_the_journal_misses_nothing_while_many_write(stage: Stage) {
    let other_node = Store::open(&stage.place).await.unwrap();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = if writer % 2 == 0 { stage.store.clone() } else { other_node.clone() };
            tokio::spawn(async move {
                for turn in 0..EACH {
                    write(&store, writer * EACH + turn).await;
                }
            })
        })
        .collect();
    let follower = tokio::spawn(follow(other_node.clone(), (WRITERS * EACH - WRITERS * EACH / 4) * 2));
    for writer in writers {
        writer.await.unwrap();
    }
    let followed = tokio::time::timeout(std::time::Duration::from_secs(60), follower).await;
    let followed = followed.expect("the follower has met every entry").unwrap();
    assert!(followed.is_sorted_by(|a, b| a < b), "the numbers rise");
    let mut all = Vec::new();
    let mut last = Seq(0);
    while let Some(end) = events::after(stage.store.read(), last, 100).await.unwrap().last().map(|e| e.seq) {
        all.extend(events::after(stage.store.read(), last, 100).await.unwrap().into_iter().map(|e| e.seq));
        last = end;
    }
    assert_eq!(followed, all);
}

async fn write(store: &Store, number: i64) {
    let tx = store.begin().await.unwrap();
    append(&tx, number).await;
    for _ in 0..number % 5 {
        tokio::task::yield_now().await;
    }
    append(&tx, number).await;
    if number % 4 != 0 {
        tx.commit().await.unwrap();
    }
}

async fn append(tx: &Tx, number: i64) {
    events::append(tx, &entry(Event::Ticket(TicketId(number), TicketEvent::Reminded))).await.unwrap();
}

/// Follows as the search index will: only what comes after the last number seen, until `expected` were met.
async fn follow(store: Store, expected: i64) -> Vec<Seq> {
    let mut met: Vec<Seq> = Vec::new();
    while i64::try_from(met.len()).unwrap() < expected {
        let last = met.last().copied().unwrap_or(Seq(0));
        met.extend(events::after(store.read(), last, 7).await.unwrap().into_iter().map(|entry| entry.seq));
        tokio::task::yield_now().await;
    }
    met
}
