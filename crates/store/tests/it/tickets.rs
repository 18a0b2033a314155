//! Shows requests, details and participants, on both engines.

use rules::{
    events::{Audience, Author, Channel, Secrecy, State, Via},
    ids::TicketId,
    keys::{DetailKey, PriorityKey, TickKey},
    tickets::{Bucket, QueuePlace, Turn, Whose},
};
use store::{
    Error,
    messages::{self, Delivery, NewMessage, Outcome},
    tickets,
};

use crate::{
    cast::{danas_request, minute, person},
    stage::Stage,
};

both_engines!(
    a_request_is_kept_as_it_was_filed_and_as_it_changes,
    details_keep_the_forms_order_and_ticks_are_counted_once,
    access_learns_requester_organisation_secrecy_and_participants,
    messages_are_kept_in_order_and_taken_back_within_their_hold,
    frt_3_a_delivery_is_written_down_once_and_what_is_unseen_is_known,
);

async fn a_request_is_kept_as_it_was_filed_and_as_it_changes(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (id, dana) = danas_request(&tx).await;
    let ines = person(&tx, "Ines").await;
    let filed = tickets::get(&tx, id).await.unwrap();
    assert_eq!((filed.subject.as_str(), filed.requester), ("Launches do not close", dana));
    assert_eq!((filed.wish.as_str(), filed.priority.as_str(), filed.priority_decided), ("high", "medium", false));
    assert_eq!((filed.state, filed.channel, filed.secrecy), (State::New, Channel::Portal, Secrecy::Open));
    assert_eq!((filed.queue, filed.assignee, filed.plan), (None, None, None));
    assert_eq!(filed.turn, Turn { whose: Whose::Ours, since: minute(1) });

    tickets::set_state(&tx, id, State::WaitingForCustomer, minute(2)).await.unwrap();
    tickets::set_assignee(&tx, id, Some(ines)).await.unwrap();
    tickets::set_wish(&tx, id, &PriorityKey::new("urgent")).await.unwrap();
    tickets::decide_priority(&tx, id, &PriorityKey::new("low")).await.unwrap();
    let turn = Turn { whose: Whose::Theirs, since: minute(3) };
    let place = Some(QueuePlace { bucket: Bucket::Ours, at: minute(4) });
    tickets::set_read_off(&tx, id, tickets::ReadOff { turn, queue: place, next_word_at: None }, minute(5))
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let now = tickets::get(stage.store.read(), id).await.unwrap();
    assert_eq!((now.state, now.state_since), (State::WaitingForCustomer, minute(2)));
    assert_eq!((now.assignee, now.turn, now.queue, now.updated_at), (Some(ines), turn, place, minute(5)));
    assert_eq!((now.wish.as_str(), now.priority.as_str(), now.priority_decided), ("urgent", "low", true));
    assert!(matches!(tickets::get(stage.store.read(), TicketId(99_999)).await, Err(Error::NotFound)));
}

async fn details_keep_the_forms_order_and_ticks_are_counted_once(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (id, _) = danas_request(&tx).await;
    let detail = |key: &str, value: &str| (DetailKey::new(key), value.to_owned());
    let form = [detail("steps", "Close it"), detail("actual", "It stays"), detail("area", "")];
    tickets::set_details(&tx, id, &form).await.unwrap();
    assert_eq!(tickets::details(&tx, id).await.unwrap(), form);
    tickets::set_details(&tx, id, &[detail("steps", "Close it twice")]).await.unwrap();
    assert_eq!(tickets::details(&tx, id).await.unwrap()[0].1, "Close it twice");
    let ticks = [TickKey::new("articles"), TickKey::new("documentation")];
    tickets::set_ticks(&tx, id, &ticks).await.unwrap();
    tickets::set_ticks(&tx, id, &ticks[..1]).await.unwrap();
    assert_eq!(tickets::ticks(&tx, id).await.unwrap(), ticks);
}

