//! Shows what the engine does when two meet: turns, locks, closed doors, on both engines.

use rules::{
    events::{By, Event, NewEntry, TicketEvent},
    ids::{Seq, TicketId},
};
use sqlx::{Connection, PgConnection};
use store::{Error, Place, Store, Tx, events, people};

use crate::{
    cast::{minute, person},
    stage::{Stage, new_database},
};

both_engines!(
    readers_see_what_was_committed_and_nothing_before,
    a_dropped_transaction_leaves_no_trace,
    a_caller_that_goes_away_leaves_all_or_nothing_and_a_free_writer,
    ids_are_never_used_twice,
);

async fn readers_see_what_was_committed_and_nothing_before(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    assert!(matches!(people::get(stage.store.read(), dana).await, Err(Error::NotFound)));
    assert_eq!(people::get(&tx, dana).await.unwrap().name, "Dana");
    tx.commit().await.unwrap();
    for _ in 0..20 {
        assert_eq!(people::get(stage.store.read(), dana).await.unwrap().name, "Dana");
    }
}

async fn a_dropped_transaction_leaves_no_trace(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    drop(tx);
    let tx = stage.store.begin().await.unwrap();
    assert!(matches!(people::get(&tx, dana).await, Err(Error::NotFound)));
}

async fn a_caller_that_goes_away_leaves_all_or_nothing_and_a_free_writer(stage: Stage) {
    for number in 1..=150 {
        let patience = number % 50;
        tokio::select! {
            biased;
            () = two_entries(&stage.store, number) => {}
            () = turns(patience) => {}
        }
    }
    two_entries(&stage.store, 151).await;
    let all = events::after(stage.store.read(), Seq(0), 1000).await.unwrap();
    for number in 1..=151 {
        let written = all.iter().filter(|entry| entry.event.ticket() == Some(TicketId(number))).count();
        assert!(written == 0 || written == 2, "{written} of two entries");
    }
    assert_eq!(all.last().and_then(|entry| entry.event.ticket()), Some(TicketId(151)));
}

async fn two_entries(store: &Store, number: i64) {
    let tx = store.begin().await.unwrap();
    append(&tx, number).await;
    append(&tx, number).await;
    tx.commit().await.unwrap();
}

async fn append(tx: &Tx, number: i64) {
    let event = Event::Ticket(TicketId(number), TicketEvent::Reminded);
    let entry =
        NewEntry { event, by: By::rule(), occurred_at: minute(1), recorded_at: minute(2), cause: None, depth: 0 };
    events::append(tx, &entry).await.unwrap();
}

async fn turns(count: i64) {
    for _ in 0..count {
        tokio::task::yield_now().await;
    }
}

async fn ids_are_never_used_twice(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let first = store::jobs::NewJob { kind: "a", payload: "", unique_key: None, run_at: minute(0), now: minute(0) };
    store::jobs::enqueue(&tx, first.clone()).await.unwrap();
    let gone = store::jobs::claim(&tx, minute(0), minute(1)).await.unwrap().unwrap().id;
    store::jobs::finish(&tx, gone).await.unwrap();
    store::jobs::enqueue(&tx, first).await.unwrap();
    let next = store::jobs::claim(&tx, minute(0), minute(1)).await.unwrap().unwrap().id;
    assert!(next > gone);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_that_start_at_once_migrate_one_after_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let url = new_database().await;
    for place in [Place::Folder(folder.path().to_owned()), Place::Postgres { url, folder: folder.path().to_owned() }] {
        let opened = futures_util::future::join_all((0..4).map(|_| Store::open(&place))).await;
        for store in opened {
            assert!(events::after(store.unwrap().read(), Seq(0), 1).await.unwrap().is_empty());
        }
    }
}

#[tokio::test]
async fn a_commit_on_postgres_waits_for_the_disk_although_the_server_is_set_not_to() {
    let folder = tempfile::tempdir().unwrap();
    let url = new_database().await;
    let set: String = waits(&url).await;
    assert_eq!(set, "off", "the servers of a test run do not wait by themselves");
    let store = Store::open(&Place::Postgres { url, folder: folder.path().to_owned() }).await.unwrap();
    let tx = store.begin().await.unwrap();
    assert_eq!(tx.waits_for().await.unwrap().as_deref(), Some("on"));
}

/// What a commit waits for unless its connection asks for more.
async fn waits(url: &str) -> String {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query_scalar("SHOW synchronous_commit").fetch_one(&mut connection).await.unwrap()
}

#[tokio::test]
async fn a_server_that_is_not_there_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let url = "postgres://firstline@127.0.0.1:1/none".to_owned();
    let refused = Store::open(&Place::Postgres { url, folder: folder.path().to_owned() }).await.unwrap_err();
    assert!(matches!(refused, Error::Busy(_)), "{refused}");
}
