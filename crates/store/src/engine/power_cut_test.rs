//! Shows what a power cut leaves: the disk under the log is held up, cut off and made to fail.

use std::{
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use rules::ids::PersonId;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::*;
use crate::{Error, people};

const LIMIT: Duration = Duration::from_secs(60);

/// A disk that says when a sync begins, and ends it as it is told.
#[derive(Debug)]
struct Held {
    begun: UnboundedSender<()>,
    end: Mutex<mpsc::Receiver<io::Result<()>>>,
}

/// The other end of it.
struct Holder {
    begun: UnboundedReceiver<()>,
    end: mpsc::Sender<io::Result<()>>,
}

impl Disk for Held {
    fn sync(&self) -> io::Result<()> {
        let _ = self.begun.send(());
        self.end.lock().unwrap().recv_timeout(LIMIT).unwrap_or(Ok(()))
    }
}

async fn held(folder: &Path) -> (Store, Holder) {
    let ((begun, heard), (end, ends)) = (unbounded_channel(), mpsc::channel());
    let disk = Arc::new(Held { begun, end: Mutex::new(ends) });
    let store = Store::open_on(&Place::Folder(folder.to_owned()), Some(disk)).await.unwrap();
    (store, Holder { begun: heard, end })
}

impl Holder {
    async fn begins(&mut self) {
        tokio::time::timeout(LIMIT, self.begun.recv()).await.unwrap().unwrap();
    }
}

async fn write(store: &Store, name: &str) -> Result<PersonId> {
    let tx = store.begin().await?;
    let id = people::insert(&tx, name, "2026-11-20T16:40:00Z".parse().unwrap()).await?;
    tx.commit().await.map(|()| id)
}

async fn people_in(store: &Store) -> Vec<String> {
    store.read().rows("SELECT name FROM person ORDER BY id", vec![], |row| row.get("name")).await.unwrap()
}

fn written(store: &Store, name: &'static str) -> tokio::task::JoinHandle<Result<PersonId>> {
    let store = store.clone();
    tokio::spawn(async move { write(&store, name).await })
}

/// Waits until readers see so many.
async fn seen(store: &Store, count: usize) {
    let waiting = async {
        while people_in(store).await.len() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LIMIT, waiting).await.unwrap();
}

#[tokio::test]
async fn nobody_is_answered_before_the_sync_of_their_commit_and_others_commit_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut disk) = held(folder.path()).await;
    let dana = written(&store, "Dana");
    disk.begins().await;
    let (jorg, theo) = (written(&store, "Jörg"), written(&store, "Theo"));
    seen(&store, 3).await;
    assert!(!dana.is_finished() && !jorg.is_finished() && !theo.is_finished());
    disk.end.send(Ok(())).unwrap();
    dana.await.unwrap().unwrap();
    disk.begins().await;
    assert!(!jorg.is_finished() && !theo.is_finished(), "the first sync began before their commits");
    disk.end.send(Ok(())).unwrap();
    jorg.await.unwrap().unwrap();
    theo.await.unwrap().unwrap();
    assert!(disk.begun.try_recv().is_err(), "one sync serves both");
}

#[tokio::test]
async fn who_gives_up_waiting_harms_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut disk) = held(folder.path()).await;
    let dana = written(&store, "Dana");
    disk.begins().await;
    dana.abort();
    assert!(dana.await.unwrap_err().is_cancelled());
    disk.end.send(Ok(())).unwrap();
    let theo = written(&store, "Theo");
    disk.begins().await;
    disk.end.send(Ok(())).unwrap();
    theo.await.unwrap().unwrap();
    assert_eq!(people_in(&store).await, ["Dana", "Theo"], "the commit stood already");
}

#[tokio::test]
async fn a_sync_that_fails_fails_all_who_wait_and_nothing_is_written_until_the_store_is_opened_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (store, mut disk) = held(folder.path()).await;
    let dana = written(&store, "Dana");
    disk.begins().await;
    let theo = written(&store, "Theo");
    seen(&store, 2).await;
    disk.end.send(Err(io::Error::from_raw_os_error(5))).unwrap();
    for waiting in [dana, theo] {
        let failed = waiting.await.unwrap().unwrap_err();
        assert!(matches!(&failed, Error::Stopped(why) if why.contains("the disk did not take the log")), "{failed}");
    }
    let refused = store.begin().await.unwrap_err();
    assert!(matches!(&refused, Error::Stopped(why) if why.contains("started anew")), "{refused}");
    assert!(store.can_last().is_err());
    assert_eq!(people_in(&store).await.len(), 2, "reading goes on");
    store.close().await.unwrap();
    let anew = Store::open(&Place::Folder(folder.path().to_owned())).await.unwrap();
    write(&anew, "Ines").await.unwrap();
}

#[tokio::test]
async fn a_log_that_was_taken_away_is_a_fault_and_not_a_success() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Place::Folder(folder.path().to_owned())).await.unwrap();
    write(&store, "Dana").await.unwrap();
    std::fs::remove_file(folder.path().join("db/firstline.db-wal")).unwrap();
    assert!(matches!(write(&store, "Theo").await, Err(Error::Stopped(_))));
}

/// A disk that keeps, at each sync, what it would hold if the power went right after.
#[derive(Debug)]
struct Camera {
    log: disk::Log,
    database: PathBuf,
    images: PathBuf,
    taken: AtomicUsize,
}

impl Disk for Camera {
    fn sync(&self) -> io::Result<()> {
        let next = self.taken.load(Ordering::SeqCst) + 1;
        let image = self.images.join(next.to_string()).join("db");
        std::fs::create_dir_all(&image)?;
        std::fs::copy(self.database.join("firstline.db"), image.join("firstline.db"))?;
        std::fs::copy(self.database.join("firstline.db-wal"), image.join("firstline.db-wal"))?;
        self.log.sync()?;
        self.taken.store(next, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_instant_the_power_goes_who_was_answered_is_there() {
    let (folder, images) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let database = folder.path().join("db");
    let log = disk::Log::beside(&database.join("firstline.db"));
    let camera = Arc::new(Camera { log, database, images: images.path().to_owned(), taken: AtomicUsize::new(0) });
    let place = Place::Folder(folder.path().to_owned());
    let store = Store::open_on(&place, Some(Arc::clone(&camera) as Arc<dyn Disk>)).await.unwrap();
    let writers = (0..8).map(|writer| {
        let (store, camera) = (store.clone(), Arc::clone(&camera));
        tokio::spawn(async move {
            let mut answered = Vec::new();
            for turn in 0..12 {
                let name = format!("{writer}/{turn}");
                write(&store, &name).await.unwrap();
                answered.push((camera.taken.load(Ordering::SeqCst), name));
            }
            answered
        })
    });
    let mut answered = Vec::new();
    for writer in writers.collect::<Vec<_>>() {
        answered.extend(writer.await.unwrap());
    }
    let taken = camera.taken.load(Ordering::SeqCst);
    assert!(taken < answered.len(), "{taken} syncs served {} commits: none was shared", answered.len());
    for image in 1..=taken {
        let left = Store::open(&Place::Folder(images.path().join(image.to_string()))).await.unwrap();
        let there = people_in(&left).await;
        let lost: Vec<_> = answered.iter().filter(|(at, name)| *at <= image && !there.contains(name)).collect();
        assert!(lost.is_empty(), "after {image} syncs: {lost:?}");
    }
}
