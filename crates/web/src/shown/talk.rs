//! The conversation of a request: what was filed, what was said, and what happened between, in the order of time.

use desk::{
    bugs,
    tickets::{Happened, Message as Row, Shown},
};
use rules::{
    access::Action,
    bugs::RefusedFor,
    events::{ActorKind, Audience, Author, Because, Event, Secrecy, State, TargetKind, TicketEvent, Verdict},
    ids::{PersonId, TicketId},
    instant::Instant,
    redaction::Redactor,
    sla::Clock,
};
use words::{
    markdown::{Referred, message_referring},
    redaction,
};

use super::{
    Saying,
    details::{answered_with, answers},
    files::{files, gone},
    handed::handed,
    redacting::{redact_details, redact_message},
    times::when,
};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        conversation::{EventLine, Events, Message, MessageKind, Said, Splitting},
        form::Choice,
        html::Safe,
        parts::{Face, Link},
    },
};

/// Who reads a conversation, and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    pub say: &'a Saying,
    pub visit: &'a Visit,
    pub me: PersonId,
    pub now: Instant,
    /// Staff read also what concerns only the desk.
    pub side: Side,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Customer,
    Staff,
}

impl Side {
    /// Where its requests stand.
    pub(crate) fn door(self) -> &'static str {
        match self {
            Side::Customer => "/requests",
            Side::Staff => "/desk/requests",
        }
    }
}

/// Messages and events, with runs of events together.
pub(crate) fn conversation(reading: Reading<'_>, shown: &Shown) -> Vec<Said> {
    let first = filed(reading, shown);
    // What goes on with a closed request was filed by its first message.
    let is_empty = first.details.is_empty() && first.files.is_empty();
    let told = |row: &Row| (row.posted_at, Place::Stands, Said::Message(message(reading, shown, row)));
    let first = (shown.ticket.filed_at, Place::Stands, Said::Message(first));
    let mut said = if is_empty { vec![] } else { vec![first] };
    said.extend(shown.messages.iter().map(told));
    for happened in &shown.happened {
        if let Some(words) = line(reading, shown, happened) {
            let at = happened.entry.occurred_at;
            let line = EventLine { words, at: when(reading.visit, at, reading.now) };
            said.push((at, place(happened), Said::Events(Events { summary: String::new(), lines: vec![line] })));
        }
    }
    // Stable: what happened with a message stands behind it.
    said.sort_by_key(|(at, ..)| *at);
    together(said.into_iter().map(|(_, place, said)| (place, said)))
}

/// Whether an entry may fold away with its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Folds,
    Stands,
}

/// What somebody decided about the request, or gave a reason for, is read without a click (PRI-2).
fn place(happened: &Happened) -> Place {
    let Event::Ticket(_, event) = &happened.entry.event else { return Place::Folds };
    let is_decided = matches!(
        event,
        TicketEvent::PriorityDecided { .. }
            | TicketEvent::Converted { .. }
            | TicketEvent::OutOfScope { .. }
            | TicketEvent::Ruled { .. }
            | TicketEvent::MergedInto { .. }
            | TicketEvent::StateChanged { to: State::Solved | State::Closed, because: Because::StaffDecided, .. }
    );
    let is_worded = happened.words.as_deref().is_some_and(|words| !words.trim().is_empty());
    if is_decided || is_worded { Place::Stands } else { Place::Folds }
}

/// Joins neighbouring events that may fold.
fn together(all: impl Iterator<Item = (Place, Said)>) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    let mut before = Place::Stands;
    for (place, said) in all {
        match (out.last_mut(), said) {
            (Some(Said::Events(run)), Said::Events(more)) if before == Place::Folds && place == Place::Folds => {
                run.lines.extend(more.lines);
            }
            (_, said) => out.push(said),
        }
        before = place;
    }
    for said in &mut out {
        if let Said::Events(run) = said
            && run.lines.len() > 1
        {
            run.summary = format!("{} changes", run.lines.len());
        }
    }
    out
}

