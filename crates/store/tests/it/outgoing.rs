//! Shows mail on its way out, on both engines.

use rules::ids::OutgoingId;
use store::outgoing::{self, End, NewOutgoing};

use crate::{
    cast::{danas_request, minute},
    stage::Stage,
};

both_engines!(a_mail_is_kept_before_it_is_sent_and_its_end_once, the_newest_mails_come_first);

fn new<'a>(key: &'a str) -> NewOutgoing<'a> {
    NewOutgoing {
        key,
        kind: "reply",
        ticket: None,
        message: None,
        person: None,
        sender: "help@firstline.example",
        recipient: "dana@acme.example",
        subject: "Re: Launches",
        bytes: &[0, 255, 10],
        ordered: "{}",
        now: minute(1),
    }
}

async fn a_mail_is_kept_before_it_is_sent_and_its_end_once(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (ticket, dana) = danas_request(&tx).await;
    let id = outgoing::insert(&tx, &NewOutgoing { ticket: Some(ticket), person: Some(dana), ..new("reply/1/1") })
        .await
        .unwrap();
    outgoing::trying(&tx, id).await.unwrap();
    outgoing::trying(&tx, id).await.unwrap();
    let kept = outgoing::by_key(&tx, "reply/1/1").await.unwrap().unwrap();
    assert_eq!((kept.id, kept.tries, kept.bytes.as_deref()), (id, 2, Some(&[0, 255, 10][..])));
    assert_eq!((kept.ticket, kept.message, kept.person), (Some(ticket), None, Some(dana)));
    assert_eq!(kept.outcome, None);
    let end = |outcome| End { outcome, at: minute(2), answer: "250 ok", forget_bytes: true };
    outgoing::settle(&tx, id, end("sent")).await.unwrap();
    outgoing::settle(&tx, id, end("refused")).await.unwrap();
    let kept = outgoing::get(&tx, id).await.unwrap();
    assert_eq!((kept.outcome.as_deref(), kept.outcome_at), (Some("sent"), Some(minute(2))));
    assert_eq!((kept.answer.as_deref(), kept.bytes), (Some("250 ok"), None));
    assert!(outgoing::by_key(&tx, "reply/1/2").await.unwrap().is_none());
    let again = outgoing::insert(&tx, &new("reply/1/1")).await.unwrap_err();
    assert!(again.is_conflict("outgoing_key_key"), "{again}");
}

async fn the_newest_mails_come_first(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(outgoing::insert(&tx, &new(&format!("receipt/{n}"))).await.unwrap());
    }
    let page = async |before| -> Vec<OutgoingId> {
        outgoing::newest(&tx, before, 2).await.unwrap().into_iter().map(|m| m.id).collect()
    };
    assert_eq!(page(None).await, [ids[4], ids[3]]);
    assert_eq!(page(Some(ids[3])).await, [ids[2], ids[1]]);
    assert_eq!(page(Some(ids[1])).await, [ids[0]]);
}
