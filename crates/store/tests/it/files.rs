//! Shows drafts and attachments, on both engines.

use std::collections::BTreeMap;

use bytes::Bytes;
use rules::ids::{AttachmentId, DraftId, PersonId};
use store::{
    Error, Tx,
    attachments::{self, NewAttachment},
    blobs::BlobId,
    drafts,
};

use crate::{
    cast::{danas_request, minute, person},
    stage::Stage,
};

both_engines!(
    req_10_a_draft_is_saved_found_and_only_its_writers,
    a_file_goes_from_the_draft_to_the_request,
    a_discarded_draft_takes_its_files_along,
);

fn typed(subject: &str) -> BTreeMap<String, String> {
    BTreeMap::from([
        ("subject".to_owned(), subject.to_owned()),
        ("detail.logs".to_owned(), "a \"quote\"\nline".to_owned()),
    ])
}

async fn req_10_a_draft_is_saved_found_and_only_its_writers(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (dana, theo) = (person(&tx, "Dana").await, person(&tx, "Theo").await);
    let first = drafts::insert(&tx, dana, "request/bug", &typed("one"), minute(1)).await.unwrap();
    let second = drafts::insert(&tx, dana, "request/bug", &typed("two"), minute(1)).await.unwrap();
    let other = drafts::insert(&tx, dana, "reply/7", &BTreeMap::new(), minute(2)).await.unwrap();
    assert_eq!(drafts::latest(&tx, dana, "request/bug").await.unwrap().unwrap().id, second);
    assert!(drafts::save(&tx, dana, first, &typed("three"), minute(5)).await.unwrap());
    assert!(!drafts::save(&tx, theo, first, &typed("stolen"), minute(6)).await.unwrap());
    let latest = drafts::latest(&tx, dana, "request/bug").await.unwrap().unwrap();
    assert_eq!((latest.id, latest.fields, latest.updated_at), (first, typed("three"), minute(5)));
    assert!(drafts::latest(&tx, dana, "note/7").await.unwrap().is_none());
    let all: Vec<_> = drafts::of(&tx, dana).await.unwrap().into_iter().map(|d| d.id).collect();
    assert_eq!(all, [first, other, second]);
    assert!(matches!(drafts::get(&tx, theo, first).await, Err(Error::NotFound)));
    assert!(!drafts::discard(&tx, theo, first, minute(7)).await.unwrap());
    assert!(drafts::discard(&tx, dana, first, minute(7)).await.unwrap());
    assert!(matches!(drafts::get(&tx, dana, first).await, Err(Error::NotFound)));
}

async fn attach(tx: &Tx, owner: PersonId, draft: DraftId, blob: &BlobId) -> AttachmentId {
    let new = NewAttachment {
        owner,
        organisation: None,
        draft,
        field: "detail.logs",
        name: "server.log",
        media_type: "text/plain",
        bytes: 3 << 30,
        blob,
        original: None,
        kind: rules::logs::Kind::Log,
        offered: None,
        facts: None,
        now: minute(3),
    };
    attachments::insert(tx, &new).await.unwrap()
}

async fn a_file_goes_from_the_draft_to_the_request(stage: Stage) {
    let blob = stage.store.blobs().put(Bytes::from_static(b"ERROR sweep")).await.unwrap();
    let tx = stage.store.begin().await.unwrap();
    let (ticket, dana) = danas_request(&tx).await;
    let theo = person(&tx, "Theo").await;
    let draft = drafts::insert(&tx, dana, "request/bug", &typed("one"), minute(1)).await.unwrap();
    let (kept, taken_off) = (attach(&tx, dana, draft, &blob).await, attach(&tx, dana, draft, &blob).await);
    let file = attachments::get(&tx, kept).await.unwrap();
    assert_eq!(
        (file.name.as_str(), file.field.as_str(), file.media_type.as_str()),
        ("server.log", "detail.logs", "text/plain")
    );
    assert_eq!((file.owner, file.draft, file.bytes, file.blob), (dana, Some(draft), 3 << 30, blob));
    assert!(!attachments::remove_from_draft(&tx, theo, taken_off, minute(4)).await.unwrap());
    assert!(attachments::remove_from_draft(&tx, dana, taken_off, minute(4)).await.unwrap());
    assert!(matches!(attachments::get(&tx, taken_off).await, Err(Error::NotFound)));
    assert_eq!(attachments::of_draft(&tx, draft).await.unwrap().len(), 1);
    assert_eq!(attachments::hand_over(&tx, draft, ticket, None).await.unwrap(), 1);
    assert!(attachments::of_draft(&tx, draft).await.unwrap().is_empty());
    assert_eq!(attachments::of_ticket(&tx, ticket).await.unwrap()[0].id, kept);
    assert!(!attachments::remove_from_draft(&tx, dana, kept, minute(5)).await.unwrap(), "it was sent");
    assert!(drafts::discard(&tx, dana, draft, minute(6)).await.unwrap());
    assert!(attachments::get(&tx, kept).await.is_ok());
}

async fn a_discarded_draft_takes_its_files_along(stage: Stage) {
    let blob = stage.store.blobs().put(Bytes::from_static(b"ERROR sweep")).await.unwrap();
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let draft = drafts::insert(&tx, dana, "request/bug", &typed("one"), minute(1)).await.unwrap();
    let file = attach(&tx, dana, draft, &blob).await;
    assert!(drafts::discard(&tx, dana, draft, minute(2)).await.unwrap());
    assert!(matches!(attachments::get(&tx, file).await, Err(Error::NotFound)));
}
