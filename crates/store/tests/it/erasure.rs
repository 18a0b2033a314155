//! PRV-1: what says who a person was, or holds what they wrote, is gone after an erasure. Every text column of the
//! schema is declared below; a new one fails the test until somebody has decided about it.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use rules::{
    access::{Grant, Role},
    bulk::{Act, Phase},
    events::{Audience, Author, By, Channel, Event, NewEntry, Secrecy, TicketEvent, Verdict},
    ids::{MessageId, OrganisationId, PersonId, PushKeyId, SessionId, TicketId},
    keys::{DetailKey, TickKey},
};
use store::{
    Store, Tx, advisories,
    attachments::{self, NewAttachment},
    bulk_jobs::{self, NewBulkJob},
    drafts, erasure, events, exports, invitations, jobs,
    messages::{self, NewMessage},
    organisations,
    outgoing::{self, End, NewOutgoing},
    parked_reports::{self, Parked},
    people::{self, Address},
    push, reports, resales, satisfaction,
    sessions::{self, NewLink, NewSession},
    systems, tickets, uploads,
    work::{self, Dropped},
};

use crate::{
    cast::{Filing, danas_request, file_about, minute, person, terms},
    fates::{
        FATES,
        Fate::{self, Erased, Shared},
    },
    schema::{Column, columns, everything_in},
    stage::Stage,
};

both_engines!(
    prv_1_every_text_column_is_declared,
    prv_1_nothing_of_an_erased_person_is_left_in_any_column,
    prv_1_erasing_leaves_counts_and_other_people_alone,
);

async fn prv_1_every_text_column_is_declared(stage: Stage) {
    let texts = columns(&stage.place).await.into_iter().filter(Column::holds_text);
    let found: BTreeSet<_> = texts.map(|column| (column.table, column.name)).collect();
    let declared: BTreeSet<_> = FATES
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(|(column, _)| ((*table).to_owned(), (*column).to_owned())))
        .collect();
    let undecided: Vec<_> = found.difference(&declared).collect();
    assert!(undecided.is_empty(), "say in FATES, and do in store::erasure, what an erasure does to {undecided:?}");
    let gone: Vec<_> = declared.difference(&found).collect();
    assert!(gone.is_empty(), "declared, but not in the schema: {gone:?}");
}

/// The age of files is told by the system's clock, which is far behind this.
const A_CENTURY_ON: &str = "2126-11-20T00:00:00Z";

/// Stands in everything that Dana is or writes.
pub(crate) const TRACE: &str = "zanzibar";

async fn prv_1_nothing_of_an_erased_person_is_left_in_any_column(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = traces(&stage.store, &tx).await;
    tx.commit().await.unwrap();
    let before = everything_in(&stage.place).await;
    for (table, columns) in FATES {
        for (column, fate) in *columns {
            let name = format!("{table}.{column}");
            let filled = before.iter().any(|(at, text)| *at == name && text.contains(TRACE));
            let always_filled = [
                "message.source_blob",
                "link.nonce",
                "link.hash",
                "invitation.nonce",
                "invitation.hash",
                "session.token_hash",
            ];
            let of_ours = ["identity.kind", "link.purpose", "draft.purpose", "staff_grant.word"];
            if *fate == Erased && !always_filled.contains(&name.as_str()) && !of_ours.contains(&name.as_str()) {
                assert!(filled, "the test leaves no trace in {name}");
            }
        }
    }

    let tx = stage.store.begin().await.unwrap();
    erasure::erase(&tx, dana, minute(50)).await.unwrap();
    tx.commit().await.unwrap();

    let fates: BTreeMap<String, Fate> = FATES
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(move |(column, fate)| (format!("{table}.{column}"), *fate)))
        .collect();
    for (at, text) in everything_in(&stage.place).await {
        assert!(fates.get(&at) == Some(&Shared) || !text.contains(TRACE), "{at} still says {text}");
    }
    let (_, blob) = before.iter().find(|(at, _)| at == "attachment.blob").unwrap();
    let file = crate::blobs::folder(&stage).join("kept").join(&blob[..2]).join(&blob[2..]);
    assert!(file.exists());
    assert_eq!(stage.store.sweep_blobs(A_CENTURY_ON.parse().unwrap()).await.unwrap(), 2);
    assert!(!file.exists(), "the file goes with the next sweep, and the archive");
}

