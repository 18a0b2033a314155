//! Mails that tell one event of a request: from its entry in the journal to the facts of the mail.

use rules::{
    events::{Entry, Event, Secrecy, TicketEvent},
    ids::{MessageId, PersonId, TicketId},
    keys::{DetailKey, PriorityKey},
};
use serde::{Deserialize, Serialize};

use super::facts::{happened, priority, request};
use crate::{Desk, Result, ports::About, tickets};

/// Which event is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// To those whose request it is (REQ-8).
    Converted,
    /// To the security role: a request is for it alone from now on (SEC-1).
    SecurityReport,
}

impl Told {
    /// Its kind, for lists of mails and for keys.
    pub fn kind(self) -> &'static str {
        match self {
            Told::Converted => "converted",
            Told::SecurityReport => "security_report",
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

/// What it says; `None` where it is owed no more.
pub(super) async fn about(desk: &Desk, telling: &Telling) -> Result<Option<About>> {
    let found = happened(desk, telling.ticket, telling.at, |event| telling.what.is(event)).await?;
    let Some((Entry { event: Event::Ticket(id, event), .. }, reason)) = found else { return Ok(None) };
    match event {
        TicketEvent::Converted { from, priority: now, .. } => {
            converted(desk, id, (from.as_str(), &now), reason).await.map(Some)
        }
        TicketEvent::SecrecySet { .. } | TicketEvent::Opened(_) => {
            Ok(Some(About::SecurityReport { request: request(desk, id).await? }))
        }
        _ => Ok(None),
    }
}

async fn converted(desk: &Desk, id: TicketId, (from, now): (&str, &PriorityKey), reason: String) -> Result<About> {
    let ticket = store::tickets::get(desk.store.read(), id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let before = policy.types.get(from).map_or_else(|| from.to_owned(), |kind| kind.name.say("en").to_owned());
    let lacks = tickets::lacks(desk, &ticket).await?;
    let missing = lacks.labels(policy).into_iter().map(|label| label.say("en").to_owned()).collect();
    // What an agent decided before may have moved into the range of the new type.
    let priority = if *now == ticket.wish { None } else { Some(priority(desk, now).await?) };
    Ok(About::Converted { request: request(desk, id).await?, before, reason, priority, missing })
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
