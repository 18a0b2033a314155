//! The words that a request holds: where each stands, whose they are, since when, and whether customers read them.

use std::collections::BTreeSet;

use rules::{
    access::Written,
    events::{Audience, Author, Entry, Event, Redacted, TicketEvent},
    ids::{PersonId, TicketId},
    instant::Instant,
    keys::DetailKey,
    policy::{DetailKind, Policy},
    redaction::Place,
};
use store::{Handle, drafts::Draft, messages::Message, tickets::Ticket};

use super::plan::Where;
use crate::{Result, clocks::history};

/// A text of a request.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub place: Place,
    pub at: Where,
    pub text: String,
    pub written: Written,
    pub since: Instant,
    /// Whether everybody reads it who sees the request.
    pub is_public: bool,
}

/// All of them, and what people are writing to it.
pub(super) struct Words {
    pub ticket: Ticket,
    pub held: Vec<Held>,
    pub drafts: Vec<Draft>,
}

impl Words {
    pub(super) async fn of(conn: &Handle, (policy, now): (&Policy, Instant), id: TicketId) -> Result<Self> {
        let ticket = store::tickets::get(conn, id).await?;
        let story = history(conn, id).await?;
        let subject = Held {
            place: Place::Subject,
            at: Where::Subject,
            text: ticket.subject.clone(),
            written: Written::ByCustomer(ticket.requester),
            since: ticket.filed_at,
            is_public: true,
        };
        let mut held = vec![subject];
        for (key, value) in store::tickets::details(conn, id).await? {
            if is_words(policy, &key) {
                held.push(detail(&ticket, &story, (key, value)));
            }
        }
        held.extend(store::messages::of_ticket(conn, id).await?.into_iter().map(|it| message(it, now)));
        held.extend(remarks(conn, id, &story).await?);
        for (person, said) in store::satisfaction::of_ticket(conn, id).await? {
            held.push(Held {
                place: Place::Rating(person),
                at: Where::Ratings,
                text: said.words,
                written: Written::ByCustomer(person),
                since: said.said_at,
                is_public: false,
            });
        }
        if let Some((since, affected, body)) = store::redactions::advisory(conn, id).await? {
            let text = |place, text| Held {
                place,
                at: Where::Advisory,
                text,
                written: Written::ByDesk,
                since,
                is_public: false,
            };
            held.extend([text(Place::Affected, affected), text(Place::Advisory, body)]);
        }
        Ok(Self { ticket, held, drafts: store::redactions::drafts(conn, id).await? })
    }
}

/// What is chosen from a list holds a key of the policy, and no words.
fn is_words(policy: &Policy, key: &DetailKey) -> bool {
    policy.details.get(key).is_none_or(|detail| {
        matches!(
            detail.kind,
            DetailKind::Text | DetailKind::Line | DetailKind::Version | DetailKind::File | DetailKind::TextFile
        )
    })
}

/// A detail is theirs who gave it last.
fn detail(ticket: &Ticket, story: &[Entry], (key, text): (DetailKey, String)) -> Held {
    let given = story.iter().rev().find(|entry| {
        matches!(&entry.event, Event::Ticket(_, TicketEvent::DetailsGiven { details, .. }) if details.contains(&key))
    });
    let (by, since) = match given {
        Some(entry) => (entry.by.person.unwrap_or(ticket.requester), entry.occurred_at),
        None => (ticket.requester, ticket.filed_at),
    };
    Held {
        place: Place::Detail(key),
        at: Where::Details,
        text,
        written: Written::ByCustomer(by),
        since,
        is_public: true,
    }
}

fn message(row: Message, now: Instant) -> Held {
    let is_public = row.audience == Audience::Public && row.send_at <= now && row.taken_back_at.is_none();
    Held {
        place: Place::Message(row.id),
        at: match (row.taken_back_at, row.audience) {
            (Some(_), _) => Where::TakenBack,
            (None, Audience::Public) => Where::Messages,
            (None, Audience::Internal) => Where::Notes,
        },
        text: row.body,
        written: match row.author {
            Author::Customer(person) => Written::ByCustomer(person),
            Author::Staff(_) | Author::Machine => Written::ByDesk,
        },
        since: row.posted_at,
        is_public,
    }
}

/// Words that came with events. Of customers' only those for a higher wish are kept so.
async fn remarks(conn: &Handle, id: TicketId, story: &[Entry]) -> Result<Vec<Held>> {
    let mut words = store::events::remarks(conn, id).await?;
    let held = story.iter().filter_map(|entry| {
        let text = words.remove(&entry.seq)?;
        let written = match (&entry.event, entry.by.person) {
            (Event::Ticket(_, TicketEvent::WishRaised { .. }), Some(person)) => Written::ByCustomer(person),
            _ => Written::ByDesk,
        };
        let (place, since) = (Place::Remark(entry.seq), entry.occurred_at);
        Some(Held { place, at: Where::Reasons, text, written, since, is_public: false })
    });
    Ok(held.collect())
}

/// Everybody who has or had to do with a request, and may have made an archive of it.
pub(crate) async fn people(conn: &Handle, id: TicketId) -> Result<Vec<PersonId>> {
    let mut people: BTreeSet<PersonId> = store::tickets::participants(conn, id).await?.into_iter().collect();
    for entry in history(conn, id).await? {
        people.extend(entry.by.person);
        if let Event::Ticket(_, TicketEvent::ParticipantAdded { person }) = entry.event {
            people.insert(person);
        }
    }
    people.extend(store::redactions::drafts(conn, id).await?.into_iter().map(|draft| draft.person));
    Ok(people.into_iter().collect())
}

/// Of the customers whose words or file was redacted; `None` for the desk's own.
pub(crate) async fn whose(conn: &Handle, id: TicketId, what: &Redacted) -> Result<Option<PersonId>> {
    let message = match what {
        Redacted::Passage(Place::Subject) => return Ok(Some(store::tickets::get(conn, id).await?.requester)),
        Redacted::Passage(Place::Detail(key)) => {
            let ticket = store::tickets::get(conn, id).await?;
            let held = detail(&ticket, &history(conn, id).await?, (key.clone(), String::new()));
            return Ok(customer(held.written));
        }
        Redacted::Passage(Place::Rating(person)) => return Ok(Some(*person)),
        Redacted::Passage(Place::Message(message)) => *message,
        Redacted::Passage(_) => return Ok(None),
        Redacted::File(file) => {
            let files = store::redactions::files(conn, id).await?;
            let Some(file) = files.into_iter().find(|it| it.id == *file) else { return Ok(None) };
            match file.message {
                Some(message) => message,
                None => return Ok(Some(file.owner)),
            }
        }
    };
    Ok(match store::messages::get(conn, message).await?.author {
        Author::Customer(person) => Some(person),
        Author::Staff(_) | Author::Machine => None,
    })
}

fn customer(written: Written) -> Option<PersonId> {
    match written {
        Written::ByCustomer(person) => Some(person),
        Written::ByDesk => None,
    }
}
