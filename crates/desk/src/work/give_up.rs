//! Gives work up that failed: it is not tried any more. Why stands beside it for a quarter, that it happened in the audit for
//! ever. A message that was on its way counts as one that did not arrive (FRT-3), so nobody believes it was read.

use rules::{
    audit::Act,
    events::{TicketEvent, Via},
    ids::{JobId, TicketId},
    refusal::{Fault, FieldFault},
};
use store::{
    jobs::Job,
    messages::{Delivery, Outcome},
    outgoing::End,
    work::Dropped,
};

use super::{entrusted, is_seen, ordered};
use crate::{Actor, Desk, Error, Result, mail::Ordered, scribe::Scribe};

/// Characters of a reason.
const REASON: usize = 1_000;

/// Only what failed at least once: what was never tried is no failure, and a reply that is held is taken back instead.
pub async fn give_up(desk: &Desk, actor: &Actor, id: JobId, reason: &str) -> Result<()> {
    let job = store::work::get(desk.store.read(), id).await?;
    let signed = actor.staff(entrusted(&job.kind))?;
    let ordered = ordered(&job);
    let ticket = ordered.as_ref().and_then(|it| it.order.ticket());
    if !is_seen(desk.store.read(), signed, ticket).await? {
        return Err(Error::NotFound);
    }
    let reason = reason.trim();
    let characters = reason.chars().count();
    if reason.is_empty() {
        return Err(fault(Fault::Missing));
    }
    if characters > REASON {
        return Err(fault(Fault::LineTooLong { characters, limit: REASON }));
    }
    if job.fault.is_none() && job.parked_at.is_none() {
        return Err(Error::Conflict);
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if !store::work::take_out(&scribe.tx, id, scribe.now).await? {
        return Err(Error::Conflict);
    }
    if let Some(ordered) = &ordered {
        let at = scribe.now;
        unsent(&mut scribe, ordered, at).await?;
    }
    note(&scribe, (&job, ticket), reason, signed.person).await?;
    scribe.settle().await
}

fn fault(fault: Fault) -> Error {
    Error::Invalid(vec![FieldFault { field: "reason".to_owned(), fault }])
}

/// Its mail ends here, and who wrote it hears that it did not arrive.
async fn unsent(scribe: &mut Scribe<'_>, ordered: &Ordered, at: rules::instant::Instant) -> Result<()> {
    if let Some(mail) = store::outgoing::by_key(&scribe.tx, &ordered.key).await? {
        let end =
            End { outcome: "given_up", at, answer: mail.answer.as_deref().unwrap_or_default(), forget_bytes: true };
        store::outgoing::settle(&scribe.tx, mail.id, end).await?;
    }
    let order = &ordered.order;
    if let (Some(ticket), Some(message), Some(to)) = (order.ticket(), order.message(), order.person()) {
        let delivery = Delivery { message, to, via: Via::Smtp, outcome: Outcome::Refused, at };
        if store::messages::deliver(&scribe.tx, delivery).await? {
            scribe.ticket(ticket, TicketEvent::DeliveryRefused { message, to }).await?;
        }
    }
    Ok(())
}

async fn note(
    scribe: &Scribe<'_>,
    (job, ticket): (&Job, Option<TicketId>),
    reason: &str,
    by: rules::ids::PersonId,
) -> Result<()> {
    let dropped = Dropped { kind: job.kind.clone(), ticket, reason: reason.to_owned(), by, at: scribe.now };
    store::work::note_dropped(&scribe.tx, &dropped).await?;
    scribe.audit(&Act::WorkDropped { job: job.id, work: job.kind.clone(), ticket }).await
}
