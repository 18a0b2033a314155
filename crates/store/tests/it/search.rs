//! The search index: it follows the journal, finds what its reader may find, makes itself anew, and forgets what is erased.

use std::{fs, path::Path, sync::Arc};

use rules::{
    access::{Colleagues, Scope, Staff},
    events::{Audience, Author, By, Channel, Event, Hand, NewEntry, PersonEvent, Posted, Secrecy, TicketEvent},
    ids::{MessageId, PersonId, PolicyVersionId, TicketId},
    instant::Instant,
    keys::DetailKey,
    search::{Passage, PassageOf, Typed},
};
use store::{
    Store, Tx, erasure, events,
    messages::{self, NewMessage},
    search::{Breadth, Followed, Hit, Policy, Standing, Texts, Wanted, WantedOf, peek},
    tickets,
};

use crate::{
    cast::{Filing, file_about, minute, person, terms},
    stage::Stage,
};

both_engines!(
    req_7_words_are_found_in_other_forms_while_typed_and_misspelt,
    req_7_a_word_of_almost_all_requests_is_none_of_the_half_that_suffices,
    req_7_notes_are_found_by_staff_and_what_is_held_by_no_customer,
    req_7_the_journal_is_followed_from_where_the_index_was_left,
    req_7_an_index_that_is_broken_or_ahead_is_made_anew,
    req_7_passages_are_those_of_the_version_in_force,
    req_7_every_node_has_an_index_that_misses_nothing,
    prv_1_what_was_erased_is_gone_from_the_index_and_its_files,
);

pub(crate) fn no_policy() -> Policy {
    policy(1, vec![])
}

fn policy(version: i64, passages: Vec<Passage>) -> Policy {
    Policy { version: PolicyVersionId(version), passages: Arc::new(passages), scope: vec!["framework".into()] }
}

/// Takes steps until there is nothing new.
pub(crate) async fn follow(store: &Store, now: Instant) {
    while store.search().follow(store, &no_policy(), now).await.unwrap() == Followed::More {}
}

pub(crate) fn wanted(text: &str, scope: &Scope, within: Texts) -> Wanted {
    let of = WantedOf::Requests { scope: Box::new(scope.clone()), within, asked: Box::default() };
    Wanted { typed: Typed::read(text), of, breadth: Breadth::All, offset: 0, limit: 1000 }
}

async fn found(store: &Store, text: &str, scope: &Scope, within: Texts) -> Vec<TicketId> {
    let found = store.search().find(wanted(text, scope, within)).await.unwrap();
    found.hits.into_iter().filter_map(|hit| if let Hit::Ticket(id) = hit { Some(id) } else { None }).collect()
}

fn customer(person: PersonId) -> Scope {
    Scope { person, colleagues: vec![], former: vec![], staff: Staff::None, withheld: vec![] }
}

fn staff() -> Scope {
    Scope { staff: Staff::Confidential, ..customer(PersonId(0)) }
}

async fn filed(tx: &Tx, requester: PersonId, subject: &str) -> TicketId {
    let terms = terms(tx).await;
    let filing =
        Filing { requester, organisation: None, reseller: None, secrecy: Secrecy::Open, filed_at: minute(1), terms };
    let id = file_about(tx, filing, subject).await;
    note(tx, Event::Ticket(id, TicketEvent::DetailsGiven { details: vec![], message: None })).await;
    id
}

async fn note(tx: &Tx, event: Event) {
    let entry =
        NewEntry { event, by: By::rule(), occurred_at: minute(1), recorded_at: minute(1), cause: None, depth: 0 };
    events::append(tx, &entry).await.unwrap();
}

async fn says(
    tx: &Tx,
    ticket: TicketId,
    (author, audience): (Author, Audience),
    (body, at): (&str, Instant),
) -> MessageId {
    let new = NewMessage {
        ticket,
        author,
        audience,
        human: true,
        assisted: false,
        channel: Channel::Portal,
        body,
        posted_at: minute(2),
        send_at: at,
        bulk: None,
    };
    let message = messages::insert(tx, &new).await.unwrap();
    let posted = Posted {
        message,
        author,
        audience,
        hand: Hand::Written,
        channel: Channel::Portal,
        substance: true,
        missing: vec![],
        bulk: None,
    };
    note(tx, Event::Ticket(ticket, TicketEvent::Posted(posted))).await;
    message
}

