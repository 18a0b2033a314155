//! Where an organisation runs the product: its edition, by its licence or as staff know it, and its instance of the cloud.

use rules::{
    access::Action,
    events::{Event, OrganisationEvent},
    ids::OrganisationId,
    policy::{Chosen, Policy},
    refusal::{Fault, FieldFault},
    releases::{Edition, Instance, Place},
};
use store::{Handle, releases::OrganisationPlace};

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// What is known of where it runs.
pub async fn where_it_runs(desk: &Desk, actor: &Actor, organisation: OrganisationId) -> Result<OrganisationPlace> {
    actor.staff(Action::UseDesk)?;
    Ok(store::releases::place(desk.store.read(), organisation).await?)
}

/// Staff say where it runs; an empty name says that it is not known.
pub async fn set_place(
    desk: &Desk,
    actor: &Actor,
    organisation: OrganisationId,
    (edition, instance): (&str, &str),
) -> Result<()> {
    actor.staff(Action::UseDesk)?;
    crate::organisations::standing(desk.store.read(), organisation).await?;
    actor.staff(Action::SetOrganisation)?;
    let product = desk.policy().await?.policy().product.released();
    let wrong = |field: &str| Error::Invalid(vec![FieldFault { field: field.to_owned(), fault: Fault::NotOffered }]);
    let edition = named(edition, Edition::read, |it| product.editions.contains(it)).ok_or_else(|| wrong("edition"))?;
    let instance =
        named(instance, Instance::read, |it| product.instances.contains(it)).ok_or_else(|| wrong("instance"))?;
    let place = OrganisationPlace { edition, instance };
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::releases::place(&scribe.tx, organisation).await? != place {
        store::releases::set_place(&scribe.tx, organisation, &place).await?;
        let OrganisationPlace { edition, instance } = place;
        let (event, now) = (OrganisationEvent::PlaceSet { organisation, edition, instance }, scribe.now);
        scribe.record(Event::Organisation(event), now).await?;
    }
    scribe.settle().await
}

/// Nothing, or one of those that there are; none for any other.
fn named<T, E>(
    written: &str,
    read: impl Fn(&str) -> std::result::Result<T, E>,
    is_known: impl Fn(&T) -> bool,
) -> Option<Option<T>> {
    if written.trim().is_empty() {
        return Some(None);
    }
    read(written).ok().filter(is_known).map(Some)
}

/// Where a request of this organisation runs it, as far as its details and what is known of the organisation say.
pub(crate) async fn place_of(
    conn: &Handle,
    policy: &Policy,
    organisation: Option<OrganisationId>,
    chosen: Chosen<'_>,
) -> Result<Place> {
    let Some(organisation) = organisation else { return Ok(policy.place(chosen, None, None)) };
    let organisation = store::merges::survivor(conn, organisation).await?;
    let known = store::releases::place(conn, organisation).await?;
    let editions = policy.product.released().editions;
    let licensed = match editions.is_empty() {
        true => None,
        false => {
            let licences = store::licences::of_organisation(conn, organisation).await?;
            let there = |it: &store::licences::Kept| {
                it.terms.deployment.as_ref().is_none_or(|of| chosen.deployment == Some(of))
            };
            let mut named: Vec<Edition> =
                licences.iter().filter(|it| there(it)).filter_map(|it| Edition::read(&it.terms.edition).ok()).collect();
            named.retain(|edition| editions.contains(edition));
            named.dedup();
            // Of several nobody knows which one it is.
            if named.len() == 1 { named.pop() } else { None }
        }
    };
    let edition = known.edition.filter(|edition| editions.contains(edition)).or(licensed);
    Ok(policy.place(chosen, edition, known.instance))
}
