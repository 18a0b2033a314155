//! What follows from each event, for the whole product. Nothing else has consequences: who wonders why a mail went
//! out, or why a request moved, finds the answer here.

use jiff::SignedDuration;
use rules::{
    events::{Audience, Author, Because, Event, NewEntry, Posted, State, TicketEvent},
    ids::{PersonId, TicketId},
    tickets::is_announced,
};

use crate::{
    Result,
    mail::{Order, order},
    scribe::Scribe,
};

/// Does what follows from an event, in its transaction.
pub(crate) async fn follow(scribe: &mut Scribe<'_>, entry: &NewEntry) -> Result<()> {
    match &entry.event {
        Event::Ticket(ticket, event) => follow_ticket(scribe, *ticket, event).await,
        Event::Person(_) | Event::Organisation(_) | Event::Policy(_) => Ok(()),
    }
}

async fn follow_ticket(scribe: &mut Scribe<'_>, ticket: TicketId, event: &TicketEvent) -> Result<()> {
    match event {
        TicketEvent::Opened(opened) => order(scribe, Order::Receipt { ticket, to: opened.requester }).await,
        TicketEvent::Posted(posted) => follow_posted(scribe, ticket, posted).await,
        TicketEvent::Assigned { to: Some(person), .. } if scribe.by.person != Some(*person) => {
            order(scribe, Order::Assigned { ticket, to: *person, by: scribe.by.person }).await
        }
        TicketEvent::Warned { percent, cycle, target } => {
            for to in watchers(scribe, ticket).await? {
                order(scribe, Order::Warned { ticket, to, percent: *percent, cycle: *cycle, target: *target }).await?;
            }
            Ok(())
        }
        TicketEvent::Breached { cycle, target, .. } => {
            for to in watchers(scribe, ticket).await? {
                order(scribe, Order::Breached { ticket, to, cycle: *cycle, target: *target }).await?;
            }
            Ok(())
        }
        TicketEvent::StateChanged { to, because, .. } => {
            store::tickets::set_state(&scribe.tx, ticket, *to, scribe.now).await?;
            expire_files(scribe, ticket, *to).await?;
            follow_state(scribe, ticket, *to, *because).await
        }
        TicketEvent::Reminded => {
            store::tickets::remind(&scribe.tx, ticket, scribe.now).await?;
            for to in store::tickets::participants(&scribe.tx, ticket).await? {
                order(scribe, Order::Reminded { ticket, to }).await?;
            }
            Ok(())
        }
        TicketEvent::WishRaised { .. } => {
            let at = scribe.now.micros();
            for to in watchers(scribe, ticket).await? {
                order(scribe, Order::WishRaised { ticket, to, at }).await?;
            }
            Ok(())
        }
        TicketEvent::PriorityDecided { .. } if scribe.by.person.is_some() => {
            let (to, at) = (store::tickets::get(&scribe.tx, ticket).await?.requester, scribe.now.micros());
            order(scribe, Order::PriorityDecided { ticket, to, at }).await
        }
        TicketEvent::DeliveryRefused { .. } | TicketEvent::Bounced { hard: true, .. } => {
            crate::tickets::unheard(scribe, ticket).await
        }
        TicketEvent::TakenBack { .. }
        | TicketEvent::Delivered { .. }
        | TicketEvent::Bounced { .. }
        | TicketEvent::Ruled { .. }
        | TicketEvent::PriorityDecided { .. }
        | TicketEvent::Converted { .. }
        | TicketEvent::Assigned { .. }
        | TicketEvent::DetailsGiven { .. }
        | TicketEvent::SecrecySet { .. }
        | TicketEvent::ParticipantAdded { .. }
        | TicketEvent::ParticipantRemoved { .. }
        | TicketEvent::Attached { .. }
        | TicketEvent::OriginalRead { .. }
        | TicketEvent::Absorbed { .. }
        | TicketEvent::MergedInto { .. }
        | TicketEvent::MergeUndone { .. }
        | TicketEvent::Recomputed { .. } => Ok(()),
    }
}

/// LOG-5: the files of a closed request have a last day.
async fn expire_files(scribe: &mut Scribe<'_>, ticket: TicketId, to: State) -> Result<()> {
    let days = scribe.desk.policy().await?.policy().attachments.expire_days;
    let kept_for = SignedDuration::from_hours(24 * i64::from(days));
    let at = (to == State::Closed).then(|| scribe.now.plus(kept_for));
    store::attachments::set_expiry(&scribe.tx, ticket, at).await?;
    Ok(())
}

/// What the desk or its staff decided without a message is told to those whose request it is.
async fn follow_state(scribe: &mut Scribe<'_>, ticket: TicketId, state: State, because: Because) -> Result<()> {
    if !is_announced(state, because) {
        return Ok(());
    }
    for to in store::tickets::participants(&scribe.tx, ticket).await? {
        if scribe.by.person != Some(to) {
            order(scribe, Order::StateChanged { ticket, to, state, because }).await?;
        }
    }
    Ok(())
}

/// A public message of staff goes to everybody whose request it is; one of a customer goes to the agent whose it is.
async fn follow_posted(scribe: &mut Scribe<'_>, ticket: TicketId, posted: &Posted) -> Result<()> {
    if posted.audience == Audience::Internal {
        return Ok(());
    }
    match posted.author {
        Author::Staff(author) => {
            for to in store::tickets::participants(&scribe.tx, ticket).await? {
                if to != author {
                    order(scribe, Order::Reply { ticket, message: posted.message, to }).await?;
                }
            }
            Ok(())
        }
        Author::Customer(author) => {
            let assignee = store::tickets::get(&scribe.tx, ticket).await?.assignee;
            match assignee.filter(|assignee| *assignee != author) {
                Some(to) => order(scribe, Order::CustomerReplied { ticket, message: posted.message, to }).await,
                None => Ok(()),
            }
        }
        Author::Machine => Ok(()),
    }
}

/// Who hears that a clock runs out or a customer presses: the assignee, else every lead (FRT-7); of a security report only those who may
/// know of it (VIS-2).
async fn watchers(scribe: &Scribe<'_>, ticket: TicketId) -> Result<Vec<PersonId>> {
    use rules::{access::Grant, events::Secrecy};
    let row = store::tickets::get(&scribe.tx, ticket).await?;
    if matches!(row.state, State::Closed) {
        return Ok(vec![]);
    }
    if let Some(assignee) = row.assignee {
        return Ok(vec![assignee]);
    }
    let grant = if row.secrecy == Secrecy::Security { Grant::Security } else { Grant::Lead };
    let people = store::people::with_any_grant(&scribe.tx, &[grant]).await?;
    Ok(people.into_iter().map(|person| person.id).collect())
}