async fn req_7_words_are_found_in_other_forms_while_typed_and_misspelt(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let slow = filed(&tx, dana, "Launches are closing slowly since 5.12.1").await;
    tickets::set_details(&tx, slow, &[(DetailKey::new("steps"), "ERR_4711 у запуска; Störungen".into())])
        .await
        .unwrap();
    let other = filed(&tx, dana, "Sign-in fails").await;
    tx.commit().await.unwrap();
    follow(&stage.store, minute(9)).await;
    let finds = async |text: &str| found(&stage.store, text, &customer(dana), Texts::Public).await;
    for text in
        ["launch", "launches close", "5.12.1", "5.12", "err_4711", "4711 ", "clos", "lunches ", "запуски", "storung"]
    {
        assert_eq!(finds(text).await, [slow], "{text}");
    }
    for text in ["sign in", "signin fials", "sign-in"] {
        assert_eq!(finds(text).await, [other], "{text}");
    }
    assert_eq!(finds("launch fails").await, [], "all words have to be there");
    let half = Wanted { breadth: Breadth::Half, ..wanted("launch fails", &customer(dana), Texts::Public) };
    assert_eq!(stage.store.search().find(half).await.unwrap().hits.len(), 2, "half of them suffice");
    assert_eq!(finds("\" OR * ' ~ ( :").await, []);
    assert_eq!(finds("").await, []);
}

async fn req_7_a_word_of_almost_all_requests_is_none_of_the_half_that_suffices(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let export = filed(&tx, dana, "Export of a launch").await;
    for at in 0..60 {
        filed(&tx, dana, &format!("Number {at} as a matter of course")).await;
    }
    tx.commit().await.unwrap();
    follow(&stage.store, minute(9)).await;
    let half = |text: &str| Wanted { breadth: Breadth::Half, ..wanted(text, &customer(dana), Texts::Public) };
    let hits = async |text: &str| stage.store.search().find(half(text)).await.unwrap().hits;
    assert_eq!(hits("Export as a spreadsheet").await, [Hit::Ticket(export)]);
    assert!(!hits("as a").await.is_empty(), "there is no other word");
}

async fn req_7_notes_are_found_by_staff_and_what_is_held_by_no_customer(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (dana, ines) = (person(&tx, "Dana").await, person(&tx, "Ines").await);
    let ticket = filed(&tx, dana, "A question").await;
    says(&tx, ticket, (Author::Staff(ines), Audience::Internal), ("gardenia is the reason", minute(2))).await;
    says(&tx, ticket, (Author::Staff(ines), Audience::Public), ("please water the hydrangea", minute(5))).await;
    let back = says(&tx, ticket, (Author::Staff(ines), Audience::Public), ("no, the rhododendron", minute(5))).await;
    tx.commit().await.unwrap();
    follow(&stage.store, minute(3)).await;
    let customers = async |text: &str| found(&stage.store, text, &customer(dana), Texts::Public).await;
    let agents = async |text: &str| found(&stage.store, text, &staff(), Texts::All).await;
    for word in ["gardenia", "hydrangea", "rhododendron"] {
        assert_eq!((customers(word).await, agents(word).await), (vec![], vec![ticket]), "{word}");
    }
    assert_eq!(found(&stage.store, "gardenia", &staff(), Texts::Public).await, []);
    // Closed and opened again within the hold, it still knows that something is held.
    stage.store.search().close().await;
    follow(&stage.store, minute(3)).await;
    let tx = stage.store.begin().await.unwrap();
    assert!(messages::take_back(&tx, back, minute(4)).await.unwrap());
    note(&tx, Event::Ticket(ticket, TicketEvent::TakenBack { message: back })).await;
    tx.commit().await.unwrap();
    follow(&stage.store, minute(4)).await;
    assert_eq!((customers("hydrangea").await, agents("rhododendron").await), (vec![], vec![]));
    follow(&stage.store, minute(5)).await;
    assert_eq!((customers("hydrangea").await, customers("gardenia").await), (vec![ticket], vec![]));
}

