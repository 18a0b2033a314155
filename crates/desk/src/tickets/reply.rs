//! Somebody writes in a request: staff reply, with a hold in which it can be taken back; customers answer.

use jiff::SignedDuration;
use rules::{
    access::{Action, CustomerAction, Withheld},
    events::{Audience, Author, Because, Channel, Hand, Posted, TicketEvent},
    ids::{DraftId, MessageId, PersonId, TicketId},
    instant::Instant,
    mail::{has_own_words, is_visible},
    refusal::{Fault, FieldFault, OrganisationRefusal, Refusal},
    tickets::{AfterReply, Move, Mover, after_customer_message, after_staff_reply, may_step},
};
use store::{Tx, masks, messages::NewMessage, tickets::Ticket};

use super::{
    customer,
    open::{Seed, plant},
    seen,
};
use crate::{Actor, Desk, Error, Result, actor::Signed, attachments::mask_typed, licences, scribe::Scribe};

/// Characters of a message, at most; longer things are files.
const LONGEST: usize = 200_000;

/// What was written.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Markdown.
    pub body: String,
    /// Whose files come along.
    pub draft: Option<DraftId>,
    pub channel: Option<Channel>,
}

/// A reply of staff.
#[derive(Clone, Debug)]
pub struct Answer {
    pub text: Text,
    pub after: AfterReply,
}

/// A posted reply, and until when it can be taken back.
#[derive(Clone, Copy, Debug)]
pub struct Replied {
    pub message: MessageId,
    pub held_until: Instant,
}

/// A member of staff replies to the requester (FRT-2: a person's hand).
pub async fn reply(desk: &Desk, actor: &Actor, id: TicketId, input: Answer) -> Result<Replied> {
    reply_as(desk, actor, id, input, Written { read_to: None, hand: Hand::Written }).await
}

/// How a reply came to be.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    /// The newest message that was read: what somebody else wrote since is to be read first.
    pub read_to: Option<MessageId>,
    pub hand: Hand,
}

/// The same, with how it came to be.
pub async fn reply_as(desk: &Desk, actor: &Actor, id: TicketId, input: Answer, written: Written) -> Result<Replied> {
    let signed = actor.staff(Action::Reply)?;
    seen(desk.store.read(), signed, id).await?;
    check(&input.text.body)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if let Some(read_to) = written.read_to {
        nobody_wrote_since(&scribe.tx, id, read_to, signed.person).await?;
    }
    let replied = say(&mut scribe, (&ticket, signed.person), &input.text, (input.after, written.hand)).await?;
    scribe.settle().await?;
    Ok(replied)
}

/// A member of staff says something in a request, with the hold, and its state moves.
pub(crate) async fn say(
    scribe: &mut Scribe<'_>,
    (ticket, author): (&Ticket, PersonId),
    text: &Text,
    (after, hand): (AfterReply, Hand),
) -> Result<Replied> {
    let hold = SignedDuration::from_secs(i64::from(scribe.desk.policy().await?.policy().replies.hold_seconds));
    let held_until = scribe.now.plus(hold);
    let post = Post {
        ticket: ticket.id,
        author: Author::Staff(author),
        audience: Audience::Public,
        text,
        channel: Channel::Desk,
        send_at: held_until,
    };
    let message = post.write_by(scribe, hand).await?;
    if let Move::To(to) = after_staff_reply(ticket.state, after) {
        may_step(ticket.state, to, Mover::Staff, Because::StaffReplied)?;
        let event = TicketEvent::StateChanged { from: ticket.state, to, because: Because::StaffReplied };
        scribe.ticket(ticket.id, event).await?;
    }
    Ok(Replied { message, held_until })
}

/// A customer says something in a request of theirs, which does not move by that.
pub(crate) async fn hear(
    scribe: &mut Scribe<'_>,
    ticket: TicketId,
    author: PersonId,
    text: &Text,
) -> Result<MessageId> {
    let post = Post {
        ticket,
        author: Author::Customer(author),
        audience: Audience::Public,
        text,
        channel: Channel::Portal,
        send_at: scribe.now,
    };
    post.write(scribe).await
}

/// Two do not answer the same without knowing: a fault where somebody else wrote after that message.
async fn nobody_wrote_since(tx: &Tx, id: TicketId, read_to: MessageId, me: PersonId) -> Result<()> {
    let messages = store::messages::of_ticket(tx, id).await?;
    let other = messages.iter().rev().filter(|it| it.id > read_to && it.audience == Audience::Public);
    let other = other.filter(|it| it.taken_back_at.is_none()).find_map(|it| match it.author {
        Author::Staff(person) | Author::Customer(person) if person != me => Some(person),
        _ => None,
    });
    let Some(person) = other else { return Ok(()) };
    let name = store::people::names(tx, &[person]).await?.remove(&person).unwrap_or_default();
    Err(Error::Invalid(vec![FieldFault { field: "body".into(), fault: Fault::WrittenMeanwhile { name } }]))
}

/// Where a customer's message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    Here(MessageId),
    /// The request was closed: a linked one was opened, with its own clock (REQ-9).
    FollowUp(TicketId),
}

