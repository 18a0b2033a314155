//! Shows files by content, on both engines.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use rules::instant::Instant;
use store::{
    Error, Place,
    attachments::{self, NewAttachment},
    blobs::{BlobId, NotKept},
    drafts,
};

use crate::{
    cast::{minute, person},
    stage::Stage,
};

type Piece = Result<Bytes, String>;

fn pieces(count: usize) -> Vec<Piece> {
    (0..count).map(|n| Ok(Bytes::from(vec![u8::try_from(n % 251).unwrap(); 1 << 20]))).collect()
}

/// Where a stage keeps its blobs.
pub(crate) fn folder(stage: &Stage) -> PathBuf {
    let (Place::Folder(folder) | Place::Postgres { folder, .. }) = &stage.place;
    folder.join("blobs")
}

/// All files below the store's folder of blobs.
fn files(stage: &Stage) -> Vec<PathBuf> {
    fn below(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { below(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    below(&folder(stage), &mut found);
    found
}

async fn content(stage: &Stage, id: &BlobId) -> Vec<u8> {
    let stream = stage.store.blobs().stream(id).await.unwrap();
    stream.map_ok(|piece| piece.to_vec()).try_concat().await.unwrap()
}

#[tokio::test]
async fn what_was_streamed_in_comes_out_and_the_same_is_kept_once() {
    let stage = Stage::sqlite().await;
    let first = stage.store.blobs().write("one", 12 << 20, stream::iter(pieces(12))).await.unwrap();
    let second = stage.store.blobs().write("two", 12 << 20, stream::iter(pieces(12))).await.unwrap();
    assert_eq!((first.bytes, first.head.len()), (12 << 20, 8 * 1024));
    assert_eq!(first.id, second.id);
    assert_eq!(files(&stage).len(), 1);
    let whole: Vec<u8> = pieces(12).into_iter().flat_map(|piece| piece.unwrap().to_vec()).collect();
    assert!(content(&stage, &first.id).await == whole);
    assert_eq!(stage.store.blobs().put(whole.into()).await.unwrap(), first.id);
    assert_eq!(files(&stage).len(), 1);
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let stage = Stage::sqlite().await;
    let nothing = stage.store.blobs().write("none", 1, stream::iter(Vec::<Piece>::new())).await.unwrap();
    assert_eq!((nothing.bytes, content(&stage, &nothing.id).await), (0, vec![]));
}

#[tokio::test]
async fn what_is_longer_than_the_limit_leaves_nothing() {
    let stage = Stage::sqlite().await;
    let refused = stage.store.blobs().write("big", (8 << 20) - 1, stream::iter(pieces(8))).await.unwrap_err();
    assert!(matches!(refused, NotKept::TooLarge { limit } if limit == (8 << 20) - 1));
    assert_eq!(files(&stage), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_sender_that_stops_leaves_nothing() {
    let stage = Stage::sqlite().await;
    let mut cut = pieces(7);
    cut.push(Err("the connection was lost".to_owned()));
    let refused = stage.store.blobs().write("cut", 99 << 20, stream::iter(cut)).await.unwrap_err();
    assert!(matches!(refused, NotKept::Interrupted(why) if why == "the connection was lost"));
    assert_eq!(files(&stage), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_write_that_is_dropped_half_way_leaves_nothing() {
    let stage = Stage::sqlite().await;
    let hangs = stream::iter(pieces(7)).chain(stream::pending());
    let write = stage.store.blobs().write("hangs", 99 << 20, hangs);
    let mut write = Box::pin(write);
    for _ in 0..50 {
        assert!(futures_util::poll!(&mut write).is_pending());
        tokio::task::yield_now().await;
    }
    drop(write);
    // The half file is removed by a task of its own.
    let gone = async {
        while !files(&stage).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), gone).await.expect("the half file goes");
}

#[tokio::test]
async fn an_unknown_blob_is_not_found() {
    let stage = Stage::sqlite().await;
    let id = stage.store.blobs().put(Bytes::from_static(b"a")).await.unwrap();
    std::fs::remove_file(&files(&stage)[0]).unwrap();
    assert!(matches!(stage.store.blobs().stream(&id).await, Err(Error::NotFound)));
}

/// The age of files is told by the system's clock, which is far from both this and the instants below.
const LONG_AGO: &str = "1990-11-20T12:00:00Z";

both_engines!(a_blob_goes_a_day_after_its_last_row_let_go_of_it);

async fn a_blob_goes_a_day_after_its_last_row_let_go_of_it(stage: Stage) {
    let blobs = stage.store.blobs();
    let names = ["named", "let go of today", "let go of yesterday"];
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let draft = drafts::insert(&tx, dana, "request/bug", &BTreeMap::new(), minute(0)).await.unwrap();
    let now: Instant = "2126-11-20T12:00:00Z".parse().unwrap();
    let removed_at = [None, Some("2126-11-19T13:00:00Z"), Some("2126-11-19T11:00:00Z")];
    for (name, removed_at) in names.iter().zip(removed_at) {
        let blob = blobs.put(Bytes::from_static(name.as_bytes())).await.unwrap();
        let new = NewAttachment {
            owner: dana,
            organisation: None,
            draft,
            field: "body",
            name,
            media_type: "text/plain",
            bytes: 1,
            blob: &blob,
            original: None,
            kind: rules::logs::Kind::Log,
            offered: None,
            facts: None,
            now: minute(0),
        };
        let id = attachments::insert(&tx, &new).await.unwrap();
        if let Some(at) = removed_at {
            assert!(attachments::remove_from_draft(&tx, dana, id, at.parse().unwrap()).await.unwrap());
        }
    }
    tx.commit().await.unwrap();
    let never_named = blobs.put(Bytes::from_static(b"never named")).await.unwrap();
    std::fs::create_dir_all(folder(&stage).join("incoming")).unwrap();
    std::fs::write(folder(&stage).join("incoming/half#1"), "half").unwrap();

    assert_eq!(stage.store.sweep_blobs(LONG_AGO.parse().unwrap()).await.unwrap(), 0, "what is new may be named yet");
    assert_eq!(stage.store.sweep_blobs(now).await.unwrap(), 3);

    assert!(!blobs.holds(&never_named).await.unwrap());
    let mut left: Vec<String> = files(&stage).into_iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    left.sort();
    assert_eq!(left, ["let go of today", "named"]);
}