/// What was filed, as the first message.
fn filed(reading: Reading<'_>, shown: &Shown) -> Message {
    let requester = shown.ticket.requester;
    Message {
        id: 0,
        author: name(reading, shown, requester),
        face: Face::of(shown.names.get(&requester).map_or("", String::as_str)),
        at: when(reading.visit, shown.ticket.filed_at, reading.now),
        kind: MessageKind::Public,
        body: Safe::default(),
        details: redact_details(reading, shown, Author::Customer(requester), answers(reading.say, shown)),
        files: files(reading, shown, None),
        gone: gone(reading, shown, None),
        redact: None,
        remark: None,
        ruling: None,
        at_once: None,
        split: None,
    }
}

fn message(reading: Reading<'_>, shown: &Shown, row: &Row) -> Message {
    let (author, face) = match row.author {
        Author::Customer(person) | Author::Staff(person) => {
            (name(reading, shown, person), Face::of(shown.names.get(&person).map_or("", String::as_str)))
        }
        Author::Machine => ("The desk".to_owned(), Face::of("The desk")),
    };
    Message {
        id: row.id.0,
        author,
        face,
        at: when(reading.visit, row.posted_at, reading.now),
        kind: if row.audience == Audience::Internal { MessageKind::Note } else { MessageKind::Public },
        body: written(reading, shown, row),
        details: redact_details(reading, shown, row.author, answered_with(reading.say, shown, row.id)),
        files: files(reading, shown, Some(row.id)),
        gone: gone(reading, shown, Some(row.id)),
        redact: redact_message(reading, shown, row),
        remark: fate(shown, row),
        ruling: ruling(reading, shown, row),
        at_once: at_once(reading, shown, row),
        split: split(reading, shown, row),
    }
}

/// What was written: what it refers to leads there, and in a note who is called stands out.
fn written(reading: Reading<'_>, shown: &Shown, row: &Row) -> Safe {
    let is_note = row.audience == Audience::Internal;
    let referred = Referred {
        requests: Some(&shown.referred.requests),
        door: reading.side.door(),
        people: if is_note { &shown.referred.people } else { &[] },
        me: reading.visit.actor.signed().ok().map(|signed| signed.name.as_str()),
    };
    Safe::new(message_referring(&row.body, referred))
}

/// Where a lead rules on a message that counts as first response.
fn ruling(reading: Reading<'_>, shown: &Shown, row: &Row) -> Option<String> {
    let counts = |clock: &Clock| {
        clock.kind == TargetKind::FirstResponse
            && clock.standing.answer().is_some_and(|answer| answer.message == row.id)
    };
    let may_rule = reading.visit.actor.staff(Action::RuleOnResponse).is_ok();
    (reading.side == Side::Staff && may_rule && shown.clocks.iter().any(counts))
        .then(|| format!("/desk/requests/{}/replies/{}/ruling", shown.ticket.id, row.id))
}

/// With how many others it was written, for staff.
fn at_once(reading: Reading<'_>, shown: &Shown, row: &Row) -> Option<Link> {
    let job = row.bulk.filter(|_| reading.side == Side::Staff)?;
    let words = words::bulk::at_once(reading.say.lang, row.audience, shown.at_once.get(&job).copied()?);
    let is_theirs = row.author == Author::Staff(reading.me) || reading.visit.actor.staff(Action::WatchBulk).is_ok();
    Some(Link::new(words, if is_theirs { format!("/desk/bulk/{job}") } else { String::new() }))
}

/// Where staff make a customer's message a request of its own.
fn split(reading: Reading<'_>, shown: &Shown, row: &Row) -> Option<Splitting> {
    let may = reading.side == Side::Staff && reading.visit.actor.staff(Action::Merge).is_ok();
    if !may || !matches!(row.author, Author::Customer(_)) || row.body.is_empty() {
        return None;
    }
    let types = reading.say.policy().types.iter().map(|(key, kind)| {
        let choice = Choice::new(key.as_str(), reading.say.text(&kind.name));
        if *key == shown.ticket.request_type { choice.chosen() } else { choice }
    });
    let action = format!("/desk/requests/{}/messages/{}/split", shown.ticket.id, row.id);
    Some(Splitting { action, types: types.collect() })
}

