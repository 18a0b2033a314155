//! Shows pragmas, busy writers and cancelled callers on SQLite.

use futures_util::FutureExt;

use super::*;
use crate::{Error, people};

async fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Place::Folder(folder.path().to_owned())).await.unwrap();
    (folder, store)
}

async fn pragma<T: handle::Column>(conn: &Handle, name: &str) -> T {
    conn.one(&format!("SELECT {name} AS value FROM pragma_{name}"), vec![], |row| row.get("value")).await.unwrap()
}

#[tokio::test]
async fn the_writer_leaves_the_sync_of_a_commit_to_the_barrier() {
    let (folder, store) = store().await;
    let tx = store.begin().await.unwrap();
    assert_eq!(pragma::<String>(&tx, "journal_mode").await, "wal");
    assert_eq!(pragma::<i64>(&tx, "synchronous").await, 1, "NORMAL: checkpoints sync, commits do not");
    assert_eq!(pragma::<i64>(&tx, "foreign_keys").await, 1);
    let mapped: i64 = tx.one("PRAGMA mmap_size", vec![], |row| row.get("mmap_size")).await.unwrap();
    assert_eq!(mapped, 1 << 40, "SQLite caps it at what it was built with");
    assert!(store.barrier.is_some());
    let migrant = open::migrant(&Place::Folder(folder.path().to_owned())).await.unwrap();
    assert_eq!(pragma::<i64>(&Handle::pool(migrant), "synchronous").await, 2, "FULL: no barrier stands behind it");
}

#[tokio::test]
async fn files_are_synced_with_their_folders() {
    let (_folder, store) = store().await;
    assert!(format!("{:?}", store.blobs).contains("fsync: true"), "{:?}", store.blobs);
}

#[tokio::test]
async fn readers_cannot_write() {
    let (_folder, store) = store().await;
    let asked: i64 = pragma(store.read(), "query_only").await;
    assert_eq!(asked, 1);
    let insert = "INSERT INTO person (name, created_at) VALUES ('Dana', 0) RETURNING id";
    let refused = store.read().one(insert, vec![], |row| row.get::<i64>("id")).await.unwrap_err();
    assert!(matches!(&refused, Error::Broken(why) if why.contains("readonly")), "{refused}");
}

#[tokio::test]
async fn a_second_process_that_holds_the_database_is_named_busy_and_waited_for() {
    let (folder, store) = store().await;
    let other = Store::open(&Place::Folder(folder.path().to_owned())).await.unwrap();
    let held = store.begin().await.unwrap();
    let refused = other.writer.run("INSERT INTO person (name, created_at) VALUES ('Dana', 0)").await.unwrap_err();
    assert!(matches!(refused, Error::Busy(_)), "{refused}");
    assert!(other.begin().now_or_never().is_none(), "a turn is waited for");
    people::insert(&held, "Dana", "2026-11-20T16:40:00Z".parse().unwrap()).await.unwrap();
    held.commit().await.unwrap();
    other.begin().await.unwrap();
}

#[tokio::test]
async fn after_a_disk_that_was_full_a_commit_is_a_commit() {
    let (_folder, store) = store().await;
    let at = "2026-11-20T16:40:00Z".parse().unwrap();
    let tx = store.begin().await.unwrap();
    // As SQLite does by itself when a commit does not fit on the disk; sqlx counts on, as if it were in a transaction.
    tx.run("ROLLBACK", vec![]).await.unwrap();
    drop(tx);
    // One that is given up, as a verb that refuses does it.
    let tx = store.begin().await.unwrap();
    people::insert(&tx, "Jörg", at).await.unwrap();
    drop(tx);
    let tx = store.begin().await.unwrap();
    let dana = people::insert(&tx, "Dana", at).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(people::get(store.read(), dana).await.unwrap().name, "Dana", "whoever reads it finds it");
}

#[test]
fn the_disk_is_measured_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let instants = std::cell::Cell::new(std::time::Duration::ZERO);
    let elapsed = || instants.replace(std::time::Duration::from_secs(2));
    assert!((syncs_a_second(folder.path(), 10, elapsed).unwrap() - 5.0).abs() < 0.01);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it leaves nothing");
}
