//! Mails that tell one event of a request: from its entry in the journal to the facts of the mail.

use rules::{
    events::{Entry, Event, Redacted, Secrecy, State, TicketEvent},
    ids::{MessageId, PersonId, TicketId},
    keys::{DetailKey, EntryKey, PriorityKey},
    redaction::Redactor,
};
use serde::{Deserialize, Serialize};

use super::facts::{happened, priority, request};
use crate::{
    Desk, Result,
    ports::{About, ScopeFacts},
    tickets::{self, RatingLink},
};

/// Which event is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// To those whose request it is (REQ-8).
    Converted,
    /// To the security role: a request is for it alone from now on (SEC-1).
    SecurityReport,
    /// To who was added to it.
    Added,
    /// To those whose request was merged into another (FRT-5).
    Merged,
    /// To assignee or leads: the promised word is late (FRT-7).
    WordOverdue,
    /// To assignee or leads: a person escalated it (PLN-3).
    Escalated,
    /// To those whose request it is: it is closed under an entry of the scope (SCO-1).
    OutOfScope,
    /// To who filed it, after its end: how it went.
    AskRating,
    /// To the security role: an embargo ends soon (SEC-1).
    EmbargoNear,
    /// To whose it was: staff redacted something (PRV-2).
    Redacted,
}

impl Told {
    /// Its kind, for lists of mails and for keys.
    pub fn kind(self) -> &'static str {
        match self {
            Told::Converted => "converted",
            Told::SecurityReport => "security_report",
            Told::Added => "added",
            Told::Merged => "merged",
            Told::WordOverdue => "word_overdue",
            Told::Escalated => "escalated",
            Told::OutOfScope => "out_of_scope",
            Told::AskRating => "ask_rating",
            Told::EmbargoNear => "embargo_near",
            Told::Redacted => "redacted",
        }
    }

    fn is(self, event: &TicketEvent) -> bool {
        match self {
            Told::Converted => matches!(event, TicketEvent::Converted { .. }),
            Told::SecurityReport => match event {
                TicketEvent::SecrecySet { secrecy } => *secrecy == Secrecy::Security,
                TicketEvent::Opened(opened) => opened.secrecy == Secrecy::Security,
                _ => false,
            },
            Told::Added => matches!(event, TicketEvent::ParticipantAdded { .. }),
            Told::Merged => matches!(event, TicketEvent::MergedInto { .. }),
            Told::WordOverdue => matches!(event, TicketEvent::NextWordOverdue { .. }),
            Told::Escalated => matches!(event, TicketEvent::Escalated),
            Told::OutOfScope => matches!(event, TicketEvent::OutOfScope { .. }),
            Told::AskRating => matches!(event, TicketEvent::StateChanged { to: State::Closed, .. }),
            Told::EmbargoNear => matches!(event, TicketEvent::EmbargoNear { .. }),
            Told::Redacted => matches!(event, TicketEvent::Redacted { by: Redactor::Support, .. }),
        }
    }
}

/// A mail about what happened at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    pub what: Told,
    pub ticket: TicketId,
    pub to: PersonId,
    /// Microseconds.
    pub at: i64,
}

/// Who escalated it, and why.
async fn escalated(desk: &Desk, id: TicketId, (by, reason): (Option<PersonId>, String)) -> Result<About> {
    let author = match by {
        Some(person) => store::people::get(desk.store.read(), person).await?.name,
        None => String::new(),
    };
    Ok(About::Escalated { request: request(desk, id).await?, author, reason })
}

/// What it says; `None` where it is owed no more.
pub(super) async fn about(desk: &Desk, telling: &Telling) -> Result<Option<About>> {
    let found = happened(desk, telling.ticket, telling.at, |event| telling.what.is(event)).await?;
    let Some((Entry { by, event: Event::Ticket(id, event), .. }, reason)) = found else { return Ok(None) };
    match event {
        TicketEvent::Converted { from, priority: now, .. } => {
            converted(desk, id, (from.as_str(), &now), reason).await.map(Some)
        }
        TicketEvent::SecrecySet { .. } | TicketEvent::Opened(_) => {
            Ok(Some(About::SecurityReport { request: request(desk, id).await? }))
        }
        TicketEvent::ParticipantAdded { person } => added(desk, (id, telling.at), (person, by.person)).await,
        TicketEvent::MergedInto { survivor } => merged(desk, id, survivor).await,
        TicketEvent::NextWordOverdue { due } => Ok(Some(About::WordOverdue { request: request(desk, id).await?, due })),
        TicketEvent::Escalated => escalated(desk, id, (by.person, reason)).await.map(Some),
        TicketEvent::OutOfScope { entry } => out_of_scope(desk, id, (&entry, reason)).await,
        TicketEvent::StateChanged { .. } => {
            let said = store::satisfaction::of_ticket(desk.store.read(), id).await?;
            if said.iter().any(|(person, _)| *person == telling.to) {
                return Ok(None);
            }
            let link = RatingLink::new(desk, id, telling.to);
            let url = format!("{}/rating/{}", desk.settings.base_url, link.text());
            Ok(Some(About::AskRating { request: request(desk, id).await?, url }))
        }
        TicketEvent::Redacted { what, why, .. } => {
            let request = request(desk, id).await?;
            Ok(Some(About::Redacted { request, is_file: matches!(what, Redacted::File(_)), why, words: reason }))
        }
        TicketEvent::EmbargoNear { until } => Ok(Some(About::EmbargoNear { request: request(desk, id).await?, until })),
        _ => Ok(None),
    }
}

