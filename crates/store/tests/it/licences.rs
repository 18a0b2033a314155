//! Shows licences, on both engines.

use rules::{
    entitlement::{Kind, Licence},
    keys::{DeploymentKey, PlanKey},
};
use store::{
    licences::{self, Kept, NewLicence},
    organisations,
};

use crate::{
    cast::{licence, minute},
    stage::Stage,
};

both_engines!(ent_1_a_licence_is_kept_as_given_and_changed, an_external_key_names_one_licence);

async fn ent_1_a_licence_is_kept_as_given_and_changed(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let (plan, deployment) = (PlanKey::from("hedge"), DeploymentKey::from("hosted"));
    let through = "2027-03-31".parse().ok();
    let given = NewLicence {
        external_key: Some("SUB-17"),
        edition: "Team",
        deployment: Some(&deployment),
        plan: Some(&plan),
        seats: Some(40),
        through,
        ..licence(acme)
    };
    let id = licences::insert(&tx, given).await.unwrap();
    let bare = licences::insert(&tx, licence(acme)).await.unwrap();
    let expected = Kept {
        organisation: acme,
        external_key: Some("SUB-17".to_owned()),
        product: "Relay".to_owned(),
        edition: "Team".to_owned(),
        seats: Some(40),
        rule: Licence { id, kind: Kind::Paid, deployment: Some(deployment), plan: Some(plan), through },
    };
    assert_eq!(licences::get(&tx, id).await.unwrap(), expected);
    assert_eq!(licences::by_external_key(&tx, "SUB-17").await.unwrap(), Some(expected.clone()));
    assert_eq!(licences::by_external_key(&tx, "SUB-18").await.unwrap(), None);
    licences::change(&tx, id, NewLicence { kind: Kind::Trial, now: minute(3), ..licence(acme) }).await.unwrap();
    let of_acme = licences::of_organisation(&tx, acme).await.unwrap();
    assert_eq!(of_acme.iter().map(|kept| kept.rule.id).collect::<Vec<_>>(), [id, bare]);
    let changed = Licence { id, kind: Kind::Trial, deployment: None, plan: None, through: None };
    assert_eq!(of_acme[0].rule, changed);
    assert_eq!(of_acme[0].external_key.as_deref(), Some("SUB-17"), "how the vendor calls it stays");
    let other = organisations::insert(&tx, "Nordlicht", None, minute(2)).await.unwrap();
    assert_eq!(licences::of_organisation(&tx, other).await.unwrap(), []);
}

async fn an_external_key_names_one_licence(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let named = NewLicence { external_key: Some("SUB-17"), ..licence(acme) };
    licences::insert(&tx, named).await.unwrap();
    let twice = licences::insert(&tx, named).await.unwrap_err();
    assert!(twice.is_conflict("licence_external_key_key"), "{twice}");
}