async fn access_learns_requester_organisation_secrecy_and_participants(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (id, dana) = danas_request(&tx).await;
    let theo = person(&tx, "Theo").await;
    tickets::add_participant(&tx, id, theo, minute(2)).await.unwrap();
    tickets::add_participant(&tx, id, theo, minute(3)).await.unwrap();
    let facts = tickets::facts(&tx, id).await.unwrap();
    assert_eq!((facts.requester, facts.organisation, facts.filed_at), (dana, None, minute(1)));
    assert_eq!((facts.secrecy, facts.participants), (Secrecy::Open, vec![dana, theo]));
    assert!(matches!(tickets::facts(&tx, TicketId(99_999)).await, Err(Error::NotFound)));
}

fn reply(ticket: TicketId, author: Author) -> NewMessage<'static> {
    NewMessage {
        ticket,
        author,
        audience: Audience::Public,
        human: true,
        assisted: false,
        channel: Channel::Desk,
        body: "Which **version** is it?",
        posted_at: minute(10),
        send_at: minute(11),
        bulk: None,
    }
}

async fn messages_are_kept_in_order_and_taken_back_within_their_hold(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (ticket, dana) = danas_request(&tx).await;
    let ines = person(&tx, "Ines").await;
    let first = messages::insert(&tx, &reply(ticket, Author::Staff(ines))).await.unwrap();
    let note = NewMessage { audience: Audience::Internal, assisted: true, ..reply(ticket, Author::Machine) };
    let second = messages::insert(&tx, &note).await.unwrap();
    let third = messages::insert(&tx, &reply(ticket, Author::Customer(dana))).await.unwrap();
    let all = messages::of_ticket(&tx, ticket).await.unwrap();
    assert_eq!(all.iter().map(|m| m.id).collect::<Vec<_>>(), [first, second, third]);
    assert_eq!(
        all.iter().map(|m| m.author).collect::<Vec<_>>(),
        [Author::Staff(ines), Author::Machine, Author::Customer(dana)]
    );
    assert_eq!((all[1].audience, all[1].human, all[1].assisted), (Audience::Internal, true, true));
    assert_eq!(
        (all[0].body.as_str(), all[0].posted_at, all[0].send_at),
        ("Which **version** is it?", minute(10), minute(11))
    );
    assert!(messages::take_back(&tx, first, minute(10)).await.unwrap());
    assert!(!messages::take_back(&tx, first, minute(10)).await.unwrap(), "it is taken back already");
    assert!(!messages::take_back(&tx, third, minute(11)).await.unwrap(), "its hold is over");
    assert_eq!(messages::get(&tx, first).await.unwrap().taken_back_at, Some(minute(10)));
}

async fn frt_3_a_delivery_is_written_down_once_and_what_is_unseen_is_known(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (ticket, dana) = danas_request(&tx).await;
    let ines = person(&tx, "Ines").await;
    let sent = messages::insert(&tx, &reply(ticket, Author::Staff(ines))).await.unwrap();
    messages::insert(&tx, &reply(ticket, Author::Customer(dana))).await.unwrap();
    let unseen = async |now| messages::unseen(&tx, ticket, dana, minute(now)).await.unwrap();
    assert_eq!(unseen(10).await, [], "it is held back until minute 11");
    assert_eq!(unseen(11).await, [sent]);
    let delivery = |via, outcome| Delivery { message: sent, to: dana, via, outcome, at: minute(12) };
    let deliver = async |via, outcome| messages::deliver(&tx, delivery(via, outcome)).await.unwrap();
    assert!(deliver(Via::Smtp, Outcome::Refused).await);
    assert!(!deliver(Via::Smtp, Outcome::Arrived).await);
    assert_eq!(unseen(11).await, [sent], "a mail is not the portal");
    assert!(deliver(Via::Portal, Outcome::Arrived).await);
    assert_eq!(unseen(11).await, []);
}
