//! Shows versions of the policy, on both engines.

use store::policy::{self, NewVersion};

use crate::{
    cast::{minute, person},
    stage::Stage,
};

both_engines!(pol_3_versions_are_kept_whole_and_listed_by_when_they_come_into_force);

async fn pol_3_versions_are_kept_whole_and_listed_by_when_they_come_into_force(stage: Stage) {
    assert_eq!(policy::newest(stage.store.read()).await.unwrap(), None);
    let tx = stage.store.begin().await.unwrap();
    let ines = person(&tx, "Ines").await;
    let new = |source, from| NewVersion {
        source,
        compiled: r#"{"hours":8}"#,
        hash: "00ff",
        applied_by: Some(ines),
        applied_at: minute(1),
        from: minute(from),
    };
    let later = policy::insert(&tx, new("later", 20)).await.unwrap();
    let sooner = policy::insert(&tx, new("sooner", 10)).await.unwrap();
    tx.commit().await.unwrap();

    let read = stage.store.read();
    assert_eq!(policy::newest(read).await.unwrap(), Some(sooner));
    let order: Vec<_> = policy::all(read).await.unwrap().into_iter().map(|v| v.id).collect();
    assert_eq!(order, [later, sooner]);
    let kept = policy::get(read, sooner).await.unwrap();
    assert_eq!((kept.source.as_str(), kept.compiled.as_str()), ("sooner", r#"{"hours":8}"#));
    assert_eq!((kept.applied_by, kept.applied_at, kept.from), (Some(ines), minute(1), minute(10)));
}