async fn req_7_the_journal_is_followed_from_where_the_index_was_left(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let first = filed(&tx, dana, "The first lantern").await;
    tx.commit().await.unwrap();
    assert_eq!(stage.store.search().standing(), (Standing::Absent, None));
    assert_eq!(found(&stage.store, "lantern", &staff(), Texts::Public).await, [], "there is no index yet");
    follow(&stage.store, minute(9)).await;
    let (standing, mark) = stage.store.search().standing();
    assert_eq!((standing, mark.unwrap().seq), (Standing::Ready, events::last(stage.store.read()).await.unwrap()));
    assert_eq!(peek(stage.place.folder()), mark, "it says so from outside too");
    stage.store.search().close().await;
    let tx = stage.store.begin().await.unwrap();
    let second = filed(&tx, dana, "The second lantern").await;
    tx.commit().await.unwrap();
    follow(&stage.store, minute(9)).await;
    let mut all = found(&stage.store, "lantern", &staff(), Texts::Public).await;
    all.sort();
    assert_eq!(all, [first, second]);
    assert_eq!(found(&stage.store, "second", &staff(), Texts::Public).await, [second]);
}

async fn req_7_an_index_that_is_broken_or_ahead_is_made_anew(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let ticket = filed(&tx, dana, "The lantern").await;
    tx.commit().await.unwrap();
    let search = stage.place.folder().join("search");
    let meta = search.join("meta.json");
    for spoil in ["torn", "ahead", "another", "missing"] {
        follow(&stage.store, minute(9)).await;
        assert_eq!(found(&stage.store, "lantern", &staff(), Texts::Public).await, [ticket], "before {spoil}");
        stage.store.search().close().await;
        let text = fs::read_to_string(&meta).unwrap();
        let seq = peek(stage.place.folder()).unwrap().seq;
        let spoilt = match spoil {
            "torn" => text[..text.len() / 2].to_owned(),
            "ahead" => text.replace(&format!("\\\"seq\\\":{seq}"), &format!("\\\"seq\\\":{}", seq.0 + 900)),
            "another" => text.replace("\\\"recorded_at\\\":1", "\\\"recorded_at\\\":2"),
            _ => String::new(),
        };
        assert_ne!(spoilt, text, "{spoil}");
        match spoil {
            "missing" => fs::remove_dir_all(&search).unwrap(),
            _ => fs::write(&meta, spoilt).unwrap(),
        }
    }
    follow(&stage.store, minute(9)).await;
    assert_eq!(found(&stage.store, "lantern", &staff(), Texts::Public).await, [ticket]);
    stage.store.search().begin_anew(stage.store.read()).await.unwrap();
    assert_eq!(found(&stage.store, "lantern", &staff(), Texts::Public).await, [], "it is being made");
    follow(&stage.store, minute(9)).await;
    assert_eq!(found(&stage.store, "lantern", &staff(), Texts::Public).await, [ticket]);
}

async fn req_7_passages_are_those_of_the_version_in_force(stage: Stage) {
    let of = |text: &str| Passage {
        of: PassageOf::Scope("framework".into()),
        name: "The framework".into(),
        text: text.into(),
    };
    let find = async |text: &str| {
        let wanted =
            Wanted { typed: Typed::read(text), of: WantedOf::Passages, breadth: Breadth::All, offset: 0, limit: 9 };
        stage.store.search().find(wanted).await.unwrap()
    };
    for (version, said) in [(1, "the community helps"), (2, "the forum helps")] {
        let policy = policy(version, vec![of(said)]);
        while stage.store.search().follow(&stage.store, &policy, minute(9)).await.unwrap() == Followed::More {}
        let found = find("help").await;
        assert_eq!((found.hits, found.policy), (vec![Hit::Passage(13)], Some(PolicyVersionId(version))));
    }
    assert_eq!(find("community").await.hits, []);
    assert_eq!(find("forum").await.hits, [Hit::Passage(13)]);
}