/// What became of a message's delivery, where it is worth saying.
fn fate(shown: &Shown, row: &Row) -> Option<String> {
    let failed = |happened: &Happened| {
        matches!(
            &happened.entry.event,
            Event::Ticket(_, TicketEvent::DeliveryRefused { message, .. } | TicketEvent::Bounced { message, hard: true, .. })
                if *message == row.id
        )
    };
    shown.happened.iter().any(failed).then(|| "The mail with this did not arrive; it can be read here.".to_owned())
}

pub(super) fn name(reading: Reading<'_>, shown: &Shown, person: PersonId) -> String {
    match shown.names.get(&person).map(String::as_str) {
        _ if person == reading.me => "You".to_owned(),
        None | Some("") => "Somebody who left".to_owned(),
        Some(name) => name.to_owned(),
    }
}

/// Somebody to whom something is done.
fn object(reading: Reading<'_>, shown: &Shown, person: PersonId) -> String {
    if person == reading.me { "you".to_owned() } else { name(reading, shown, person) }
}

/// An event in words; `None` for what is not worth a line.
fn line(reading: Reading<'_>, shown: &Shown, happened: &Happened) -> Option<String> {
    let Event::Ticket(_, event) = &happened.entry.event else { return None };
    let (say, is_staff) = (reading.say, reading.side == Side::Staff);
    let who = match (happened.entry.by.kind, happened.entry.by.person) {
        (ActorKind::Person, Some(person)) => name(reading, shown, person),
        _ => "The desk".to_owned(),
    };
    let words = happened.words.as_deref().map(|words| format!(": {words}")).unwrap_or_default();
    match event {
        TicketEvent::PriorityDecided { .. } => decided(reading, shown, (happened, &who, &words)),
        TicketEvent::WishRaised { to, .. } => Some(format!("{who} asked for {}{words}", say.priority_name(to))),
        TicketEvent::Escalated => Some(format!("{who} escalated it{words}")),
        TicketEvent::EscalationEnded => Some(format!("{who} took the escalation back{words}")),
        TicketEvent::Converted { from, to, .. } => {
            Some(format!("{who} made the {} a {}{words}", say.type_name(from), say.type_name(to)))
        }
        TicketEvent::ParticipantAdded { person } => Some(format!("{who} added {}", object(reading, shown, *person))),
        TicketEvent::ParticipantRemoved { person } if happened.entry.by.person == Some(*person) => {
            Some(format!("{who} left it"))
        }
        TicketEvent::ParticipantRemoved { person } => {
            Some(format!("{who} took {} off", object(reading, shown, *person)))
        }
        TicketEvent::Absorbed { other, .. } => Some(format!("{who} merged {other} into it")),
        TicketEvent::MergedInto { survivor } => Some(format!("{who} merged it into {survivor}, where it goes on")),
        TicketEvent::MergeUndone { other } => Some(format!("{who} undid the merge with {other}")),
        TicketEvent::Linked { other } => Some(format!("{who} linked it with {other}")),
        TicketEvent::Unlinked { other } => Some(format!("{who} took the link with {other} away")),
        TicketEvent::SplitOff { into, .. } => Some(format!("{who} made one of the messages request {into}")),
        TicketEvent::JoinedBug { bug } if is_staff => Some(format!("{who} accepted it as {}", words::bugs::name(*bug))),
        TicketEvent::JoinedBug { bug } => Some(format!("It is a bug: {}", words::bugs::name(*bug))),
        TicketEvent::LeftBug { bug } => Some(format!("{who} took it out of {}", words::bugs::name(*bug))),
        TicketEvent::ReportRefused { why } => Some(format!("{who} refused it as a bug: {}", none(why))),
        TicketEvent::NextWordPromised { due } => {
            let when = when(reading.visit, *due, reading.now).said;
            Some(format!("{who} promised the next word by {when}"))
        }
        TicketEvent::NextWordOverdue { .. } => Some("The promised word was not given".to_owned()),
        TicketEvent::OutOfScope { entry } => {
            let name = say.policy().scope.get(entry).map(|it| words::markdown::plain(say.text(&it.name)));
            Some(format!("{who} closed it as not covered: {}{words}", name.unwrap_or_else(|| entry.to_string())))
        }
        TicketEvent::Rated { verdict } => Some(match verdict {
            Verdict::Good => "The customer said that it helped".to_owned(),
            Verdict::Bad => "The customer said that it did not help".to_owned(),
        }),
        TicketEvent::AdvisoryKept { .. } => Some(format!("{who} changed the advisory")),
        TicketEvent::EmbargoNear { .. } => Some("The embargo ends soon".to_owned()),
        TicketEvent::SecrecySet { secrecy } => Some(format!("{who} {}", kept_from(*secrecy))),
        TicketEvent::StateChanged { to, because, .. } => {
            Some(format!("{}{words}", moved(&who, reading.side, *to, *because)))
        }
        TicketEvent::Assigned { .. } | TicketEvent::TeamSet { .. } => handed(reading, shown, (happened, &who)),
        TicketEvent::Ruled { .. } => Some(format!("{who} ruled that this was no first response{words}")),
        TicketEvent::OriginalRead { .. } if is_staff => Some(format!("{who} looked at a file as it came{words}")),
        TicketEvent::OriginalRead { .. } => Some("Our team looked at a file as it came, with its secrets".to_owned()),
        TicketEvent::Redacted { .. } => redacted(reading, (event, &who), happened),
        TicketEvent::TakenBack { .. } => Some(format!("{who} took a reply back before it left")),
        TicketEvent::Warned { percent, .. } => Some(format!("{percent} % of the time was used")),
        TicketEvent::Breached { .. } => Some("The time we aim for ran out without an answer".to_owned()),
        TicketEvent::Reminded if is_staff => Some("The desk reminded the customer that it waits".to_owned()),
        TicketEvent::Reminded => Some("The desk reminded you that it waits for your answer".to_owned()),
        _ => None,
    }
}

