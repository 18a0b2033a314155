//! What follows from each event, for the whole product. Nothing else has consequences: who wonders why a mail went
//! out, or why a request moved, finds the answer here.

use jiff::SignedDuration;
use rules::{
    access::Grant,
    bugs::Did,
    events::{
        Audience, Author, Because, BugEvent, Event, NewEntry, Opened, OrganisationEvent, PolicyEvent, Posted, Redacted,
        Secrecy, State, TicketEvent,
    },
    ids::{MessageId, PersonId, TicketId},
    notices::Notice,
    redaction::Redactor,
    tickets::is_announced,
};

use crate::{
    Result,
    mail::{Order, Telling, Told, order},
    notifications::tell,
    scribe::Scribe,
};

/// Does what follows from an event, in its transaction.
pub(crate) async fn follow(scribe: &mut Scribe<'_>, entry: &NewEntry) -> Result<()> {
    match &entry.event {
        Event::Ticket(ticket, event) => follow_ticket(scribe, *ticket, event).await,
        Event::Policy(PolicyEvent::Applied { version, .. }) => {
            crate::organisations::owe_closed_days(scribe, *version).await
        }
        // BUG-4, BUG-7: whoever waits for a fix that is in it.
        Event::Release(event) => crate::bugs::order_of_release(scribe, event).await,
        Event::Bug(event) => {
            // BUG-5: its issue in the tracker follows.
            crate::tracker::follow(scribe, event).await?;
            follow_bug(scribe, event).await
        }
        // ENT-2: what was withheld may be theirs now. BUG-7: where they run it, it may be there already.
        Event::Organisation(
            OrganisationEvent::Licensed { organisation, .. } | OrganisationEvent::PlaceSet { organisation, .. },
        ) => crate::bugs::order_of_organisation(scribe, *organisation).await,
        // VIS-4: what ended in another has what that one has, and after a split its own again.
        Event::Organisation(
            OrganisationEvent::Merged { organisation, into: other }
            | OrganisationEvent::Split { organisation, off: other },
        ) => {
            for organisation in [*organisation, *other] {
                crate::bugs::order_of_organisation(scribe, organisation).await?;
            }
            Ok(())
        }
        Event::Person(_) | Event::Organisation(_) => Ok(()),
    }
}

/// A step may make a fix, or unmake one. What telling itself settled, it tells.
async fn follow_bug(scribe: &mut Scribe<'_>, event: &BugEvent) -> Result<()> {
    match event {
        BugEvent::Stepped { did: Did::Settled, .. }
        | BugEvent::Filed { .. }
        | BugEvent::Amended { .. }
        | BugEvent::Checked { .. }
        | BugEvent::Wrote { .. }
        | BugEvent::Told { .. }
        | BugEvent::Linked { .. }
        | BugEvent::Unlinked { .. }
        | BugEvent::Shown { .. } => Ok(()),
        BugEvent::Stepped { bug, .. } => crate::bugs::order(scribe, *bug).await,
    }
}