async fn converted(desk: &Desk, id: TicketId, (from, now): (&str, &PriorityKey), reason: String) -> Result<About> {
    let ticket = store::tickets::get(desk.store.read(), id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let before = policy.types.get(from).map_or_else(|| from.to_owned(), |kind| kind.name.say("en").to_owned());
    let lacks = tickets::lacks(desk, &ticket).await?;
    let missing = lacks.labels(policy).map(|label| label.say("en").to_owned()).collect();
    // What an agent decided before may have moved into the range of the new type.
    let priority = if *now == ticket.wish { None } else { Some(priority(desk, now).await?) };
    Ok(About::Converted {
        request: request(desk, id).await?,
        before,
        reason,
        priority,
        missing,
        points: lacks.ticks.len(),
    })
}

/// The details that came with a message, as Markdown: each name, and what was answered; empty where none did.
pub(super) async fn given(desk: &Desk, ticket: TicketId, message: MessageId) -> Result<String> {
    let conn = desk.store.read();
    let history = crate::clocks::history(conn, ticket).await?;
    let keys = history.into_iter().find_map(|entry| match entry.event {
        Event::Ticket(_, TicketEvent::DetailsGiven { details, message: Some(of) }) if of == message => Some(details),
        _ => None,
    });
    let Some(keys) = keys else { return Ok(String::new()) };
    let compiled = desk.policy().await?;
    let answers = store::tickets::details(conn, ticket).await?;
    let line = |key: &DetailKey| {
        let detail = compiled.policy().details.get(key)?;
        let answer = answers.iter().find(|(of, _)| of == key).map_or("", |(_, value)| value.as_str());
        Some(format!("**{}**\n\n{answer}", detail.label.say("en")))
    };
    Ok(keys.iter().filter_map(line).collect::<Vec<_>>().join("\n\n"))
}

/// By whom somebody was added; `None` when they were taken off again.
async fn added(
    desk: &Desk,
    (id, at): (TicketId, i64),
    (person, by): (PersonId, Option<PersonId>),
) -> Result<Option<About>> {
    let conn = desk.store.read();
    if !store::tickets::participants(conn, id).await?.contains(&person) {
        return Ok(None);
    }
    // Who came along with a merge hears of that.
    let came_along = |entry: &Entry| {
        entry.occurred_at.micros() == at && matches!(entry.event, Event::Ticket(_, TicketEvent::Absorbed { .. }))
    };
    if crate::clocks::history(conn, id).await?.iter().any(came_along) {
        return Ok(None);
    }
    let by = match by {
        Some(by) => store::people::get(conn, by).await?.name,
        None => String::new(),
    };
    let goes_on = store::tickets::facts(conn, id).await?.heirs.contains(&person);
    Ok(Some(About::Added { request: request(desk, id).await?, by, goes_on }))
}

/// Where it goes on; `None` when the merge was undone.
async fn merged(desk: &Desk, id: TicketId, survivor: TicketId) -> Result<Option<About>> {
    if store::tickets::get(desk.store.read(), id).await?.merged_into != Some(survivor) {
        return Ok(None);
    }
    let there = request(desk, survivor).await?;
    Ok(Some(About::Merged { request: request(desk, id).await?, survivor: there }))
}

async fn out_of_scope(desk: &Desk, id: TicketId, (key, reason): (&EntryKey, String)) -> Result<Option<About>> {
    let compiled = desk.policy().await?;
    let Some(entry) = compiled.policy().scope.get(key) else { return Ok(None) };
    let say = |text: &rules::policy::Text| text.say("en").to_owned();
    let scope = ScopeFacts {
        name: say(&entry.name),
        text: say(&entry.text),
        except: entry.except.as_ref().map(say),
        instead: entry.instead.as_ref().map(say),
        link: entry.link.clone(),
        reason,
    };
    Ok(Some(About::OutOfScope { request: request(desk, id).await?, scope }))
}
