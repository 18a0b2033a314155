//! Staff write what an organisation's licences say (ENT-1).

use rules::{
    access::Action,
    entitlement::{Terms, Written, read},
    ids::{LicenceId, OrganisationId},
    refusal::{Fault, FieldFault},
};
use store::licences::Kept;

use super::give::write;
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Gives an organisation one more.
pub async fn add(desk: &Desk, actor: &Actor, organisation: OrganisationId, written: &Written) -> Result<LicenceId> {
    actor.staff(Action::SetOrganisation)?;
    crate::organisations::standing(desk.store.read(), organisation).await?;
    let terms = read(written, desk.policy().await?.policy()).map_err(Error::Invalid)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    check_key(&scribe, &terms, None).await?;
    let licence = write(&mut scribe, (organisation, None), &terms).await?;
    scribe.settle().await?;
    Ok(licence)
}

/// Has one say something else. What it says already changes nothing.
pub async fn change(desk: &Desk, actor: &Actor, of: (OrganisationId, LicenceId), written: &Written) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    of_organisation(desk.store.read(), of).await?;
    let terms = read(written, desk.policy().await?.policy()).map_err(Error::Invalid)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    check_key(&scribe, &terms, Some(of.1)).await?;
    if of_organisation(&scribe.tx, of).await?.terms != terms {
        write(&mut scribe, (of.0, Some(of.1)), &terms).await?;
    }
    scribe.settle().await
}

/// Has it end with this day in the desk's zone; one that ended earlier stays as it is.
pub async fn end(desk: &Desk, actor: &Actor, of: (OrganisationId, LicenceId)) -> Result<()> {
    actor.staff(Action::SetOrganisation)?;
    let today = desk.policy().await?.hours().date_of(desk.now());
    let mut scribe = Scribe::begin(desk, actor).await?;
    let terms = of_organisation(&scribe.tx, of).await?.terms;
    if terms.through.is_none_or(|through| through > today) {
        write(&mut scribe, (of.0, Some(of.1)), &Terms { through: Some(today), ..terms }).await?;
    }
    scribe.settle().await
}

pub(super) async fn of_organisation(
    conn: &store::Handle,
    (organisation, licence): (OrganisationId, LicenceId),
) -> Result<Kept> {
    let kept = store::licences::get(conn, licence).await?;
    if kept.organisation == organisation { Ok(kept) } else { Err(Error::NotFound) }
}

/// A key names one licence.
async fn check_key(scribe: &Scribe<'_>, terms: &Terms, own: Option<LicenceId>) -> Result<()> {
    let Some(key) = &terms.external_key else { return Ok(()) };
    let known = store::licences::by_external_key(&scribe.tx, key).await?;
    let Some(other) = known.filter(|known| Some(known.id) != own) else { return Ok(()) };
    let organisation = store::organisations::get(&scribe.tx, other.organisation).await?.name;
    Err(Error::Invalid(vec![FieldFault { field: "key".to_owned(), fault: Fault::KeyTaken { organisation } }]))
}
