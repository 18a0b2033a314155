//! Shows sessions, links, attempts and proofs, on both engines.

use rules::ids::SessionId;
use store::sessions::{self, NewLink, NewSession};

use crate::{
    cast::{minute, person},
    stage::Stage,
};

both_engines!(
    reg_6_sessions_are_listed_seen_and_ended,
    reg_1_a_link_is_used_once,
    reg_2_attempts_are_counted_by_kind_and_who,
    reg_1_a_proof_is_spent_once,
    what_is_past_is_swept_out,
);

async fn reg_6_sessions_are_listed_seen_and_ended(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (dana, theo) = (person(&tx, "Dana").await, person(&tx, "Theo").await);
    let new = |token, minutes| NewSession {
        token_hash: [token; 32],
        person: dana,
        network: "192.0.2.7",
        agent: "Firefox",
        now: minute(minutes),
        expires_at: minute(60),
    };
    let first = sessions::insert(&tx, new(1, 1)).await.unwrap();
    let second = sessions::insert(&tx, new(2, 2)).await.unwrap();
    let third = sessions::insert(&tx, new(3, 3)).await.unwrap();
    sessions::seen(&tx, first, "192.0.2.8", minute(9), minute(90)).await.unwrap();
    tx.commit().await.unwrap();

    let read = stage.store.read();
    let listed: Vec<SessionId> = sessions::of(read, dana).await.unwrap().into_iter().map(|s| s.id).collect();
    assert_eq!(listed, [first, third, second]);
    let (kept, reader) = sessions::by_token(read, [1; 32]).await.unwrap().unwrap();
    assert_eq!(reader, store::people::reader(read, kept.person).await.unwrap());
    assert_eq!((kept.network.as_str(), kept.agent.as_str()), ("192.0.2.8", "Firefox"));
    assert_eq!((kept.created_at, kept.seen_at, kept.expires_at), (minute(1), minute(9), minute(90)));
    assert_eq!(sessions::by_token(read, [9; 32]).await.unwrap(), None);

    let tx = stage.store.begin().await.unwrap();
    assert!(!sessions::end(&tx, theo, third).await.unwrap(), "it is not Theo's");
    assert!(sessions::end(&tx, dana, third).await.unwrap());
    assert_eq!(sessions::end_all(&tx, dana, Some(first)).await.unwrap(), 1);
    assert_eq!(sessions::of(&tx, dana).await.unwrap().len(), 1);
    assert_eq!(sessions::end_all(&tx, dana, None).await.unwrap(), 1);
}

async fn reg_1_a_link_is_used_once(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let new = NewLink {
        purpose: "verification",
        hash: [7; 32],
        nonce: &[1, 2, 3],
        person: None,
        name: "Dana",
        written: "Dana@acme.example",
        canonical: "dana@acme.example",
        now: minute(0),
        expires_at: minute(60),
    };
    let id = sessions::insert_link(&tx, new.clone()).await.unwrap();
    let kept = sessions::link_by_hash(&tx, [7; 32]).await.unwrap().unwrap();
    assert_eq!(kept, sessions::link(&tx, id).await.unwrap());
    assert_eq!((kept.nonce.as_slice(), kept.person, kept.used_at), (&[1, 2, 3][..], None, None));
    assert!(sessions::use_link(&tx, id, minute(5)).await.unwrap());
    assert!(!sessions::use_link(&tx, id, minute(6)).await.unwrap(), "somebody was faster");
    assert_eq!(sessions::link(&tx, id).await.unwrap().used_at, Some(minute(5)));
    let again = sessions::insert_link(&tx, new).await.unwrap_err();
    assert!(again.is_conflict("link_hash_key"), "{again}");
}

async fn reg_2_attempts_are_counted_by_kind_and_who(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    for (kind, who, at) in [("sign_in", 1, 3), ("sign_in", 1, 1), ("sign_in", 2, 2), ("reset", 1, 2)] {
        sessions::note_attempt(&tx, kind, &[who], minute(at)).await.unwrap();
    }
    let counted = async |since| sessions::attempts(&tx, "sign_in", &[1], minute(since)).await.unwrap();
    assert_eq!(counted(0).await, [minute(1), minute(3)]);
    assert_eq!(counted(1).await, [minute(3)]);
}

async fn reg_1_a_proof_is_spent_once(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    assert!(sessions::spend_proof(&tx, &[4, 5], minute(9)).await.unwrap());
    assert!(!sessions::spend_proof(&tx, &[4, 5], minute(9)).await.unwrap());
}

async fn what_is_past_is_swept_out(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    sessions::spend_proof(&tx, &[1], minute(5)).await.unwrap();
    sessions::spend_proof(&tx, &[2], minute(6)).await.unwrap();
    sessions::note_attempt(&tx, "reset", &[1], minute(1)).await.unwrap();
    sessions::note_attempt(&tx, "reset", &[1], minute(3)).await.unwrap();
    assert_eq!(sessions::sweep(&tx, minute(5), minute(2)).await.unwrap(), 2);
    assert!(sessions::spend_proof(&tx, &[1], minute(9)).await.unwrap());
    assert!(!sessions::spend_proof(&tx, &[2], minute(9)).await.unwrap());
    assert_eq!(sessions::attempts(&tx, "reset", &[1], minute(0)).await.unwrap(), [minute(3)]);
}
