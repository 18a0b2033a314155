//! After its end a customer says how a request went: one click from a mail or from its page, never a response (FRT-2).

use rules::{
    events::{TicketEvent, Verdict},
    ids::{PersonId, TicketId},
    refusal::Refusal,
};

use super::seen;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Characters of the words that go with it.
const WORDS: usize = 2_000;

#[derive(Clone, Debug)]
pub struct Rating {
    pub verdict: Verdict,
    pub words: String,
}

/// Whose request it is says it, as long as it is over; saying it again changes it.
pub async fn rate(desk: &Desk, actor: &Actor, id: TicketId, rating: Rating) -> Result<()> {
    let signed = actor.signed()?;
    let (facts, _) = seen(desk.store.read(), signed, id).await?;
    if facts.requester != signed.person {
        return Err(Refusal::MayOnlyRead.into());
    }
    write(desk, actor, (id, signed.person), rating).await
}

/// The same by the link of a mail, which proves who it was sent to.
pub async fn rate_by_link(desk: &Desk, link: &RatingLink, rating: Rating) -> Result<()> {
    link.prove(desk)?;
    write(desk, &Actor::DESK, (link.ticket, link.person), rating).await
}

async fn write(desk: &Desk, actor: &Actor, (id, person): (TicketId, PersonId), rating: Rating) -> Result<()> {
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if !ticket.state.is_over() || ticket.requester != person {
        return Err(Refusal::NothingToRate.into());
    }
    let words: String = rating.words.trim().chars().take(WORDS).collect();
    let verdict = store::satisfaction::Said { verdict: rating.verdict, words, said_at: scribe.now };
    store::satisfaction::say(&scribe.tx, (id, person), &verdict).await?;
    scribe.ticket(id, TicketEvent::Rated { verdict: rating.verdict }).await?;
    scribe.settle().await
}

/// What a mail's link names, signed by the desk.
#[derive(Clone, Debug)]
pub struct RatingLink {
    pub ticket: TicketId,
    pub person: PersonId,
    pub signature: String,
}

impl RatingLink {
    pub(crate) fn new(desk: &Desk, ticket: TicketId, person: PersonId) -> Self {
        let signature = key(desk).sign(&[&ticket.0.to_be_bytes(), &person.0.to_be_bytes()]);
        Self { ticket, person, signature: signature.iter().map(|byte| format!("{byte:02x}")).collect() }
    }

    /// The last parts of its address.
    pub(crate) fn text(&self) -> String {
        format!("{}/{}/{}", self.ticket, self.person, self.signature)
    }

    /// Whether this desk made it.
    pub fn prove(&self, desk: &Desk) -> Result<()> {
        let bytes: Option<Vec<u8>> = (0..self.signature.len())
            .step_by(2)
            .map(|at| self.signature.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
            .collect();
        let parts: [&[u8]; 2] = [&self.ticket.0.to_be_bytes(), &self.person.0.to_be_bytes()];
        match bytes {
            Some(bytes) if key(desk).verify(&parts, &bytes) => Ok(()),
            _ => Err(Error::NotFound),
        }
    }
}

fn key(desk: &Desk) -> rules::people::SecretKey {
    desk.settings.secret_key.for_purpose("rating of a request")
}
