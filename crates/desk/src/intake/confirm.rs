//! The link from the mail is opened and the report sent: its writer is registered, and it is a request that was filed when it
//! was written, whose clock starts now (REG-8).

use rules::{
    events::{By, Channel, Event, PersonEvent},
    ids::{PersonId, TicketId},
    keys::{DetailKey, TypeKey},
    people::{Address, token::Purpose},
    policy::{DetailKind, Policy},
    refusal::Refusal,
};
use store::{
    parked_reports::{self, Parked},
    sessions::Link,
};

use crate::{
    Actor, Desk, Error, Kept, Result,
    actor::Signed,
    licences,
    people::{self, Browser, Entered, NewPassword, expected, open_session, register},
    scribe::Scribe,
    tickets::{Seed, plant},
};

/// A report that waits for its writer's word.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub name: String,
    pub address: String,
    pub subject: String,
    /// Markdown.
    pub finding: String,
    /// Whether the address has an account already; only who holds the link learns it.
    pub has_account: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Confirmed {
    pub ticket: TicketId,
    /// Their session, where the account was made just now.
    pub entered: Option<Entered>,
}

/// What a link is about.
pub async fn waiting(desk: &Desk, link: &str) -> Result<Waiting> {
    let link = expected(desk, Purpose::SecurityReport, link).await?;
    let conn = desk.store.read();
    let parked = parked_reports::of_link(conn, link.id).await?;
    let known = store::people::by_address(conn, &people::link_address(&link)?.key()).await?;
    let Parked { subject, finding, .. } = parked;
    Ok(Waiting { name: link.name, address: link.written, subject, finding, has_account: known.is_some() })
}

/// Files it. Who has no account yet sets a password with it and is signed in.
pub async fn confirm(desk: &Desk, new: NewPassword, browser: Browser<'_>) -> Result<Confirmed> {
    let link = expected(desk, Purpose::SecurityReport, &new.link).await?;
    let address = people::link_address(&link)?;
    let known = store::people::by_address(desk.store.read(), &address.key()).await?;
    let hash = match known {
        Some(_) => None,
        None => Some(people::hashed(desk, (&link.name, &address), &new.password).await?),
    };
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?;
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    if !store::sessions::use_link(&scribe.tx, link.id, scribe.now).await? {
        return Err(Refusal::LinkUsed.into());
    }
    let parked = parked_reports::of_link(&scribe.tx, link.id).await?;
    let (person, entered) = match (known, hash) {
        (None, Some(hash)) => {
            let person = made(&mut scribe, (&link, &address), &hash).await?;
            (person, Some(open_session(&scribe, person, browser).await?))
        }
        (Some(person), _) => (person, None),
        (None, None) => return Err(Error::broken("who has no account sets a password")),
    };
    scribe.by = By::person(person);
    let seed = seed(&scribe, kept, person, parked).await?;
    let ticket = plant(&mut scribe, kept, &seed).await?;
    parked_reports::discard(&scribe.tx, link.id).await?;
    scribe.settle().await?;
    Ok(Confirmed { ticket, entered })
}

/// An account with its password.
async fn made(scribe: &mut Scribe<'_>, (link, address): (&Link, &Address), hash: &str) -> Result<PersonId> {
    let person = register(scribe, &link.name, address).await?;
    store::people::set_password(&scribe.tx, person, hash, scribe.now).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::PasswordSet { person }), now).await?;
    Ok(person)
}

async fn seed(scribe: &Scribe<'_>, kept: &Kept, person: PersonId, parked: Parked) -> Result<Seed> {
    let policy = kept.policy.policy();
    let key = policy.security.as_ref().map(|security| security.request_type.clone()).ok_or(Error::NotFound)?;
    let kind = policy.request_type(&key).ok_or(Error::NotFound)?;
    let writer = Signed::read(&scribe.tx, person).await?;
    let filed_for = writer.files_for.into_iter().next();
    let organisation = filed_for.as_ref().map(|it| it.organisation);
    let entitled = licences::judged(&scribe.tx, organisation, None, (&kept.policy, scribe.now)).await?;
    Ok(Seed {
        requester: person,
        organisation,
        reseller: filed_for.and_then(|it| it.reseller),
        plan: entitled.plan,
        wish: kind.priorities.default.clone(),
        channel: Channel::Portal,
        secrecy: kind.secrecy,
        subject: parked.subject,
        details: asked_first(policy, &key).map(|detail| (detail, parked.finding)).into_iter().collect(),
        request_type: key,
        ticks: vec![],
        parent: None,
        sent_form: None,
        filed_at: Some(parked.reported_at),
        clock_from: Some(scribe.now),
    })
}

/// The first text that the form of the type asks for.
fn asked_first(policy: &Policy, key: &TypeKey) -> Option<DetailKey> {
    let form = policy.form_of(key);
    form.into_iter().find(|(_, detail)| detail.kind == DetailKind::Text).map(|(key, _)| key.clone())
}