/// Why a report is no bug of ours.
fn none(why: &RefusedFor) -> String {
    match why {
        RefusedFor::WorksAsDocumented => "it works as documented".to_owned(),
        RefusedFor::DuplicateOf(bug) => format!("it is known as {}", words::bugs::name(*bug)),
        RefusedFor::NotReproducible => "it could not be reproduced".to_owned(),
        RefusedFor::OutOfScope(_) => "it is out of scope".to_owned(),
    }
}

/// Which priority is in force, and by whom.
fn decided(reading: Reading<'_>, shown: &Shown, (it, who, words): (&Happened, &str, &str)) -> Option<String> {
    let Event::Ticket(_, TicketEvent::PriorityDecided { from, to }) = &it.entry.event else { return None };
    let (before, now) = (reading.say.priority_name(from), reading.say.priority_name(to));
    Some(match from == to {
        true => format!("{who} decided the priority {now}{words}"),
        false if follows_wish(shown, it) => {
            format!("{now} counts instead of {before}, as asked for, until an agent decides")
        }
        false => format!("{who} decided {now} instead of {before}{words}"),
    })
}

/// FRT-9: whether it is the wish that counts, and nobody's decision.
fn follows_wish(shown: &Shown, happened: &Happened) -> bool {
    let at = happened.entry.occurred_at;
    let is_wish = |it: &Happened| {
        it.entry.occurred_at == at && matches!(it.entry.event, Event::Ticket(_, TicketEvent::WishRaised { .. }))
    };
    happened.entry.by.kind != ActorKind::Person && shown.happened.iter().any(is_wish)
}