/// A customer writes in a request that is theirs.
pub async fn answer(desk: &Desk, actor: &Actor, id: TicketId, text: Text) -> Result<Answered> {
    let signed = customer(desk.store.read(), actor, id, CustomerAction::Reply).await?;
    check(&text.body)?;
    let times = desk.policy().await?.policy().timers.times();
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if let Some(survivor) = ticket.merged_into {
        // FRT-5: it goes on there, and so does what is written here.
        drop(scribe);
        return match Box::pin(answer(desk, actor, survivor, text)).await? {
            Answered::Here(_) => Ok(Answered::FollowUp(survivor)),
            elsewhere @ Answered::FollowUp(_) => Ok(elsewhere),
        };
    }
    let to = match after_customer_message(ticket.state, ticket.state_since, scribe.now, &times) {
        Move::FollowUp => {
            may_go_on(signed, &ticket)?;
            let new = follow_up(&mut scribe, &ticket, signed.person, &text).await?;
            scribe.settle().await?;
            return Ok(Answered::FollowUp(new));
        }
        Move::To(to) => Some(to),
        Move::Stay => None,
    };
    let post = Post {
        ticket: id,
        author: Author::Customer(signed.person),
        audience: Audience::Public,
        text: &text,
        channel: Channel::Portal,
        send_at: scribe.now,
    };
    let message = post.write(&mut scribe).await?;
    if let Some(to) = to {
        let event = TicketEvent::StateChanged { from: ticket.state, to, because: Because::CustomerReplied };
        scribe.ticket(id, event).await?;
    }
    scribe.settle().await?;
    Ok(Answered::Here(message))
}

/// Who filed it by a grant that has ended opens nothing more for that organisation (ENT-4).
fn may_go_on(signed: &Signed, closed: &Ticket) -> Result<()> {
    let has_ended = |organisation| signed.scope.withheld.contains(&(organisation, Withheld::GrantEnded));
    match (closed.reseller, closed.organisation) {
        (Some(_), Some(organisation)) if has_ended(organisation) => {
            Err(Refusal::Organisation(OrganisationRefusal::FilesNoMore).into())
        }
        _ => Ok(()),
    }
}

/// Opens a request that goes on with a closed one: same type, organisation and secrecy, the closed one's wish.
async fn follow_up(scribe: &mut Scribe<'_>, closed: &Ticket, by: PersonId, text: &Text) -> Result<TicketId> {
    let policies = scribe.desk.policies().await?;
    let kept = policies.at(scribe.now)?;
    let details = store::tickets::details(&scribe.tx, closed.id).await?;
    let deployment = kept.policy.policy().deployment_in(&closed.request_type, &details);
    let at = (&*kept.policy, scribe.now);
    let entitled = licences::judged(&scribe.tx, closed.organisation, deployment.as_ref(), at).await?;
    let seed = Seed {
        requester: by,
        organisation: closed.organisation,
        reseller: closed.reseller,
        plan: entitled.plan,
        request_type: closed.request_type.clone(),
        subject: closed.subject.clone(),
        details: vec![],
        ticks: vec![],
        wish: closed.wish.clone(),
        channel: text.channel.unwrap_or(Channel::Portal),
        secrecy: closed.secrecy,
        parent: Some(closed.id),
        sent_form: None,
        filed_at: None,
        clock_from: None,
    };
    let id = plant(scribe, kept, &seed).await?;
    let post = Post {
        ticket: id,
        author: Author::Customer(by),
        audience: Audience::Public,
        text,
        channel: Channel::Portal,
        send_at: scribe.now,
    };
    post.write(scribe).await?;
    Ok(id)
}

/// A message about to be written.
pub(super) struct Post<'a> {
    pub ticket: TicketId,
    pub author: Author,
    pub audience: Audience,
    pub text: &'a Text,
    pub channel: Channel,
    pub send_at: Instant,
}

impl Post<'_> {
    /// Writes row, files and event, of what a person wrote.
    pub(super) async fn write(&self, scribe: &mut Scribe<'_>) -> Result<MessageId> {
        self.write_by(scribe, Hand::Written).await
    }

    /// The same, by that hand (FRT-2).
    pub(super) async fn write_by(&self, scribe: &mut Scribe<'_>, hand: Hand) -> Result<MessageId> {
        let channel = self.text.channel.unwrap_or(self.channel);
        let typed = vec![self.text.body.trim().to_owned()];
        let body = mask_typed(scribe.desk, &scribe.tx, masks::Of::Ticket(self.ticket), typed).await?.concat();
        let body = body.as_str();
        let new = NewMessage {
            ticket: self.ticket,
            author: self.author,
            audience: self.audience,
            human: true,
            assisted: false,
            channel,
            body,
            posted_at: scribe.now,
            send_at: self.send_at,
            bulk: scribe.bulk(),
        };
        let message = store::messages::insert(&scribe.tx, &new).await?;
        if let (Some(draft), Some(person)) = (self.text.draft, scribe.by.person) {
            store::drafts::get(&scribe.tx, person, draft).await?;
            store::attachments::hand_over(&scribe.tx, draft, self.ticket, Some(message)).await?;
            store::drafts::discard(&scribe.tx, person, draft, scribe.now).await?;
        }
        let posted = Posted {
            message,
            author: self.author,
            audience: self.audience,
            hand,
            channel,
            substance: has_own_words(body),
            missing: vec![],
            bulk: scribe.bulk(),
        };
        scribe.ticket(self.ticket, TicketEvent::Posted(posted)).await?;
        Ok(message)
    }
}

/// A message has a visible character, and not more than a person reads.
pub(crate) fn check(body: &str) -> Result<()> {
    let characters = body.trim().chars().count();
    let fault = match characters {
        _ if !body.chars().any(is_visible) => Fault::Missing,
        n if n > LONGEST => Fault::TooLong { characters, limit: LONGEST },
        _ => return Ok(()),
    };
    Err(Error::Invalid(vec![FieldFault { field: "body".into(), fault }]))
}
