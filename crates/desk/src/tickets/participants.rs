//! Who takes part in a request besides who filed it (VIS-1): colleagues, added by the requester or by staff.

use rules::{
    access::{Action, CustomerAction, Staff, TicketFacts, WhySeen, may_as_customer},
    events::TicketEvent,
    ids::{PersonId, TicketId},
    instant::Instant,
    people::Address,
    refusal::Refusal,
};
use store::Handle;

use super::seen;
use crate::{Actor, Desk, Error, Result, actor::Signed, scribe::Scribe};

/// Adds the person with that address. Customers add colleagues of the request's organisation, staff any customer.
pub async fn add_participant(desk: &Desk, actor: &Actor, id: TicketId, address: &str) -> Result<()> {
    let signed = actor.signed()?;
    let (facts, why) = seen(desk.store.read(), signed, id).await?;
    let is_staff = is_staff(actor, signed, why)?;
    if !is_staff && !may_as_customer(why, CustomerAction::AddParticipant) {
        return Err(Refusal::MayOnlyRead.into());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let unknown = if is_staff { Refusal::NobodyThere } else { Refusal::NoColleague };
    let Some(person) = customer_at(&scribe.tx, address).await? else { return Err(unknown.into()) };
    if !is_staff && !is_colleague(&scribe.tx, person, &facts).await? {
        return Err(unknown.into());
    }
    if !store::tickets::participants(&scribe.tx, id).await?.contains(&person) {
        add(&mut scribe, id, person).await?;
    }
    scribe.settle().await
}

pub(super) async fn add(scribe: &mut Scribe<'_>, id: TicketId, person: PersonId) -> Result<()> {
    let now: Instant = scribe.now;
    store::tickets::add_participant(&scribe.tx, id, person, now).await?;
    scribe.ticket(id, TicketEvent::ParticipantAdded { person }).await?;
    Ok(())
}

/// Takes somebody off: the requester anybody who was added, everybody themselves, staff both.
pub async fn remove_participant(desk: &Desk, actor: &Actor, id: TicketId, person: PersonId) -> Result<()> {
    let signed = actor.signed()?;
    let (facts, why) = seen(desk.store.read(), signed, id).await?;
    let may_any = is_staff(actor, signed, why)? || may_as_customer(why, CustomerAction::AddParticipant);
    if !may_any && person != signed.person {
        return Err(Refusal::MayOnlyRead.into());
    }
    if person == facts.requester {
        return Err(Refusal::RequesterStays.into());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if !store::tickets::participants(&scribe.tx, id).await?.contains(&person) {
        return Err(Error::NotFound);
    }
    remove(&mut scribe, id, person).await?;
    scribe.settle().await
}

pub(super) async fn remove(scribe: &mut Scribe<'_>, id: TicketId, person: PersonId) -> Result<()> {
    store::tickets::remove_participant(&scribe.tx, id, person).await?;
    scribe.ticket(id, TicketEvent::ParticipantRemoved { person }).await?;
    Ok(())
}

/// Whether they act as staff here: who filed it or was added acts as that.
fn is_staff(actor: &Actor, signed: &Signed, why: WhySeen) -> Result<bool> {
    if signed.scope.staff == Staff::None || matches!(why, WhySeen::Requester | WhySeen::Participant | WhySeen::Heir) {
        return Ok(false);
    }
    actor.staff(Action::SetAudience)?;
    Ok(true)
}

/// The customer whose verified address that is; staff see requests by their grants.
async fn customer_at(conn: &Handle, address: &str) -> Result<Option<PersonId>> {
    let Ok(address) = Address::parse(address) else { return Ok(None) };
    let Some(person) = store::people::by_address(conn, &address.key()).await? else { return Ok(None) };
    Ok(store::people::grants(conn, person).await?.is_empty().then_some(person))
}

/// Of the organisation that it was filed for, or of the reseller that filed it.
async fn is_colleague(conn: &Handle, person: PersonId, facts: &TicketFacts) -> Result<bool> {
    let sides = [facts.organisation, facts.reseller];
    let memberships = store::organisations::memberships(conn, person).await?;
    Ok(memberships.iter().any(|it| it.until.is_none() && sides.contains(&Some(it.organisation.id))))
}
