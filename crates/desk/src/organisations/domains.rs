//! The domains by which an organisation is known (REG-4): whoever proves an address below one joins it from then on.

use rules::{
    access::Action,
    events::{EntrySet, Event, OrganisationEvent},
    ids::OrganisationId,
    people::{Domain, may_claim},
    refusal::OrganisationRefusal,
};

use super::sharing::{refused, standing};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Adds an entry.
pub async fn claim(desk: &Desk, actor: &Actor, id: OrganisationId, text: &str) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    standing(desk.store.read(), id).await?;
    let not_one = || refused(OrganisationRefusal::NotADomain { text: text.trim().chars().take(200).collect() });
    let domain = Domain::parse(text.trim().trim_start_matches('@')).map_err(|_| not_one())?;
    let compiled = desk.policy().await?;
    may_claim(&domain, &compiled.policy().domains.additions())
        .map_err(|why| refused(OrganisationRefusal::NoEntry(why)))?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let name = domain.as_str().to_owned();
    let known = store::organisations::domains(&scribe.tx, std::slice::from_ref(&name)).await?;
    match known.first() {
        Some((_, whose)) if *whose == id => return scribe.settle().await,
        Some((_, whose)) => {
            let organisation = store::organisations::get(&scribe.tx, *whose).await?.name;
            return Err(refused(OrganisationRefusal::EntryOfAnother { organisation }));
        }
        None => store::organisations::claim_domain(&scribe.tx, id, &name).await?,
    }
    let note = store::organisations::note_domain(&scribe.tx, id, &name).await?;
    set(&mut scribe, id, EntrySet::Claimed(note)).await?;
    scribe.settle().await
}

async fn set(scribe: &mut Scribe<'_>, organisation: OrganisationId, entry: EntrySet) -> Result<()> {
    let event = OrganisationEvent::DomainsSet { organisation, entry: Some(entry) };
    scribe.record(Event::Organisation(event), scribe.now).await.map(drop)
}

/// Takes an entry away; who joined by it stays.
pub async fn release(desk: &Desk, actor: &Actor, id: OrganisationId, domain: &str) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::organisations::release_domain(&scribe.tx, id, domain).await? == 0 {
        return Err(Error::NotFound);
    }
    let note = store::organisations::note_domain(&scribe.tx, id, domain).await?;
    set(&mut scribe, id, EntrySet::Released(note)).await?;
    scribe.settle().await
}
