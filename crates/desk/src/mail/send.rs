//! Sends one mail. Its bytes are kept before it is sent, and what became of it after: only where the process dies
//! between the server's acceptance and our record (`outcome`) does a copy go out, with the same Message-ID, and it is counted.

use rules::{
    ids::{OutgoingId, RedactionId},
    mail::NotOwed,
};
use store::{
    Handle,
    messages::Outcome,
    outgoing::{NewOutgoing, Outgoing},
};

use super::{
    facts,
    order::Ordered,
    outcome::{self, Said},
};
use crate::{
    Desk, Error, Result,
    jobs::Done,
    ports::{Accepted, Letter, Notice, SendFault},
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
    if let Some(said) = desk.unwritten.of(mail.id) {
        outcome::write(desk, &said).await?;
        return Ok(Done::Finished);
    }
    trying(desk, mail.id).await?;
    let letter = Letter { sender: &mail.sender, recipient: &mail.recipient, bytes };
    let said = desk.postman.send(letter).await;
    metrics::counter!("firstline_mails_total", "outcome" => word(&said)).increment(1);
    let (outcome, answer) = match said {
        Ok(accepted) => (Outcome::Arrived, accepted.answer),
        Err(SendFault::Refused { answer }) => (Outcome::Refused, answer),
        Err(SendFault::Deferred { answer }) => return Ok(Done::Again { fault: answer }),
        Err(SendFault::NotSetUp) => {
            return Ok(Done::Waits { fault: "mail is not set up: give [smtp] in firstline.toml".to_owned() });
        }
    };
    let is_secret = ordered.order.is_secret();
    let mail = Outgoing { bytes: None, ..mail };
    outcome::conclude(desk, Said { mail, is_secret, outcome, answer }).await?;
    Ok(Done::Finished)
}

/// What a mail server can say of a mail, in a word each.
pub const OUTCOMES: [&str; 4] = ["sent", "refused", "deferred", "not_set_up"];

fn word(said: &std::result::Result<Accepted, SendFault>) -> &'static str {
    match said {
        Ok(_) => OUTCOMES[0],
        Err(SendFault::Refused { .. }) => OUTCOMES[1],
        Err(SendFault::Deferred { .. }) => OUTCOMES[2],
        Err(SendFault::NotSetUp) => OUTCOMES[3],
    }
}

/// Composes the mail and keeps it; `None` when it is owed no more. What was redacted meanwhile does not go into it (PRV-2).
async fn intend(desk: &Desk, ordered: &Ordered) -> Result<Option<Outgoing>> {
    loop {
        let redacted = redacted(desk.store.read(), ordered).await?;
        let notice = match facts::notice(desk, ordered).await? {
            Ok(notice) => notice,
            Err(why) => {
                leave(desk, ordered, why).await?;
                return Ok(None);
            }
        };
        if let Some(mail) = keep(desk, ordered, (&notice, redacted)).await? {
            return Ok(Some(mail));
        }
    }
}

/// Who had it sent again is told why it was not.
async fn leave(desk: &Desk, ordered: &Ordered, why: NotOwed) -> Result<()> {
    let Some(refused) = ordered.again_of else { return Ok(()) };
    let tx = desk.store.begin().await?;
    store::outgoing::leave_again(&tx, refused, why).await?;
    Ok(tx.commit().await?)
}

/// Whether it would go out now, and else why not.
pub(crate) async fn is_owed(desk: &Desk, ordered: &Ordered) -> Result<std::result::Result<(), NotOwed>> {
    Ok(facts::notice(desk, ordered).await?.map(drop))
}

/// What was redacted last in the request that a mail is about.
async fn redacted(conn: &Handle, ordered: &Ordered) -> Result<Option<RedactionId>> {
    match ordered.order.ticket() {
        Some(ticket) => Ok(store::redactions::last_of(conn, ticket).await?),
        None => Ok(None),
    }
}

/// Keeps it; `None` where something was redacted since it was composed.
async fn keep(
    desk: &Desk,
    ordered: &Ordered,
    (notice, before): (&Notice, Option<RedactionId>),
) -> Result<Option<Outgoing>> {
    let composed = desk.postman.compose(notice)?;
    let owed = serde_json::to_string(&ordered.order).map_err(Error::broken)?;
    let tx = desk.store.begin().await?;
    if redacted(&tx, ordered).await? != before {
        return Ok(None);
    }
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
            ordered: &owed,
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
