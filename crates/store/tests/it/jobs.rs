//! Shows work that runs by itself, on both engines.

use store::{
    Tx,
    jobs::{self, Job, NewJob},
};

use crate::{cast::minute, stage::Stage};

both_engines!(
    a_job_is_claimed_when_it_is_due_and_again_when_its_lease_ends,
    who_lost_the_lease_puts_nothing_back,
    a_failed_job_waits_and_a_hopeless_one_is_parked_where_staff_see_it,
    a_key_stands_for_one_job_at_a_time,
    two_nodes_never_claim_the_same_job,
);

async fn enqueue(tx: &Tx, key: Option<&str>, run_at: i64) {
    let new = NewJob { kind: "mail", payload: r#"{"to":1}"#, unique_key: key, run_at: minute(run_at), now: minute(0) };
    jobs::enqueue(tx, new).await.unwrap();
}

async fn claim(tx: &Tx, now: i64) -> Option<Job> {
    jobs::claim(tx, minute(now), minute(now + 5)).await.unwrap()
}

async fn a_job_is_claimed_when_it_is_due_and_again_when_its_lease_ends(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    enqueue(&tx, None, 10).await;
    assert_eq!(jobs::next_due(&tx).await.unwrap(), Some(minute(10)));
    assert!(claim(&tx, 9).await.is_none());
    let first = claim(&tx, 10).await.unwrap();
    assert_eq!((first.kind.as_str(), first.payload.as_str(), first.attempts), ("mail", r#"{"to":1}"#, 1));
    assert!(claim(&tx, 14).await.is_none(), "another has it until 15");
    let second = claim(&tx, 15).await.unwrap();
    assert_eq!((second.id, second.attempts), (first.id, 2));
    jobs::finish(&tx, second.id).await.unwrap();
    assert_eq!(jobs::next_due(&tx).await.unwrap(), None);
}

async fn who_lost_the_lease_puts_nothing_back(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    enqueue(&tx, None, 0).await;
    let slow = claim(&tx, 0).await.unwrap();
    let quick = claim(&tx, 5).await.unwrap();
    assert!(!jobs::retry(&tx, &slow, "too slow", minute(6)).await.unwrap());
    assert!(!jobs::park(&tx, &slow, "too slow", minute(6)).await.unwrap());
    assert!(claim(&tx, 6).await.is_none(), "the second still has it");
    assert!(jobs::retry(&tx, &quick, "refused", minute(7)).await.unwrap());
}

async fn a_failed_job_waits_and_a_hopeless_one_is_parked_where_staff_see_it(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    enqueue(&tx, None, 0).await;
    let job = claim(&tx, 0).await.unwrap();
    assert!(jobs::retry(&tx, &job, "421 busy", minute(3)).await.unwrap());
    assert!(claim(&tx, 2).await.is_none());
    let job = claim(&tx, 3).await.unwrap();
    assert_eq!(job.fault.as_deref(), Some("421 busy"));
    assert!(jobs::park(&tx, &job, "550 no", minute(4)).await.unwrap());
    assert!(claim(&tx, 99).await.is_none());
    let parked = jobs::parked(&tx, 10).await.unwrap();
    assert_eq!((parked[0].id, parked[0].fault.as_deref()), (job.id, Some("550 no")));
    assert!(jobs::unpark(&tx, job.id, minute(5)).await.unwrap());
    assert!(!jobs::unpark(&tx, job.id, minute(5)).await.unwrap());
    assert_eq!(claim(&tx, 5).await.unwrap().attempts, 1);
}

async fn a_key_stands_for_one_job_at_a_time(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    enqueue(&tx, Some("receipt/1"), 0).await;
    enqueue(&tx, Some("receipt/1"), 0).await;
    let job = claim(&tx, 0).await.unwrap();
    assert!(claim(&tx, 0).await.is_none());
    jobs::finish(&tx, job.id).await.unwrap();
    enqueue(&tx, Some("receipt/1"), 0).await;
    assert!(claim(&tx, 0).await.is_some());
}

async fn two_nodes_never_claim_the_same_job(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    for _ in 0..40 {
        enqueue(&tx, None, 0).await;
    }
    tx.commit().await.unwrap();
    let workers = (0..4).map(|_| {
        let store = stage.store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let tx = store.begin().await.unwrap();
                let Some(job) = claim(&tx, 0).await else { return mine };
                tx.commit().await.unwrap();
                mine.push(job.id);
            }
        })
    });
    let mut claimed = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        claimed.extend(worker.await.unwrap());
    }
    claimed.sort();
    claimed.dedup();
    assert_eq!(claimed.len(), 40);
}
