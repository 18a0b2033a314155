//! What an organisation holds, and what it is entitled to at this moment.

use rules::{
    access::Action,
    entitlement::{Choice, Entitled, Licence, Standing, choose},
    events::Secrecy,
    ids::{OrganisationId, PersonId},
    instant::Instant,
    keys::{DeploymentKey, TypeKey},
    policy::Compiled,
};
use store::{Handle, licences::Kept};

use super::contacts::unnamed;
use crate::{Actor, Desk, Result, actor::FilesFor};

/// What an actor would file with: for the organisation that their requests are of; a visitor has no licence that we know.
pub async fn entitled(desk: &Desk, actor: &Actor, deployment: Option<&DeploymentKey>) -> Result<Entitled> {
    let Actor::Person(signed) = actor else { return Ok(Entitled::UNKNOWN) };
    let (compiled, now) = (desk.policy().await?, desk.now());
    judged_for(desk.store.read(), (signed.files_for.first(), signed.person), deployment, (&compiled, now)).await
}

/// ENT-2, at an instant: the day is counted in the zone of the desk's hours.
pub(crate) async fn judged(
    conn: &Handle,
    organisation: Option<OrganisationId>,
    deployment: Option<&DeploymentKey>,
    (compiled, at): (&Compiled, Instant),
) -> Result<Entitled> {
    let Some(organisation) = organisation else { return Ok(Entitled::UNKNOWN) };
    let organisation = store::merges::survivor(conn, organisation).await?;
    let kept = store::licences::of_organisation(conn, organisation).await?;
    Ok(choose(&rules_of(&kept), deployment, compiled.hours().date_of(at), compiled.policy()).0)
}

/// The same for somebody who files: whether it is they who may (PLN-5). A reseller files by its grant, and takes no place of
/// a named contact (ENT-4). Every channel asks this.
pub(crate) async fn judged_for(
    conn: &Handle,
    (files_for, person): (Option<&FilesFor>, PersonId),
    deployment: Option<&DeploymentKey>,
    at: (&Compiled, Instant),
) -> Result<Entitled> {
    let entitled = judged(conn, files_for.map(|it| it.organisation), deployment, at).await?;
    let Some(FilesFor { organisation, reseller: None, .. }) = files_for else { return Ok(entitled) };
    let plan = entitled.plan.as_ref().and_then(|plan| at.0.policy().plan(plan));
    let number = plan.and_then(|plan| plan.named_contacts);
    Ok(Entitled { unnamed: unnamed(conn, (*organisation, person), number).await?, ..entitled })
}

pub(super) fn rules_of(kept: &[Kept]) -> Vec<Licence> {
    kept.iter().map(Kept::rule).collect()
}

/// How a request stands with the licence of its organisation.
#[derive(Clone, Debug)]
pub struct Beside {
    pub today: Entitled,
    pub choice: Choice,
    /// The licence by which it is judged today.
    pub by: Option<Kept>,
    /// ENT-2: it was filed without a licence that counts, by what is known now: a renewal clears it.
    pub flagged: Option<Standing>,
}

/// For staff, beside a request.
pub(crate) async fn beside(
    conn: &Handle,
    compiled: &Compiled,
    (organisation, deployment): (Option<OrganisationId>, Option<&DeploymentKey>),
    (request_type, filed_at, now): (&TypeKey, Instant, Instant),
) -> Result<Beside> {
    let kept = match organisation {
        // What ended in another is judged by what that one has (VIS-4).
        Some(organisation) => {
            let organisation = store::merges::survivor(conn, organisation).await?;
            store::licences::of_organisation(conn, organisation).await?
        }
        None => vec![],
    };
    let licences = rules_of(&kept);
    let on = |at| choose(&licences, deployment, compiled.hours().date_of(at), compiled.policy());
    let ((today, choice), (filed, _)) = (on(now), on(filed_at));
    let kind = compiled.policy().request_type(request_type);
    let counts = kind.is_none_or(|kind| kind.secrecy != Secrecy::Security);
    Ok(Beside {
        choice,
        by: kept.into_iter().find(|it| Some(it.id) == today.licence),
        flagged: (counts && filed.is_flagged()).then_some(filed.standing),
        today,
    })
}

/// All licences of an organisation, for staff and the command line; the first given first.
pub async fn held(desk: &Desk, actor: &Actor, organisation: OrganisationId) -> Result<Vec<Kept>> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::UseDesk)?;
    }
    let conn = desk.store.read();
    store::organisations::get(conn, organisation).await?;
    Ok(store::licences::of_organisation(conn, organisation).await?)
}
