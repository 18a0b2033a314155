//! A customer's message about something else becomes a request of its own. Its clock starts when the message was sent, so
//! that nobody waits longer for having written in the wrong place (FRT-1).

use rules::{
    access::Action,
    events::{Audience, Author, Hand, Posted, TicketEvent},
    ids::{MessageId, TicketId},
    keys::TypeKey,
    refusal::{Fault, FieldFault, Refusal},
    tickets::kept_secret,
};
use store::messages::{Message, NewMessage};

use super::{
    link::tie,
    open::{Seed, plant},
    seen,
};
use crate::{Actor, Desk, Error, Result, licences, scribe::Scribe};

#[derive(Clone, Debug)]
pub struct Split {
    pub message: MessageId,
    pub request_type: TypeKey,
    pub subject: String,
}

/// Splits it off; the number of the new request.
pub async fn split(desk: &Desk, actor: &Actor, id: TicketId, input: Split) -> Result<TicketId> {
    let signed = actor.staff(Action::Merge)?;
    seen(desk.store.read(), signed, id).await?;
    let subject = rules::mail::one_line(&input.subject);
    if subject.is_empty() {
        return Err(Error::Invalid(vec![FieldFault { field: "subject".into(), fault: Fault::SubjectMissing }]));
    }
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?;
    let policy = kept.policy.policy();
    let kind = policy
        .request_type(&input.request_type)
        .ok_or_else(|| Refusal::TypeNotOffered { request_type: input.request_type.clone() })?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let message = store::messages::get(&scribe.tx, input.message).await?;
    let is_of_customer =
        message.ticket == id && message.audience == Audience::Public && message.taken_back_at.is_none();
    let (Author::Customer(author), true) = (message.author, is_of_customer) else { return Err(Error::NotFound) };
    let secrecy = kept_secret(ticket.secrecy, kind.secrecy);
    if secrecy == rules::events::Secrecy::Security {
        actor.staff(Action::MakeSecurityReport)?;
    }
    let entitled = licences::judged(&scribe.tx, ticket.organisation, None, (&kept.policy, message.posted_at)).await?;
    let seed = Seed {
        requester: author,
        organisation: ticket.organisation,
        reseller: ticket.reseller,
        plan: entitled.plan,
        request_type: input.request_type,
        subject,
        details: vec![],
        ticks: vec![],
        wish: ticket.wish.clone(),
        channel: message.channel,
        secrecy,
        parent: None,
        sent_form: None,
        filed_at: Some(message.posted_at),
        clock_from: None,
    };
    let into = plant(&mut scribe, kept, &seed).await?;
    copy(&mut scribe, &message, into).await?;
    scribe.ticket(id, TicketEvent::SplitOff { message: message.id, into }).await?;
    tie(&mut scribe, id, into).await?;
    scribe.settle().await?;
    Ok(into)
}

/// The message and its files, as the first of the new request.
async fn copy(scribe: &mut Scribe<'_>, message: &Message, into: TicketId) -> Result<()> {
    let new = NewMessage {
        ticket: into,
        author: message.author,
        audience: message.audience,
        human: message.human,
        assisted: false,
        channel: message.channel,
        body: &message.body,
        posted_at: message.posted_at,
        send_at: message.posted_at,
        bulk: None,
    };
    let copied = store::messages::insert(&scribe.tx, &new).await?;
    store::attachments::copy(&scribe.tx, message.id, (into, copied)).await?;
    store::masks::copy(&scribe.tx, message.ticket, into).await?;
    let posted = Posted {
        message: copied,
        author: message.author,
        audience: message.audience,
        hand: Hand::Written,
        channel: message.channel,
        substance: true,
        missing: vec![],
        bulk: None,
    };
    scribe.record(rules::events::Event::Ticket(into, TicketEvent::Posted(posted)), message.posted_at).await?;
    Ok(())
}
