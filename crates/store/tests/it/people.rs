//! Shows people, addresses, passwords and grants, on both engines.

use rules::access::Grant;
use store::{
    Error,
    people::{self, Address},
};

use crate::{
    cast::{minute, person},
    stage::Stage,
};

both_engines!(
    a_person_is_kept_with_zone_addresses_and_password,
    reg_4_an_address_belongs_to_one_person,
    staff_are_found_by_their_grant,
    text_that_an_engine_cannot_hold_is_kept_readable,
);

async fn a_person_is_kept_with_zone_addresses_and_password(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana Zażółć").await;
    people::set_zone(&tx, dana, "Europe/Warsaw").await.unwrap();
    let address = |written: &str, at| Address {
        person: dana,
        written: written.into(),
        canonical: written.to_lowercase(),
        verified_at: minute(at),
    };
    let (first, second) = (address("Dana@acme.example", 1), address("dana@acme.test", 2));
    people::insert_address(&tx, &first).await.unwrap();
    people::insert_address(&tx, &second).await.unwrap();
    people::set_password(&tx, dana, "hash one", minute(1)).await.unwrap();
    people::set_password(&tx, dana, "hash two", minute(2)).await.unwrap();
    tx.commit().await.unwrap();

    let read = stage.store.read();
    let kept = people::get(read, dana).await.unwrap();
    assert_eq!((kept.name.as_str(), kept.zone.as_deref()), ("Dana Zażółć", Some("Europe/Warsaw")));
    assert_eq!((kept.created_at, kept.erased_at), (minute(0), None));
    assert_eq!(people::addresses(read, dana).await.unwrap(), [first, second]);
    assert_eq!(people::by_address(read, "dana@acme.example").await.unwrap(), Some(dana));
    assert_eq!(people::by_address(read, "nobody@acme.example").await.unwrap(), None);
    assert_eq!(people::password(read, dana).await.unwrap().as_deref(), Some("hash two"));
    assert!(matches!(people::get(read, rules::ids::PersonId(9999)).await, Err(Error::NotFound)));
    assert_eq!(people::names(read, &[dana, dana]).await.unwrap()[&dana], "Dana Zażółć");
    assert!(people::names(read, &[]).await.unwrap().is_empty());
}

async fn reg_4_an_address_belongs_to_one_person(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (dana, theo) = (person(&tx, "Dana").await, person(&tx, "Theo").await);
    let address = |person| Address {
        person,
        written: "dana@acme.example".into(),
        canonical: "dana@acme.example".into(),
        verified_at: minute(0),
    };
    people::insert_address(&tx, &address(dana)).await.unwrap();
    let taken = people::insert_address(&tx, &address(theo)).await.unwrap_err();
    assert!(taken.is_conflict("address_canonical_key"), "{taken}");
}

async fn staff_are_found_by_their_grant(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (theo, ines) = (person(&tx, "Theo").await, person(&tx, "Ines").await);
    people::set_grants(&tx, theo, &[Grant::Lead, Grant::Agent], minute(0)).await.unwrap();
    people::set_grants(&tx, ines, &[Grant::Security], minute(0)).await.unwrap();
    people::set_grants(&tx, ines, &[Grant::Agent], minute(1)).await.unwrap();
    tx.commit().await.unwrap();

    let read = stage.store.read();
    assert_eq!(people::grants(read, theo).await.unwrap(), [Grant::Agent, Grant::Lead]);
    let mut reader = people::reader(read, theo).await.unwrap();
    reader.grants.sort_unstable();
    assert_eq!((reader.name.as_str(), reader.drafts), ("Theo", 0));
    assert_eq!(reader.grants, [Grant::Agent, Grant::Lead]);
    let agents: Vec<_> =
        people::with_any_grant(read, &[Grant::Agent]).await.unwrap().into_iter().map(|p| p.name).collect();
    assert_eq!(agents, ["Ines", "Theo"]);
    assert!(people::with_any_grant(read, &[Grant::Security]).await.unwrap().is_empty());
}

async fn text_that_an_engine_cannot_hold_is_kept_readable(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let id = person(&tx, "Da\0na").await;
    assert_eq!(people::get(&tx, id).await.unwrap().name, "Da\u{fffd}na");
}
