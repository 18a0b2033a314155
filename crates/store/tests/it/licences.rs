//! Shows licences, on both engines.

use rules::{
    access::Role,
    entitlement::{Kind, Licence, Terms},
    keys::{DeploymentKey, PlanKey},
};
use store::{
    licences::{self, Kept, Said, Version},
    organisations, people, tickets,
};

use crate::{
    cast::{danas_request, licence, minute, person, said},
    stage::Stage,
};

both_engines!(
    ent_1_a_licence_is_kept_as_given_and_changed,
    ent_1_what_a_licence_said_before_is_kept_with_who_said_it,
    an_external_key_names_one_licence,
    pln_5_those_who_are_named_are_listed,
    where_requests_run_is_read_for_a_list,
);

fn hosted() -> Terms {
    Terms {
        external_key: Some("SUB-17".to_owned()),
        edition: "Team".to_owned(),
        deployment: Some(DeploymentKey::from("hosted")),
        plan: Some(PlanKey::from("hedge")),
        seats: Some(40),
        through: "2027-03-31".parse().ok(),
        ..licence()
    }
}

async fn ent_1_a_licence_is_kept_as_given_and_changed(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    assert!(!licences::are_kept(&tx).await.unwrap());
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let id = licences::insert(&tx, acme, &hosted(), said()).await.unwrap();
    let bare = licences::insert(&tx, acme, &licence(), said()).await.unwrap();
    assert!(licences::are_kept(&tx).await.unwrap());
    let expected = Kept { id, organisation: acme, terms: hosted() };
    assert_eq!(licences::get(&tx, id).await.unwrap(), expected);
    assert_eq!(licences::by_external_key(&tx, "SUB-17").await.unwrap(), Some(expected.clone()));
    assert_eq!(licences::by_external_key(&tx, "SUB-18").await.unwrap(), None);
    let changed = Terms { kind: Kind::Trial, ..licence() };
    licences::change(&tx, id, &changed, Said { by: None, token: None, now: minute(3) }).await.unwrap();
    let of_acme = licences::of_organisation(&tx, acme).await.unwrap();
    assert_eq!(of_acme.iter().map(|kept| kept.id).collect::<Vec<_>>(), [id, bare]);
    let rule =
        Licence { id, kind: Kind::Trial, product: "Relay".to_owned(), deployment: None, plan: None, through: None };
    assert_eq!(of_acme[0].rule(), rule);
    let other = organisations::insert(&tx, "Nordlicht", None, minute(2)).await.unwrap();
    assert_eq!(licences::of_organisation(&tx, other).await.unwrap(), []);
    licences::insert(&tx, other, &licence(), said()).await.unwrap();
    let of_both = licences::of_organisations(&tx, &[acme, other, acme]).await.unwrap();
    assert_eq!(of_both.len(), 3, "{of_both:?}");
}

async fn ent_1_what_a_licence_said_before_is_kept_with_who_said_it(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let ines = person(&tx, "Ines").await;
    let id = licences::insert(&tx, acme, &hosted(), said()).await.unwrap();
    let trial = Terms { kind: Kind::Trial, ..hosted() };
    licences::change(&tx, id, &trial, Said { by: Some(ines), token: None, now: minute(3) }).await.unwrap();
    let versions = licences::versions(&tx, id, 10).await.unwrap();
    let expected = [
        Version { at: minute(3), by: Some(ines), token: None, terms: trial },
        Version { at: minute(0), by: None, token: None, terms: hosted() },
    ];
    assert_eq!(versions, expected);
    assert_eq!(licences::versions(&tx, id, 1).await.unwrap().len(), 1);
}

async fn an_external_key_names_one_licence(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    licences::insert(&tx, acme, &hosted(), said()).await.unwrap();
    let twice = licences::insert(&tx, acme, &hosted(), said()).await.unwrap_err();
    assert!(twice.is_conflict("licence_external_key_key"), "{twice}");
}

async fn pln_5_those_who_are_named_are_listed(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let roles = [("Dana", Role::Manager), ("Ravi", Role::Contact), ("Lea", Role::Member), ("Omar", Role::Contact)];
    let mut people = Vec::new();
    for (name, role) in roles {
        let id = person(&tx, name).await;
        organisations::join(&tx, acme, id, role, minute(2)).await.unwrap();
        people.push(id);
    }
    organisations::leave(&tx, acme, people[3], minute(3)).await.unwrap();
    let named = licences::named(&tx, acme).await.unwrap();
    let name = |id| people::names(&tx, std::slice::from_ref(id));
    let dana = name(&people[0]).await.unwrap()[&people[0]].clone();
    let ravi = name(&people[1]).await.unwrap()[&people[1]].clone();
    assert_eq!(named, [(people[0], dana, Role::Manager), (people[1], ravi, Role::Contact)]);
}

async fn where_requests_run_is_read_for_a_list(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (ticket, _) = danas_request(&tx).await;
    let details = [("deployment".into(), "hosted".to_owned()), ("steps".into(), "One".to_owned())];
    tickets::set_details(&tx, ticket, &details).await.unwrap();
    let found = licences::details_of(&tx, &[ticket], &["deployment".into()]).await.unwrap();
    assert_eq!(found[&ticket], [("deployment".into(), "hosted".to_owned())]);
    assert!(licences::details_of(&tx, &[ticket], &[]).await.unwrap().is_empty());
}
