//! What an organisation holds, and what it is entitled to at this moment.

use rules::{
    access::Action,
    entitlement::{Entitled, Licence, judge},
    ids::OrganisationId,
    instant::Instant,
    keys::DeploymentKey,
    policy::Compiled,
};
use store::{Handle, licences::Kept};

use crate::{Actor, Desk, Result};

/// What an actor would file with: for the organisation that their requests are of; a visitor has no licence that we know.
pub async fn entitled(desk: &Desk, actor: &Actor, deployment: Option<&DeploymentKey>) -> Result<Entitled> {
    let Actor::Person(signed) = actor else { return Ok(Entitled::UNKNOWN) };
    let organisation = signed.organisations.first().map(|(id, _)| *id);
    let (compiled, now) = (desk.policy().await?, desk.now());
    judged(desk.store.read(), organisation, deployment, (&compiled, now)).await
}

/// ENT-2, at an instant: the day is counted in the zone of the desk's hours.
pub(crate) async fn judged(
    conn: &Handle,
    organisation: Option<OrganisationId>,
    deployment: Option<&DeploymentKey>,
    (compiled, at): (&Compiled, Instant),
) -> Result<Entitled> {
    let Some(organisation) = organisation else { return Ok(Entitled::UNKNOWN) };
    let kept = store::licences::of_organisation(conn, organisation).await?;
    let licences: Vec<Licence> = kept.into_iter().map(|kept| kept.rule).collect();
    Ok(judge(&licences, deployment, compiled.hours().date_of(at), compiled.policy()))
}

/// All licences of an organisation, for staff and the command line; the first given first.
pub async fn held(desk: &Desk, actor: &Actor, organisation: OrganisationId) -> Result<Vec<Kept>> {
    if !matches!(actor, Actor::Desk) {
        actor.staff(Action::UseDesk)?;
    }
    let conn = desk.store.read();
    store::organisations::get(conn, organisation).await?;
    Ok(store::licences::of_organisation(conn, organisation).await?)
}
