//! Shows releases, on both engines.

use jiff::civil::date;
use rules::releases::{
    Change, Edition, Instance, Note, Product, Range, Release, Requirement, Rollout, Version, Withdrawal,
};
use store::{
    organisations,
    releases::{self, OrganisationPlace},
};

use crate::{cast::minute, stage::Stage};

both_engines!(
    bug_1_a_release_is_kept_with_all_its_parts_and_changed,
    bug_1_a_version_names_one_release_however_it_is_written,
    bug_4_roll_outs_stay_in_their_order_and_only_grow,
    bug_7_a_release_that_was_withdrawn_says_why,
    bug_4_where_an_organisation_runs_it_is_known_or_not,
);

fn v(written: &str) -> Version {
    Version::read(written).unwrap()
}

fn product() -> Product {
    Product {
        name: "TestHub".into(),
        editions: [Edition::read("team").unwrap()].into(),
        instances: [Instance::read("eu1").unwrap()].into(),
    }
}

fn whole(version: &str) -> Release {
    let range = |written: &str| Range::read(written).ok();
    Release {
        editions: product().editions,
        supported_until: Some(date(2027, 11, 30)),
        summary: "What it is *about*.".into(),
        link: Some("https://example.com/5.12.1".into()),
        notes: vec![
            Note { anchor: Some("exports".into()), ..Note::new(Change::Fixed, "Exports end\n- also large ones") },
            Note::new(Change::Security, "Links end"),
        ],
        runs_on: vec![
            Requirement { what: "PostgreSQL".into(), required: range(">= 14 < 18"), recommended: range("16.x") },
            Requirement { what: "Redis".into(), required: None, recommended: None },
        ],
        ..Release::new(v(version), date(2026, 11, 26))
    }
}

async fn bug_1_a_release_is_kept_with_all_its_parts_and_changed(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    assert_eq!(releases::revision(&tx).await.unwrap(), 0);
    let id = releases::insert(&tx, &whole("5.12.1"), minute(1)).await.unwrap();
    let bare = Release::new(v("5.13"), date(2026, 11, 27));
    releases::insert(&tx, &bare, minute(2)).await.unwrap();
    assert_eq!(releases::get(&tx, id).await.unwrap(), whole("5.12.1"));
    let catalogue = releases::catalogue(&tx, product()).await.unwrap();
    assert_eq!(catalogue.releases(), [bare.clone(), whole("5.12.1")]);
    let before = releases::revision(&tx).await.unwrap();
    let changed = Release {
        notes: (0..120).map(|n| Note::new(Change::Added, format!("News {n}"))).collect(),
        supported_until: None,
        editions: std::collections::BTreeSet::new(),
        ..whole("5.12.1")
    };
    releases::amend(&tx, id, &changed, minute(3)).await.unwrap();
    assert_eq!(releases::get(&tx, id).await.unwrap(), changed);
    assert!(releases::revision(&tx).await.unwrap() > before);
    assert_eq!(releases::versions(&tx, &[id]).await.unwrap()[&id], v("5.12.1"));
}

async fn bug_1_a_version_names_one_release_however_it_is_written(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let id = releases::insert(&tx, &Release::new(v("5.12"), date(2026, 11, 26)), minute(1)).await.unwrap();
    assert_eq!(releases::by_version(&tx, &v("v5.12.0")).await.unwrap(), Some(id));
    assert_eq!(releases::by_version(&tx, &v("5.12.1")).await.unwrap(), None);
    let again = releases::insert(&tx, &Release::new(v("5.12.0"), date(2026, 11, 27)), minute(2)).await;
    assert!(again.unwrap_err().is_conflict("release_version_key_key"));
}

async fn bug_4_roll_outs_stay_in_their_order_and_only_grow(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let eu1 = Instance::read("eu1").unwrap();
    let mut ids = vec![];
    for version in ["5.12", "5.12.1"] {
        let release = Release::new(v(version), date(2026, 11, 26));
        ids.push(releases::insert(&tx, &release, minute(1)).await.unwrap());
    }
    let before = releases::revision(&tx).await.unwrap();
    for (at, id) in [(2, ids[1]), (3, ids[0]), (4, ids[1])] {
        releases::roll_out(&tx, id, &eu1, minute(at)).await.unwrap();
    }
    assert!(releases::revision(&tx).await.unwrap() > before);
    let catalogue = releases::catalogue(&tx, product()).await.unwrap();
    let expected = [(2, "5.12.1"), (3, "5.12"), (4, "5.12.1")].map(|(at, version)| Rollout {
        instance: eu1.clone(),
        version: v(version),
        at: minute(at),
    });
    assert_eq!(catalogue.rollouts(), expected);
    assert_eq!(catalogue.runs(&eu1), Some(&v("5.12.1")));
}

async fn bug_7_a_release_that_was_withdrawn_says_why(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let id = releases::insert(&tx, &whole("5.12.1"), minute(1)).await.unwrap();
    let withdrawal = Withdrawal { on: date(2026, 11, 27), why: "It loses results.".into(), instead: Some(v("5.12")) };
    releases::withdraw(&tx, id, &withdrawal, minute(2)).await.unwrap();
    let expected = Release { withdrawn: Some(withdrawal), ..whole("5.12.1") };
    assert_eq!(releases::get(&tx, id).await.unwrap(), expected);
    releases::amend(&tx, id, &whole("5.12.1"), minute(3)).await.unwrap();
    assert_eq!(releases::get(&tx, id).await.unwrap(), expected, "it stays withdrawn");
}

async fn bug_4_where_an_organisation_runs_it_is_known_or_not(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let acme = organisations::insert(&tx, "Acme", None, minute(2)).await.unwrap();
    let other = organisations::insert(&tx, "Nordlicht", None, minute(2)).await.unwrap();
    assert_eq!(releases::place(&tx, acme).await.unwrap(), OrganisationPlace::default());
    let place = OrganisationPlace { edition: Edition::read("team").ok(), instance: Instance::read("eu1").ok() };
    releases::set_place(&tx, acme, &place).await.unwrap();
    assert_eq!(releases::place(&tx, acme).await.unwrap(), place);
    let moved = OrganisationPlace { edition: None, ..place };
    releases::set_place(&tx, acme, &moved).await.unwrap();
    let known = releases::places(&tx, &[acme, other]).await.unwrap();
    assert_eq!((known.len(), &known[&acme]), (1, &moved));
}