/// Dana, with a trace of hers in every place that can hold one.
async fn traces(store: &Store, tx: &Tx) -> PersonId {
    let dana = person(tx, TRACE).await;
    let terms = terms(tx).await;
    let filing = Filing {
        requester: dana,
        organisation: None,
        reseller: None,
        secrecy: Secrecy::Open,
        filed_at: minute(1),
        terms,
    };
    let ticket = file_about(tx, filing, TRACE).await;
    people::set_zone(tx, dana, TRACE).await.unwrap();
    people::set_language(tx, dana, TRACE).await.unwrap();
    let new = NewBulkJob { by: dana, phase: Phase::Chosen, total: 0, undoes: None, now: minute(1) };
    let job = bulk_jobs::insert(tx, new).await.unwrap();
    bulk_jobs::decide(tx, job, &Act::Note, TRACE).await.unwrap();
    let dropped = Dropped { kind: "mail".into(), ticket: None, reason: TRACE.into(), by: dana, at: minute(1) };
    work::note_dropped(tx, &dropped).await.unwrap();
    reports::want(tx, dana, minute(1)).await.unwrap();
    people::wait(tx, dana, minute(0)).await.unwrap();
    people::turn_away(tx, dana, TRACE, minute(0)).await.unwrap();
    let acme = organisations::insert(tx, TRACE, None, minute(0)).await.unwrap();
    organisations::join(tx, acme, dana, Role::Member, minute(0)).await.unwrap();
    people::set_grants(tx, dana, &[Grant::Agent], minute(0)).await.unwrap();
    account(tx, dana).await;
    invited(tx, acme, dana).await;
    let message = words(tx, ticket, dana).await;
    file(store, tx, dana).await;
    mails(tx, ticket, message, dana).await;
    after_the_end(tx, ticket, dana).await;
    asks(store, tx, dana).await;
    dana
}

/// She asks somebody to join, and is asked herself.
pub(crate) async fn invited(tx: &Tx, acme: OrganisationId, dana: PersonId) {
    let written = format!("{TRACE}@acme.example");
    let new = invitations::NewInvitation {
        organisation: acme,
        written: &written,
        canonical: &written,
        role: Role::Member,
        by: dana,
        nonce: &[3],
        hash: [2; 32],
        now: minute(0),
        expires_at: minute(9),
    };
    invitations::put(tx, new).await.unwrap();
    // Hers files for others, and they were told.
    resales::offer(tx, acme, (&written, &written), dana, minute(0)).await.unwrap();
}

pub(crate) async fn after_the_end(tx: &Tx, ticket: TicketId, dana: PersonId) {
    let said = satisfaction::Said { verdict: Verdict::Bad, words: TRACE.to_owned(), said_at: minute(8) };
    satisfaction::say(tx, (ticket, dana), &said).await.unwrap();
    let advisory = advisories::Advisory {
        affected: TRACE.to_owned(),
        body: TRACE.to_owned(),
        embargo_until: None,
        remind_at: None,
        changed_by: dana,
        changed_at: minute(8),
    };
    advisories::keep(tx, ticket, &advisory).await.unwrap();
}

/// A system that she misses, and the archive of her data.
async fn asks(store: &Store, tx: &Tx, dana: PersonId) {
    let voice = systems::NewVoice { system: TRACE, written: TRACE, person: dana, organisation: None, now: minute(1) };
    assert!(systems::ask(tx, voice).await.unwrap());
    let blob = store.blobs().put(Bytes::from(format!("an archive of {TRACE}"))).await.unwrap();
    let export = exports::insert(tx, dana, (minute(1), minute(99))).await.unwrap();
    exports::made(tx, export, (&blob, 1)).await.unwrap();
}

async fn account(tx: &Tx, dana: PersonId) {
    let written = format!("{TRACE}@acme.example");
    let address =
        Address { person: dana, written: written.clone(), canonical: written.clone(), verified_at: minute(0) };
    people::insert_address(tx, &address).await.unwrap();
    people::set_password(tx, dana, TRACE, minute(0)).await.unwrap();
    let session = NewSession {
        token_hash: [1; 32],
        person: dana,
        network: TRACE,
        agent: TRACE,
        now: minute(0),
        expires_at: minute(9),
    };
    let session = sessions::insert(tx, session).await.unwrap();
    browser(tx, dana, session).await;
    let link = NewLink {
        purpose: "verification",
        hash: [2; 32],
        nonce: &[3],
        person: None,
        name: TRACE,
        written: &written,
        canonical: &written,
        now: minute(0),
        expires_at: minute(9),
    };
    let link = sessions::insert_link(tx, link).await.unwrap();
    let parked = Parked { subject: TRACE.to_owned(), finding: TRACE.to_owned(), reported_at: minute(1) };
    parked_reports::insert(tx, link, &parked).await.unwrap();
}

/// Her browser, which shows notifications.
async fn browser(tx: &Tx, dana: PersonId, session: SessionId) {
    let key = push::Key { number: PushKeyId(1), public: vec![1], sealed: vec![2] };
    push::add_key(tx, &key, minute(0)).await.unwrap();
    let (words, now) = (TRACE.as_bytes(), minute(0));
    let endpoint = format!("https://push.example/{TRACE}");
    let (endpoint, key, agent) = (endpoint.as_str(), key.number, TRACE);
    let new = push::NewDevice { person: dana, session, endpoint, public: words, secret: words, key, agent, now };
    push::put(tx, new).await.unwrap();
}

