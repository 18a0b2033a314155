//! Which region of the policy an organisation belongs to (PLN-3). It counts for what is filed from now on: clocks that run
//! keep what they began with.

use rules::{
    access::Action,
    events::{Event, OrganisationEvent},
    ids::OrganisationId,
    keys::RegionKey,
};

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Says it; `None` for no region. One that the policy in force does not have is none.
pub async fn set_region(desk: &Desk, actor: &Actor, id: OrganisationId, region: Option<RegionKey>) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let compiled = desk.policy().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let organisation = store::organisations::get(&scribe.tx, id).await?;
    if region.as_ref().is_some_and(|region| !compiled.policy().regions.contains(region)) {
        return Err(Error::NotFound);
    }
    if organisation.region == region {
        return scribe.settle().await;
    }
    store::organisations::set_region(&scribe.tx, id, region.as_ref()).await?;
    let event = OrganisationEvent::RegionSet { organisation: id, region };
    scribe.record(Event::Organisation(event), scribe.now).await?;
    scribe.settle().await
}