/// PRV-2: by whom, where and why.
fn redacted(reading: Reading<'_>, (event, who): (&TicketEvent, &str), happened: &Happened) -> Option<String> {
    let TicketEvent::Redacted { what, by, others, why } = event else { return None };
    let who = match (by, happened.entry.by.person) {
        (_, Some(_)) => who,
        (Redactor::Customer, None) => "The customer",
        (Redactor::Support, None) => "Our support",
    };
    let words = happened.words.as_deref().unwrap_or_default();
    let (others, why) = (*others, *why);
    Some(redaction::happened(reading.say.lang, redaction::Happened { who, what, others, why, words }))
}

/// Links to the message that it answers, the request that it goes on with, and those that go on with it.
pub(crate) async fn linked(app: &App, visit: &Visit, shown: &Shown, side: Side) -> Result<Vec<Link>, Problem> {
    let link = |words: &str, id: &TicketId| Link::new(format!("{words} {id}"), format!("{}/{id}", side.door()));
    let answered = bugs::answered_by(&app.desk, &visit.actor, shown.ticket.id).await?;
    let answers = answered.map(|it| match side {
        Side::Customer => Link::new("Answers what we wrote to you", format!("/messages/{}", it.circular)),
        Side::Staff => {
            let at = format!("/desk/bugs/{}#message-{}", it.bug, it.circular);
            Link::new(format!("Answers a message about {}", words::bugs::name(it.bug)), at)
        }
    });
    let from = shown.continues.iter().map(|id| link("Goes on from", id));
    let into = shown.ticket.merged_into.iter().map(|id| link("Goes on in", id));
    let linked = from
        .chain(shown.follow_ups.iter().map(|id| link("Goes on in", id)))
        .chain(into)
        .chain(shown.merged_here.iter().map(|id| link("Took in", id)))
        .chain(shown.links.iter().map(|id| link("Has to do with", id)));
    Ok(answers.into_iter().chain(linked).collect())
}

fn kept_from(secrecy: Secrecy) -> &'static str {
    match secrecy {
        Secrecy::Open => "made it visible again to those who may see the organisation’s requests",
        Secrecy::Confidential => "made it confidential",
        Secrecy::Security => "made it a security report, which the security role alone sees",
    }
}

fn moved(who: &str, side: Side, to: State, because: Because) -> String {
    match (to, because) {
        (State::Solved, Because::CustomerClosed) => format!("{who} closed it: it works now"),
        (State::Solved, Because::CustomerConfirmed) => format!("{who} confirmed the fix"),
        (State::Open, Because::CustomerReplied) => format!("{who} wrote, so it is open again"),
        (State::Open, Because::Bounced) => "A reply did not arrive, so it is open again".to_owned(),
        (State::Open, Because::Ruled) => "It was not answered yet, so it is open again".to_owned(),
        (State::Solved, Because::TimeRanOut) => "Nobody wrote for a while, so it counts as solved".to_owned(),
        (State::Closed, Because::TimeRanOut) => "It was solved for a while and is closed".to_owned(),
        (State::ToConfirm, Because::FixShipped) => "The fix was released: it is to be confirmed".to_owned(),
        (State::ToConfirm, Because::FixWithdrawn) => {
            "The fix is in another release: it is to be confirmed again".to_owned()
        }
        (State::WithDevelopers, Because::FixWithdrawn) => {
            "The fix was taken back, so it is with our developers again".to_owned()
        }
        (to, _) => format!("{who} {}", did(to, side)),
    }
}

fn did(to: State, side: Side) -> &'static str {
    match to {
        State::New => "made it new",
        State::Open => "opened it",
        State::WaitingForCustomer if side == Side::Staff => "passed the turn to the customer",
        State::WaitingForCustomer => "passed the turn to you",
        State::WithDevelopers => "handed it to our developers",
        State::ToConfirm => "asked for the fix to be confirmed",
        State::Solved => "solved it",
        State::Closed => "closed it",
    }
}