async fn req_7_every_node_has_an_index_that_misses_nothing(stage: Stage) {
    let other = match &stage.place {
        store::Place::Postgres { url, .. } => {
            let folder = stage.place.folder().join("node");
            Store::open(&store::Place::Postgres { url: url.clone(), folder }).await.unwrap()
        }
        store::Place::Folder(_) => stage.store.clone(),
    };
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    tx.commit().await.unwrap();
    let write = async |store: &Store| {
        for _ in 0..20 {
            let tx = store.begin().await.unwrap();
            filed(&tx, dana, "A lantern").await;
            tx.commit().await.unwrap();
            follow(store, minute(9)).await;
        }
    };
    tokio::join!(write(&stage.store), write(&other));
    for store in [&stage.store, &other] {
        follow(store, minute(9)).await;
        assert_eq!(found(store, "lantern", &customer(dana), Texts::Public).await.len(), 40);
    }
    other.search().close().await;
}

async fn prv_1_what_was_erased_is_gone_from_the_index_and_its_files(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (dana, omar) = (person(&tx, "Dana").await, person(&tx, "Omar").await);
    let hers = filed(&tx, dana, "quetzalcoatl appears").await;
    let his = filed(&tx, omar, "axolotl appears").await;
    says(&tx, his, (Author::Customer(dana), Audience::Public), ("my xoloitzcuintli too", minute(2))).await;
    tx.commit().await.unwrap();
    follow(&stage.store, minute(9)).await;
    let words = ["quetzalcoatl", "xoloitzcuintli", "axolotl"];
    let finds = async |text: &str| found(&stage.store, text, &staff(), Texts::Public).await;
    assert_eq!((finds(words[0]).await, finds(words[1]).await), (vec![hers], vec![his]));
    let known = |store: &Store| words.map(|word| store.search().knows(word).unwrap());
    assert_eq!(known(&stage.store), [true, true, true]);
    let before = files(&stage.place.folder().join("search"));
    let tx = stage.store.begin().await.unwrap();
    erasure::erase(&tx, dana, minute(9)).await.unwrap();
    note(&tx, Event::Person(PersonEvent::Erased { person: dana })).await;
    tx.commit().await.unwrap();
    follow(&stage.store, minute(9)).await;
    assert_eq!((finds(words[0]).await, finds(words[1]).await, finds(words[2]).await), (vec![], vec![], vec![his]));
    assert_eq!(known(&stage.store), [false, false, true], "the dictionaries do not know the words any more");
    let after = files(&stage.place.folder().join("search"));
    let stayed: Vec<&String> = before.iter().filter(|name| name.ends_with(".term") && after.contains(name)).collect();
    assert!(stayed.is_empty(), "files from before are still there: {stayed:?}");
    assert_eq!(peek(stage.place.folder()).map(|mark| mark.purge), Some(false));
}

fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// What a colleague shares is found from the filing on that the scope names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn vis_4_what_was_filed_before_is_not_found() {
    let stage = Stage::sqlite().await;
    let tx = stage.store.begin().await.unwrap();
    let (dana, omar) = (person(&tx, "Dana").await, person(&tx, "Omar").await);
    let acme = store::organisations::insert(&tx, "Acme", Some(minute(0)), minute(0)).await.unwrap();
    let terms = terms(&tx).await;
    for at in [1, 5] {
        let filing = Filing {
            requester: dana,
            organisation: Some(acme),
            reseller: None,
            secrecy: Secrecy::Open,
            filed_at: minute(at),
            terms,
        };
        file_about(&tx, filing, "A lantern").await;
    }
    tx.commit().await.unwrap();
    follow(&stage.store, minute(9)).await;
    for (from, count) in [(None, 2), (Some(minute(5)), 1), (Some(minute(6)), 0)] {
        let scope = Scope {
            colleagues: vec![Colleagues { organisation: acme, filed_from: from, filed_by: None }],
            ..customer(omar)
        };
        assert_eq!(found(&stage.store, "lantern", &scope, Texts::Public).await.len(), count, "{from:?}");
    }
}