async fn follow_ticket(scribe: &mut Scribe<'_>, ticket: TicketId, event: &TicketEvent) -> Result<()> {
    match event {
        TicketEvent::Opened(opened) => follow_opened(scribe, ticket, opened).await,
        TicketEvent::Posted(posted) => follow_posted(scribe, ticket, posted).await,
        TicketEvent::Assigned { to: Some(person), .. } if scribe.by.person != Some(*person) => {
            tell_assigned(scribe, ticket, *person).await
        }
        TicketEvent::Warned { .. }
        | TicketEvent::Breached { .. }
        | TicketEvent::WishRaised { .. }
        | TicketEvent::Escalated
        | TicketEvent::NextWordOverdue { .. } => press(scribe, ticket, event).await,
        TicketEvent::StateChanged { from, to, because } => step(scribe, ticket, (*from, *to), *because).await,
        TicketEvent::Reminded => {
            store::tickets::remind(&scribe.tx, ticket, scribe.now).await?;
            for to in store::tickets::participants(&scribe.tx, ticket).await? {
                order(scribe, Order::Reminded { ticket, to }).await?;
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
        TicketEvent::Ruled { .. } => crate::tickets::unanswered(scribe, ticket).await,
        TicketEvent::Converted { .. } => convert(scribe, ticket).await,
        TicketEvent::DetailsGiven { .. } => crate::installed::note(scribe, ticket, scribe.now).await,
        TicketEvent::ParticipantAdded { person } => {
            let telling = Telling { what: Told::Added, ticket, to: *person, at: scribe.now.micros() };
            order(scribe, Order::Told(telling)).await
        }
        TicketEvent::OutOfScope { .. } => tell_participants(scribe, ticket, Told::OutOfScope).await,
        TicketEvent::MergedInto { survivor } => merge(scribe, ticket, *survivor).await,
        TicketEvent::MergeUndone { other } => crate::bugs::merge_undone(scribe, ticket, *other).await,
        TicketEvent::EmbargoNear { .. } => tell_security(scribe, ticket, Told::EmbargoNear).await,
        TicketEvent::SecrecySet { secrecy: Secrecy::Security } => close_in(scribe, ticket).await,
        TicketEvent::JoinedBug { .. } => crate::bugs::order_of_ticket(scribe, ticket).await,
        TicketEvent::Redacted { what, by, .. } => {
            crate::exports::make_anew(scribe, ticket).await?;
            if *by == Redactor::Support { tell_redacted(scribe, ticket, what).await } else { Ok(()) }
        }
        TicketEvent::TakenBack { .. }
        | TicketEvent::Delivered { .. }
        | TicketEvent::Bounced { .. }
        | TicketEvent::PriorityDecided { .. }
        | TicketEvent::EscalationEnded
        | TicketEvent::Assigned { .. }
        | TicketEvent::TeamSet { .. }
        | TicketEvent::SecrecySet { .. }
        | TicketEvent::ParticipantRemoved { .. }
        | TicketEvent::Attached { .. }
        | TicketEvent::OriginalRead { .. }
        | TicketEvent::Absorbed { .. }
        | TicketEvent::Linked { .. }
        | TicketEvent::Unlinked { .. }
        | TicketEvent::SplitOff { .. }
        | TicketEvent::LeftBug { .. }
        | TicketEvent::ReportRefused { .. }
        | TicketEvent::NextWordPromised { .. }
        | TicketEvent::Rated { .. }
        | TicketEvent::AdvisoryKept { .. }
        | TicketEvent::Recomputed { .. } => Ok(()),
    }
}

/// It may say another version by now, or be a report; and its people hear of it.
async fn convert(scribe: &mut Scribe<'_>, ticket: TicketId) -> Result<()> {
    crate::installed::note(scribe, ticket, scribe.now).await?;
    crate::bugs::joined_by_answer(scribe, ticket).await?;
    tell_participants(scribe, ticket, Told::Converted).await
}

async fn merge(scribe: &mut Scribe<'_>, ticket: TicketId, survivor: TicketId) -> Result<()> {
    crate::bugs::merged(scribe, ticket, survivor).await?;
    tell_participants(scribe, ticket, Told::Merged).await
}

/// Who filed it gets a receipt, the security role hears of what is for it alone, and a team may take it.
async fn follow_opened(scribe: &mut Scribe<'_>, ticket: TicketId, opened: &Opened) -> Result<()> {
    order(scribe, Order::Receipt { ticket, to: opened.requester }).await?;
    let filed_at = store::tickets::get(&scribe.tx, ticket).await?.filed_at;
    crate::installed::note(scribe, ticket, filed_at).await?;
    if opened.secrecy == Secrecy::Security {
        close_in(scribe, ticket).await?;
    }
    crate::teams::route(scribe, ticket).await
}

async fn tell_assigned(scribe: &mut Scribe<'_>, ticket: TicketId, to: PersonId) -> Result<()> {
    let mail = Order::Assigned { ticket, to, by: scribe.by.person };
    tell(scribe, to, (Notice::Assigned, ticket), mail).await
}

/// Something presses: who watches over the request hears of it.
async fn press(scribe: &mut Scribe<'_>, ticket: TicketId, event: &TicketEvent) -> Result<()> {
    let at = scribe.now.micros();
    for to in watchers(scribe, ticket).await? {
        let owed = match event {
            TicketEvent::Warned { percent, cycle, target } => {
                Order::Warned { ticket, to, percent: *percent, cycle: *cycle, target: *target }
            }
            TicketEvent::Breached { cycle, target, .. } => {
                Order::Breached { ticket, to, cycle: *cycle, target: *target }
            }
            TicketEvent::Escalated => Order::Told(Telling { what: Told::Escalated, ticket, to, at }),
            TicketEvent::NextWordOverdue { .. } => Order::Told(Telling { what: Told::WordOverdue, ticket, to, at }),
            _ => Order::WishRaised { ticket, to, at },
        };
        let kind = match event {
            TicketEvent::Warned { .. } => Notice::Warned,
            TicketEvent::Breached { .. } => Notice::Breached,
            _ => Notice::Pressed,
        };
        tell(scribe, to, (kind, ticket), owed).await?;
    }
    Ok(())
}

/// Tells an event to everybody whose request it is, but for who did it.
async fn tell_participants(scribe: &mut Scribe<'_>, ticket: TicketId, what: Told) -> Result<()> {
    let at = scribe.now.micros();
    for to in store::tickets::participants(&scribe.tx, ticket).await? {
        if scribe.by.person != Some(to) {
            order(scribe, Order::Told(Telling { what, ticket, to, at })).await?;
        }
    }
    Ok(())
}

/// It is for the security role alone from now on, which is told by its number.
async fn close_in(scribe: &mut Scribe<'_>, ticket: TicketId) -> Result<()> {
    crate::bugs::part_in(scribe, ticket).await?;
    crate::installed::forget(scribe, ticket).await?;
    crate::tickets::closed_in(scribe, ticket).await?;
    tell_security(scribe, ticket, Told::SecurityReport).await
}

/// PRV-2: whose words or file it was, and who filed the request, hear that support took something out of it.
async fn tell_redacted(scribe: &mut Scribe<'_>, ticket: TicketId, what: &Redacted) -> Result<()> {
    // The command line does it for whoever asked, and again after a restore.
    if scribe.by.person.is_none() {
        return Ok(());
    }
    let Some(author) = crate::tickets::whose(&scribe.tx, ticket, what).await? else { return Ok(()) };
    let mut told = vec![store::tickets::get(&scribe.tx, ticket).await?.requester];
    if author != told[0] && store::tickets::participants(&scribe.tx, ticket).await?.contains(&author) {
        told.push(author);
    }
    let (at, by) = (scribe.now.micros(), scribe.by.person);
    for to in told.into_iter().filter(|to| by != Some(*to)) {
        order(scribe, Order::Told(Telling { what: Told::Redacted, ticket, to, at })).await?;
    }
    Ok(())
}

/// Tells an event to the security role, but for who did it (SEC-1).
async fn tell_security(scribe: &mut Scribe<'_>, ticket: TicketId, what: Told) -> Result<()> {
    let at = scribe.now.micros();
    for person in store::people::with_any_grant(&scribe.tx, &[Grant::Security]).await? {
        if scribe.by.person != Some(person.id) {
            let mail = Order::Told(Telling { what, ticket, to: person.id, at });
            tell(scribe, person.id, (Notice::Security, ticket), mail).await?;
        }
    }
    Ok(())
}

/// LOG-5: the files of a closed request have a last day.
async fn expire_files(scribe: &mut Scribe<'_>, ticket: TicketId, to: State) -> Result<()> {
    let days = scribe.desk.policy().await?.policy().attachments.expire_days;
    let kept_for = SignedDuration::from_hours(24 * i64::from(days));
    let at = (to == State::Closed).then(|| scribe.now.plus(kept_for));
    store::attachments::set_expiry(&scribe.tx, ticket, at).await?;
    Ok(())
}

/// It is in another state: its files have a last day or none, and what goes on leaves a team that ended.
async fn step(scribe: &mut Scribe<'_>, ticket: TicketId, (from, to): (State, State), because: Because) -> Result<()> {
    store::tickets::set_state(&scribe.tx, ticket, to, scribe.now).await?;
    if from.is_over() && !to.is_over() {
        crate::tickets::leave_ended_team(scribe, ticket).await?;
    }
    expire_files(scribe, ticket, to).await?;
    if from == State::New && !to.is_over() {
        // BUG-4: who was not answered yet was not asked to confirm a fix either.
        crate::bugs::order_of_ticket(scribe, ticket).await?;
    }
    follow_state(scribe, ticket, to, because).await
}

/// What the desk or its staff decided without a message is told to those whose request it is.
async fn follow_state(scribe: &mut Scribe<'_>, ticket: TicketId, state: State, because: Because) -> Result<()> {
    if state == State::Closed && because != Because::Merged && scribe.desk.policy().await?.policy().replies.ask_rating {
        let (to, at) = (store::tickets::get(&scribe.tx, ticket).await?.requester, scribe.now.micros());
        return order(scribe, Order::Told(Telling { what: Told::AskRating, ticket, to, at })).await;
    }
    // Its own mail says that it is closed, and why.
    let is_told = store::tickets::get(&scribe.tx, ticket).await?.scope_entry.is_some() && state == State::Solved;
    if is_told || !is_announced(state, because) {
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
    if let Author::Staff(author) = posted.author {
        // Who writes in it has read what they were told of it.
        store::notifications::read_of(&scribe.tx, author, ticket, scribe.now).await?;
        if posted.audience == Audience::Internal {
            return call(scribe, ticket, (posted.message, author)).await;
        }
    }
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
            crate::tickets::put_back_where_away(scribe, ticket).await?;
            let row = store::tickets::get(&scribe.tx, ticket).await?;
            let mut hearers = crate::tickets::watchers(&scribe.tx, ticket).await?;
            hearers.extend(row.assignee.filter(|assignee| !hearers.contains(assignee)));
            for to in hearers.into_iter().filter(|to| *to != author) {
                let mail = Order::CustomerReplied { ticket, message: posted.message, to };
                tell(scribe, to, (Notice::CustomerReplied, ticket), mail).await?;
            }
            Ok(())
        }
        Author::Machine => Ok(()),
    }
}

/// Whom a note calls by name hears of it.
async fn call(scribe: &mut Scribe<'_>, ticket: TicketId, note: (MessageId, PersonId)) -> Result<()> {
    for to in crate::tickets::called(&scribe.tx, ticket, note).await? {
        tell(scribe, to, (Notice::Called, ticket), Order::Called { ticket, message: note.0, to }).await?;
    }
    Ok(())
}

/// Who hears that a clock runs out or a customer presses: the assignee, else every lead (FRT-7); of a security report only those who may
/// know of it (VIS-2).
async fn watchers(scribe: &Scribe<'_>, ticket: TicketId) -> Result<Vec<PersonId>> {
    let row = store::tickets::get(&scribe.tx, ticket).await?;
    if matches!(row.state, State::Closed) {
        return Ok(vec![]);
    }
    let mut watching = crate::tickets::watchers(&scribe.tx, ticket).await?;
    if let Some(assignee) = row.assignee {
        watching.retain(|person| *person != assignee);
        watching.push(assignee);
        return Ok(watching);
    }
    let grant = if row.secrecy == Secrecy::Security { Grant::Security } else { Grant::Lead };
    let people = store::people::with_any_grant(&scribe.tx, &[grant]).await?;
    watching.extend(people.into_iter().map(|person| person.id));
    watching.sort_unstable();
    watching.dedup();
    Ok(watching)
}
