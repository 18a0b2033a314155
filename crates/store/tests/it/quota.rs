//! LOG-5: what files take, asked of the database, is what a recount says, whatever happened to them, on both engines.

use std::collections::BTreeMap;

use rules::{
    access::Role,
    ids::{AttachmentId, OrganisationId, PersonId, UploadId},
    logs::Kind,
};
use store::{
    Tx,
    attachments::{self, NewAttachment},
    blobs::BlobId,
    drafts, organisations,
    quota::{RoomOf, taken},
    uploads::{self, NewUpload},
};

use crate::{
    cast::{danas_request, minute, person},
    stage::Stage,
};

both_engines!(log_5_what_files_take_is_what_a_recount_says, log_5_an_upload_takes_one_part_after_the_other,);

/// What a file or an upload counts for in the recount.
#[derive(Clone, Copy, Debug)]
struct Counted {
    owner: usize,
    bytes: i64,
    is_gone: bool,
    expires: Option<i64>,
}

/// Numbers without end, the same ones each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

async fn attach(tx: &Tx, (owner, organisation): (PersonId, Option<OrganisationId>), bytes: i64) -> AttachmentId {
    let draft = drafts::insert(tx, owner, "new/bug", &BTreeMap::new(), minute(0)).await.unwrap();
    let new = NewAttachment {
        owner,
        organisation,
        draft,
        field: "detail.logs",
        name: "server.log",
        media_type: "text/plain",
        bytes,
        blob: &BlobId::read(&"a".repeat(64)).unwrap(),
        original: None,
        kind: Kind::Log,
        offered: None,
        facts: None,
        now: minute(0),
    };
    attachments::insert(tx, &new).await.unwrap()
}

async fn begin(
    tx: &Tx,
    (owner, organisation): (PersonId, Option<OrganisationId>),
    (token, bytes): (&str, i64),
) -> UploadId {
    let draft = drafts::insert(tx, owner, "new/bug", &BTreeMap::new(), minute(0)).await.unwrap();
    let new = NewUpload {
        token,
        person: owner,
        organisation,
        draft,
        field: "detail.logs",
        name: "server.log",
        mark: "",
        bytes,
        now: minute(0),
        expires_at: minute(100_000),
    };
    uploads::insert(tx, &new).await.unwrap()
}

async fn log_5_what_files_take_is_what_a_recount_says(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (ticket, _) = danas_request(&tx).await;
    let acme = organisations::insert(&tx, "Acme", None, minute(0)).await.unwrap();
    let people = [person(&tx, "Ravi").await, person(&tx, "Mina").await, person(&tx, "Lea").await];
    for member in &people[..2] {
        organisations::join(&tx, acme, *member, Role::Member, minute(0)).await.unwrap();
    }
    let whose = |at: usize| (people[at], (at < 2).then_some(acme));
    let mut files: Vec<(AttachmentId, Counted)> = vec![];
    let mut ways: Vec<(UploadId, Counted)> = vec![];
    let mut dice = Dice(20_261_126);
    for turn in 0..120_i64 {
        let (owner, bytes) = (usize::try_from(dice.below(3)).unwrap(), i64::try_from(dice.below(1 << 40)).unwrap());
        let new = Counted { owner, bytes, is_gone: false, expires: None };
        match dice.below(7) {
            0 | 1 => files.push((attach(&tx, whose(owner), bytes).await, new)),
            2 => ways.push((begin(&tx, whose(owner), (&format!("t{turn}"), bytes)).await, new)),
            3 if !files.is_empty() => {
                let at = usize::try_from(dice.below(files.len() as u64)).unwrap();
                let (id, file) = &mut files[at];
                let is_removed =
                    attachments::remove_from_draft(&tx, people[file.owner], *id, minute(turn)).await.unwrap();
                file.is_gone |= is_removed;
            }
            4 if !files.is_empty() => {
                // Sent with a request, whose end gives all of its files a day.
                let at = usize::try_from(dice.below(files.len() as u64)).unwrap();
                let draft = attachments::get(&tx, files[at].0).await.ok().and_then(|file| file.draft);
                if let Some(draft) = draft {
                    attachments::hand_over(&tx, draft, ticket, None).await.unwrap();
                    attachments::set_expiry(&tx, ticket, Some(minute(turn + 40))).await.unwrap();
                    for (id, file) in &mut files {
                        let kept = attachments::get(&tx, *id).await;
                        if kept.is_ok_and(|kept| kept.ticket == Some(ticket)) {
                            file.expires = Some(turn + 40);
                        }
                    }
                }
            }
            5 if !ways.is_empty() => {
                let at = usize::try_from(dice.below(ways.len() as u64)).unwrap();
                let (id, way) = ways.remove(at);
                let file = attach(&tx, whose(way.owner), way.bytes).await;
                assert!(uploads::became(&tx, id, file).await.unwrap());
                assert!(!uploads::became(&tx, id, file).await.unwrap(), "once");
                files.push((file, way));
            }
            _ => {
                attachments::expire(&tx, minute(turn)).await.unwrap();
            }
        }
        let counts = |file: &Counted| !file.is_gone && file.expires.is_none_or(|at| at > turn);
        for (of, owners) in [(RoomOf::Organisation(acme), &[0, 1][..]), (RoomOf::Person(people[2]), &[2][..])] {
            let mine = |file: &&Counted| owners.contains(&file.owner);
            let counted: Vec<&Counted> =
                files.iter().map(|(_, file)| file).filter(mine).filter(|it| counts(it)).collect();
            let expected: i64 = counted.iter().map(|file| file.bytes).sum();
            let reserved: i64 = ways.iter().map(|(_, way)| way).filter(mine).map(|way| way.bytes).sum();
            let found = taken(&tx, of, minute(turn)).await.unwrap();
            assert_eq!((found.files, found.reserved), (expected, reserved), "after turn {turn}");
            assert_eq!(found.frees_at, counted.iter().filter_map(|file| file.expires).min().map(minute));
        }
    }
}

async fn log_5_an_upload_takes_one_part_after_the_other(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let ravi = person(&tx, "Ravi").await;
    let id = begin(&tx, (ravi, None), ("t", 10)).await;
    let begun = uploads::get(&tx, ravi, ("t", minute(1))).await.unwrap();
    let blob = |letter: &str| BlobId::read(&letter.repeat(64)).unwrap();
    assert!(uploads::add_part(&tx, &begun, (4, &blob("a")), minute(9)).await.unwrap());
    assert!(!uploads::add_part(&tx, &begun, (4, &blob("b")), minute(9)).await.unwrap(), "another one was faster");
    let grown = uploads::get(&tx, ravi, ("t", minute(1))).await.unwrap();
    assert!(!uploads::add_part(&tx, &grown, (7, &blob("c")), minute(9)).await.unwrap(), "more than it was to have");
    assert!(uploads::add_part(&tx, &grown, (6, &blob("d")), minute(9)).await.unwrap());
    let parts = uploads::parts(&tx, id).await.unwrap();
    assert_eq!(parts.iter().map(|part| (part.starts, part.bytes)).collect::<Vec<_>>(), [(0, 4), (4, 6)]);
    assert_eq!(uploads::outstanding(&tx, minute(1)).await.unwrap(), 0);
    assert_eq!(uploads::expire(&tx, minute(9)).await.unwrap(), 1);
    assert!(uploads::parts(&tx, id).await.unwrap().is_empty());
}
