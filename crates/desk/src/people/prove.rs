//! An address is proven once more (REG-7): when the proof has grown old by the policy, or a receiving server said that nobody
//! is there. Until then nothing of an organisation is seen by it.

use jiff::SignedDuration;
use rules::{
    events::{By, Event, PersonEvent},
    ids::PersonId,
    instant::Instant,
    people::{
        Address,
        proof::{PROOF, nobody_there, too_old},
        token::Purpose,
    },
    refusal::Refusal,
};
use store::people::Unproven;

use super::{
    limits::{Trying, attempt},
    link::{NewLink, expected, make},
};
use crate::{
    Actor, Desk, Error, Result,
    mail::{Order, order},
    scribe::Scribe,
};

/// Addresses looked at in one step.
const BATCH: i64 = 200;

/// Doubts every address whose proof is too old, and asks those who belong to an organisation by mail; how many.
pub async fn doubt_old(desk: &Desk) -> Result<u64> {
    let days = desk.policy().await?.policy().sessions.address_proof_days;
    let mut doubted = 0;
    loop {
        let before = too_old(desk.now(), days);
        let old = store::people::unproven(desk.store.read(), before, BATCH).await?;
        if old.is_empty() {
            return Ok(doubted);
        }
        for address in old {
            let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
            if store::people::doubt_before(&scribe.tx, &address.canonical, before, scribe.now).await? > 0 {
                say_doubted(&mut scribe, address.person, false).await?;
                if address.is_member {
                    ask(&mut scribe, &address).await?;
                }
                doubted += 1;
            }
            scribe.settle().await?;
        }
    }
}

/// A server refused a mail to somebody for good: if nobody is there, the address is in doubt. No mail asks, since none would
/// arrive; the next page does.
pub(crate) async fn doubt_bounced(scribe: &mut Scribe<'_>, person: PersonId, answer: &str) -> Result<()> {
    if nobody_there(answer) && store::people::doubt_bounced(&scribe.tx, person, scribe.now).await? > 0 {
        say_doubted(scribe, person, true).await?;
    }
    Ok(())
}

async fn say_doubted(scribe: &mut Scribe<'_>, person: PersonId, bounced: bool) -> Result<()> {
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::AddressDoubted { person, bounced }), now).await.map(drop)
}

async fn ask(scribe: &mut Scribe<'_>, of: &Unproven) -> Result<()> {
    let address = Address::parse(&of.written).map_err(|_| Error::broken("a kept address was read before"))?;
    let name = store::people::get(&scribe.tx, of.person).await?.name;
    send(scribe, (of.person, &name, &address), PROOF).await
}

async fn send(
    scribe: &mut Scribe<'_>,
    (person, name, address): (PersonId, &str, &Address),
    good_for: SignedDuration,
) -> Result<()> {
    let expires_at: Instant = scribe.now.plus(good_for);
    let new = NewLink { purpose: Purpose::ProveAddress, person: Some(person), name, address, expires_at };
    let link = make(scribe, new).await?;
    order(scribe, Order::Proof { link }).await
}

/// Sends a link to one's own address.
pub async fn ask_proof(desk: &Desk, actor: &Actor) -> Result<Address> {
    let signed = actor.signed()?;
    let address = Address::parse(&signed.address).map_err(|_| Error::NotFound)?;
    let tx = desk.store.begin().await?;
    attempt(&tx, Trying::Prove, &address.key(), actor.network(), desk.now()).await?;
    tx.commit().await?;
    let hours = i64::from(desk.policy().await?.policy().links.verification_hours);
    let mut scribe = Scribe::begin(desk, actor).await?;
    send(&mut scribe, (signed.person, &signed.name, &address), SignedDuration::from_hours(hours)).await?;
    scribe.settle().await?;
    Ok(address)
}

/// Opens the link: the address is its person's.
pub async fn prove(desk: &Desk, text: &str) -> Result<()> {
    let link = expected(desk, Purpose::ProveAddress, text).await?;
    let person = link.person.ok_or(Refusal::LinkUnknown)?;
    let mut scribe = Scribe::begin(desk, &Actor::DESK).await?;
    if !store::sessions::use_link(&scribe.tx, link.id, scribe.now).await? {
        return Err(Refusal::LinkUsed.into());
    }
    scribe.by = By::person(person);
    proven(&scribe, &link.canonical).await?;
    let now = scribe.now;
    scribe.record(Event::Person(PersonEvent::Verified { person }), now).await?;
    scribe.settle().await
}

/// A link in a mail to this address was opened.
pub(crate) async fn proven(scribe: &Scribe<'_>, canonical: &str) -> Result<()> {
    Ok(store::people::prove(&scribe.tx, canonical, scribe.now).await?)
}

/// Whether it is in doubt that a person's address is theirs.
pub async fn is_doubted(desk: &Desk, person: PersonId) -> Result<bool> {
    Ok(store::people::reader(desk.store.read(), person).await?.doubted_at.is_some())
}
