//! Shows organisations, domains and members, on both engines.

use rules::access::{Reach, Role, Sharing};
use store::organisations;

use crate::{
    cast::{minute, person},
    stage::Stage,
};

both_engines!(
    vis_4_sharing_is_kept_with_the_instants_that_it_reaches_back_to,
    reg_4_a_domain_belongs_to_one_organisation,
    reg_7_who_left_may_join_again_but_nobody_is_in_twice,
);

async fn vis_4_sharing_is_kept_with_the_instants_that_it_reaches_back_to(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", Some(minute(3)), minute(2)).await.unwrap();
    assert_eq!(organisations::get(&tx, acme).await.unwrap().sharing, Sharing::default());
    for members in [None, Some(Reach::Everything), Some(Reach::FiledFrom(minute(7)))] {
        let sharing = Sharing { managers: Some(Reach::Everything), members };
        organisations::set_sharing(&tx, acme, sharing).await.unwrap();
        assert_eq!(organisations::get(&tx, acme).await.unwrap().sharing, sharing);
    }
    let kept = organisations::get(&tx, acme).await.unwrap();
    assert_eq!((kept.name.as_str(), kept.confirmed_at), ("Acme", Some(minute(3))));
    assert_eq!(organisations::names(&tx, &[acme]).await.unwrap()[&acme], "Acme");
}

async fn reg_4_a_domain_belongs_to_one_organisation(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    organisations::claim_domain(&tx, acme, "acme.example").await.unwrap();
    let asked = ["eu.acme.example".to_owned(), "acme.example".to_owned()];
    assert_eq!(organisations::domains(&tx, &asked).await.unwrap(), [("acme.example".to_owned(), acme)]);
    assert!(organisations::domains(&tx, &[]).await.unwrap().is_empty());
    let taken = organisations::claim_domain(&tx, acme, "acme.example").await.unwrap_err();
    assert!(taken.is_conflict("organisation_domain_domain_key"), "{taken}");
}

async fn reg_7_who_left_may_join_again_but_nobody_is_in_twice(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let dana = person(&tx, "Dana").await;
    organisations::join(&tx, acme, dana, Role::Member, minute(3)).await.unwrap();
    assert_eq!(organisations::leave_all(&tx, dana, minute(4)).await.unwrap(), 1);
    organisations::join(&tx, acme, dana, Role::Manager, minute(5)).await.unwrap();
    let all = organisations::memberships(&tx, dana).await.unwrap();
    let told: Vec<_> = all.iter().map(|m| (m.role, m.since, m.until, m.organisation.name.as_str())).collect();
    assert_eq!(told, [(Role::Member, minute(3), Some(minute(4)), "Acme"), (Role::Manager, minute(5), None, "Acme")]);
    let twice = organisations::join(&tx, acme, dana, Role::Contact, minute(6)).await.unwrap_err();
    assert!(twice.is_conflict("membership_person_id_organisation_id_key"), "{twice}");
}
