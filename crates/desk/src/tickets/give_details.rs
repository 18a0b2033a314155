//! A customer gives what the type of their request asks for and the request does not have (REQ-8). It is a message of
//! theirs: it makes the request ours, and a stopped clock goes on (FRT-4).

use std::collections::BTreeSet;

use rules::{
    access::CustomerAction,
    events::{Audience, Author, Because, By, Channel, TicketEvent},
    ids::{DraftId, TicketId},
    keys::{DetailKey, TickKey},
    policy::Policy,
    refusal::{Fault, FieldFault, Refusal},
    tickets::{Move, after_customer_message},
};
use store::tickets::Ticket;

use super::{
    customer,
    form::{Filled, check_form},
    lacks::{files_of, filled},
    open::refused,
    reply::{Post, Text},
};
use crate::{Actor, Desk, Error, Result, attachments::mask_typed, scribe::Scribe};

/// What was filled in.
#[derive(Clone, Debug, Default)]
pub struct Given {
    pub filled: Filled,
    /// Whose files come along.
    pub draft: Option<DraftId>,
}

/// Keeps what was given; a part is taken too, and the rest stays asked for.
pub async fn give_details(desk: &Desk, actor: &Actor, id: TicketId, given: Given) -> Result<()> {
    let signed = customer(desk.store.read(), actor, id, CustomerAction::GiveDetails).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    let to = match after_customer_message(ticket.state, ticket.state_since, scribe.now, &policy.timers.times()) {
        Move::FollowUp => return Err(Refusal::RequestEnded.into()),
        Move::To(to) => Some(to),
        Move::Stay => None,
    };
    let taken = take(&scribe, policy, &ticket, &given).await?;
    let (keys, typed): (Vec<_>, Vec<_>) = taken.answers.iter().cloned().unzip();
    let typed = mask_typed(desk, &scribe.tx, store::masks::Of::Ticket(id), typed).await?;
    let answers: Vec<_> = keys.into_iter().zip(typed).collect();
    store::tickets::add_details(&scribe.tx, id, &answers).await?;
    store::tickets::set_ticks(&scribe.tx, id, &taken.ticks).await?;
    let text = Text { body: String::new(), draft: given.draft, channel: None };
    let post = Post {
        ticket: id,
        author: Author::Customer(signed.person),
        audience: Audience::Public,
        text: &text,
        channel: Channel::Portal,
        send_at: scribe.now,
    };
    let message = post.write(&mut scribe).await?;
    let details = taken.details(policy, &ticket);
    scribe.ticket(id, TicketEvent::DetailsGiven { details, message: Some(message) }).await?;
    if let Some(to) = to {
        let event = TicketEvent::StateChanged { from: ticket.state, to, because: Because::CustomerReplied };
        scribe.ticket(id, event).await?;
    }
    follow_wish(&mut scribe, policy, &ticket).await?;
    scribe.settle().await
}

/// FRT-9, PLN-4: until an agent decides, the wish counts as far as what is known now lets it.
async fn follow_wish(scribe: &mut Scribe<'_>, policy: &Policy, ticket: &Ticket) -> Result<()> {
    let kind = policy.request_type(&ticket.request_type);
    if ticket.priority_decided || kind.is_none_or(|kind| kind.priorities.only_if.is_empty()) {
        return Ok(());
    }
    let details = store::tickets::details(&scribe.tx, ticket.id).await?.into_iter().collect();
    let request_type = &ticket.request_type;
    let now = policy.choosing(request_type, &details, |chosen| policy.clamp_for(request_type, &ticket.wish, chosen));
    if now == ticket.priority {
        return Ok(());
    }
    store::tickets::set_priority(&scribe.tx, ticket.id, &now).await?;
    scribe.by = By::rule();
    scribe.ticket(ticket.id, TicketEvent::PriorityDecided { from: ticket.priority.clone(), to: now }).await?;
    Ok(())
}

/// What of it is new.
#[derive(Debug, Default)]
struct Taken {
    answers: Vec<(DetailKey, String)>,
    ticks: Vec<TickKey>,
    files: BTreeSet<DetailKey>,
}

impl Taken {
    /// The details that are answered now, in the order of the form.
    fn details(&self, policy: &Policy, ticket: &Ticket) -> Vec<DetailKey> {
        let is_given = |key: &DetailKey| self.files.contains(key) || self.answers.iter().any(|(of, _)| of == key);
        policy.form_of(&ticket.request_type).into_iter().map(|(key, _)| key.clone()).filter(is_given).collect()
    }
}

/// Answers to what was open; one that was given before stands, whoever writes over it.
async fn take(scribe: &Scribe<'_>, policy: &Policy, ticket: &Ticket, given: &Given) -> Result<Taken> {
    let (tx, id) = (&scribe.tx, ticket.id);
    let before = filled(
        ticket,
        store::tickets::details(tx, id).await?,
        store::tickets::ticks(tx, id).await?,
        &store::attachments::of_ticket(tx, id).await?,
    );
    let files = match given.draft {
        Some(draft) => store::attachments::of_draft(tx, draft).await?,
        None => vec![],
    };
    let taken = new_in(policy, ticket, &before, &given.filled);
    let taken = Taken { files: files_of(&files), ..taken };
    let mut after = before.clone();
    after.details.extend(taken.answers.iter().cloned());
    after.ticks.extend(taken.ticks.iter().cloned());
    after.files.extend(taken.files.iter().cloned());
    after.refused = refused(&files);
    let is_empty = taken.answers.is_empty() && taken.ticks.is_empty() && files.is_empty();
    let faults = check_form(policy, (&ticket.request_type, ticket.plan.as_ref()), &after);
    let is_only_missing = |fault: &Fault| matches!(fault, Fault::DetailMissing { .. } | Fault::NotTicked { .. });
    let wrong: Vec<FieldFault> = faults.into_iter().filter(|it| is_empty || !is_only_missing(&it.fault)).collect();
    if wrong.is_empty() { Ok(taken) } else { Err(Error::Invalid(wrong)) }
}

fn new_in(policy: &Policy, ticket: &Ticket, before: &Filled, given: &Filled) -> Taken {
    let is_open = |key: &DetailKey| before.details.get(key).is_none_or(|value| value.trim().is_empty());
    let form = policy.form_of(&ticket.request_type).into_iter().map(|(key, _)| key).filter(|key| is_open(key));
    let answers = form.filter_map(|key| {
        let value = given.details.get(key)?.trim();
        (!value.is_empty()).then(|| (key.clone(), value.to_owned()))
    });
    let known = policy.request_type(&ticket.request_type).map_or(&[][..], |kind| &kind.ticks);
    let ticks = known.iter().filter(|key| given.ticks.contains(*key) && !before.ticks.contains(*key));
    Taken { answers: answers.collect(), ticks: ticks.cloned().collect(), files: BTreeSet::new() }
}