pub(crate) async fn words(tx: &Tx, ticket: TicketId, dana: PersonId) -> MessageId {
    tickets::set_details(tx, ticket, &[(DetailKey::new("steps"), TRACE.to_owned())]).await.unwrap();
    tickets::set_ticks(tx, ticket, &[TickKey::new("articles")]).await.unwrap();
    let new = NewMessage {
        ticket,
        author: Author::Customer(dana),
        audience: Audience::Public,
        human: true,
        assisted: false,
        channel: Channel::Portal,
        body: TRACE,
        posted_at: minute(2),
        send_at: minute(2),
        bulk: None,
    };
    let message = messages::insert(tx, &new).await.unwrap();
    let event = Event::Ticket(ticket, TicketEvent::Reminded);
    let entry =
        NewEntry { event, by: By::person(dana), occurred_at: minute(1), recorded_at: minute(1), cause: None, depth: 0 };
    let seq = events::append(tx, &entry).await.unwrap();
    events::remark(tx, seq, ticket, TRACE).await.unwrap();
    message
}

async fn file(store: &Store, tx: &Tx, dana: PersonId) {
    file_for(store, tx, dana, "request/bug").await;
}

pub(crate) async fn file_for(store: &Store, tx: &Tx, dana: PersonId, purpose: &str) {
    let fields = BTreeMap::from([("body".to_owned(), TRACE.to_owned())]);
    let draft = drafts::insert(tx, dana, purpose, &fields, minute(3)).await.unwrap();
    let blob = store.blobs().put(Bytes::from_static(b"a log")).await.unwrap();
    let new = NewAttachment {
        owner: dana,
        organisation: None,
        draft,
        field: "body",
        name: TRACE,
        media_type: "text/plain",
        bytes: 5,
        blob: &blob,
        original: None,
        kind: rules::logs::Kind::Log,
        offered: None,
        facts: Some(TRACE),
        now: minute(3),
    };
    attachments::insert(tx, &new).await.unwrap();
    let new = uploads::NewUpload {
        token: "token",
        person: dana,
        organisation: None,
        draft,
        field: "body",
        name: TRACE,
        mark: TRACE,
        bytes: 5,
        now: minute(3),
        expires_at: minute(99),
    };
    uploads::insert(tx, &new).await.unwrap();
}

/// A mail about her request, and that of her sign-up, which names no person; both failed.
pub(crate) async fn mails(tx: &Tx, ticket: TicketId, message: MessageId, dana: PersonId) {
    let recipient = format!("{TRACE}@acme.example");
    for (key, ticket, message, person) in
        [("reply/1", Some(ticket), Some(message), Some(dana)), ("link/1", None, None, None)]
    {
        let new = NewOutgoing {
            key,
            kind: "reply",
            ticket,
            message,
            person,
            sender: TRACE,
            recipient: &recipient,
            subject: TRACE,
            bytes: TRACE.as_bytes(),
            ordered: TRACE,
            now: minute(4),
        };
        let id = outgoing::insert(tx, &new).await.unwrap();
        outgoing::trying(tx, id).await.unwrap();
        if person.is_some() {
            let end = End { outcome: "refused", at: minute(5), answer: &format!("550 {TRACE}"), forget_bytes: false };
            outgoing::settle(tx, id, end).await.unwrap();
        }
        let job =
            jobs::NewJob { kind: "mail", payload: "{}", unique_key: Some(key), run_at: minute(4), now: minute(4) };
        jobs::enqueue(tx, job).await.unwrap();
        let job = jobs::claim(tx, minute(4), minute(9)).await.unwrap().unwrap();
        jobs::retry(tx, &job, &format!("450 {TRACE}"), minute(20)).await.unwrap();
    }
}

async fn prv_1_erasing_leaves_counts_and_other_people_alone(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = traces(&stage.store, &tx).await;
    let theo = person(&tx, "Theo").await;
    let (theirs, _) = danas_request(&tx).await;
    let before = events::after(&tx, rules::ids::Seq(0), 99).await.unwrap();
    erasure::erase(&tx, dana, minute(50)).await.unwrap();
    assert_eq!(people::get(&tx, theo).await.unwrap().name, "Theo");
    assert_eq!(tickets::get(&tx, theirs).await.unwrap().subject, "Launches do not close");
    let erased = people::get(&tx, dana).await.unwrap();
    assert_eq!((erased.name.as_str(), erased.zone, erased.erased_at), ("", None, Some(minute(50))));
    assert_eq!(events::after(&tx, rules::ids::Seq(0), 99).await.unwrap(), before, "the journal stays");
    let memberships = organisations::memberships(&tx, dana).await.unwrap();
    assert_eq!(memberships[0].until, Some(minute(50)));
    let mail = outgoing::by_key(&tx, "link/1").await.unwrap().unwrap();
    assert_eq!((mail.bytes, mail.outcome.as_deref()), (None, Some("erased")), "mail waiting is not sent");
}
