//! Sends one mail. Its bytes are kept before it is sent, and what became of it after: only where the process dies
//! between the server's acceptance and our record does a copy go out, with the same Message-ID, and it is counted.

use rules::{
    events::{Event, TicketEvent, Via},
    ids::OutgoingId,
};
use store::{
    messages::{Delivery, Outcome},
    outgoing::{End, NewOutgoing, Outgoing},
};

use super::{facts, order::Ordered};
use crate::{
    Actor, Desk, Error, Result, SecretMails,
    jobs::Done,
    ports::{Letter, SendFault},
    scribe::Scribe,
};

/// Does the work of one mail job.
pub(crate) async fn send(desk: &Desk, payload: &str) -> Result<Done> {
    let ordered: Ordered = serde_json::from_str(payload).map_err(Error::broken)?;
    let mail = match store::outgoing::by_key(desk.store.read(), &ordered.key).await? {
        Some(mail) => mail,
        None => match intend(desk, &ordered).await? {
            Some(mail) => mail,
            None => return Ok(Done::Finished),
        },
    };
    let (None, Some(bytes)) = (&mail.outcome, &mail.bytes) else { return Ok(Done::Finished) };
    trying(desk, mail.id).await?;
    let letter = Letter { sender: &mail.sender, recipient: &mail.recipient, bytes };
    match desk.postman.send(letter).await {
        Ok(accepted) => conclude(desk, &ordered, &mail, Outcome::Arrived, &accepted.answer).await,
        Err(SendFault::Refused { answer }) => conclude(desk, &ordered, &mail, Outcome::Refused, &answer).await,
        Err(SendFault::Deferred { answer }) => Ok(Done::Again { fault: answer }),
        Err(SendFault::NotSetUp) => {
            Ok(Done::Waits { fault: "mail is not set up: give [smtp] in firstline.toml".to_owned() })
        }
    }
}

/// Composes the mail and keeps it; `None` when it is owed no more.
async fn intend(desk: &Desk, ordered: &Ordered) -> Result<Option<Outgoing>> {
    let Some(notice) = facts::notice(desk, ordered).await? else { return Ok(None) };
    let composed = desk.postman.compose(&notice)?;
    let tx = desk.store.begin().await?;
    let id = store::outgoing::insert(
        &tx,
        &NewOutgoing {
            key: &ordered.key,
            kind: ordered.order.kind(),
            ticket: ordered.order.ticket(),
            message: ordered.order.message(),
            person: ordered.order.person(),
            sender: &composed.sender,
            recipient: &composed.recipient,
            subject: &composed.subject,
            bytes: &composed.bytes,
            now: desk.now(),
        },
    )
    .await?;
    let mail = store::outgoing::get(&tx, id).await?;
    tx.commit().await?;
    Ok(Some(mail))
}

async fn trying(desk: &Desk, id: OutgoingId) -> Result<()> {
    let tx = desk.store.begin().await?;
    store::outgoing::trying(&tx, id).await?;
    Ok(tx.commit().await?)
}

async fn conclude(desk: &Desk, ordered: &Ordered, mail: &Outgoing, outcome: Outcome, answer: &str) -> Result<Done> {
    let mut scribe = Scribe::begin(desk, &Actor::Desk).await?;
    let word = if outcome == Outcome::Arrived { "sent" } else { "refused" };
    let end = End {
        outcome: word,
        at: scribe.now,
        answer,
        forget_bytes: desk.settings.secret_mails == SecretMails::Forget && ordered.order.is_secret(),
    };
    store::outgoing::settle(&scribe.tx, mail.id, end).await?;
    if let (Some(ticket), Some(message), Some(to)) = (mail.ticket, mail.message, mail.person) {
        let delivery = Delivery { message, to, via: Via::Smtp, outcome, at: scribe.now };
        let new = store::messages::deliver(&scribe.tx, delivery).await?;
        let event = match outcome {
            Outcome::Arrived => TicketEvent::Delivered { message, to, via: Via::Smtp },
            Outcome::Refused | Outcome::Bounced => TicketEvent::DeliveryRefused { message, to },
        };
        if new {
            let now = scribe.now;
            scribe.record(Event::Ticket(ticket, event), now).await?;
        }
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
