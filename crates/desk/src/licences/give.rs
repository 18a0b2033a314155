//! An organisation is given a licence, or what a known one says is changed (ENT-1).

use jiff::civil::Date;
use rules::{
    access::Action,
    entitlement::Kind,
    events::{Event, OrganisationEvent},
    ids::{LicenceId, OrganisationId},
    keys::{DeploymentKey, PlanKey},
    policy::Policy,
    refusal::{Fault, FieldFault},
};
use store::licences::NewLicence;

use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// What a licence says.
#[derive(Clone, Debug)]
pub struct Given {
    pub organisation: OrganisationId,
    /// How the vendor's books call it: given again under it, the licence is changed.
    pub external_key: Option<String>,
    pub edition: String,
    pub deployment: Option<DeploymentKey>,
    pub plan: Option<PlanKey>,
    pub kind: Kind,
    pub seats: Option<u32>,
    /// Its last day, in the zone of the desk's hours.
    pub through: Option<Date>,
}

/// Gives it; its number.
pub async fn give(desk: &Desk, actor: &Actor, given: Given) -> Result<LicenceId> {
    if !matches!(actor, Actor::Desk) {
        actor.staff(Action::SetOrganisation)?;
    }
    let compiled = desk.policy().await?;
    let faults = check(compiled.policy(), &given);
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let organisation = store::organisations::get(&scribe.tx, given.organisation).await?.id;
    let new = NewLicence {
        organisation,
        external_key: given.external_key.as_deref(),
        product: &compiled.policy().product.name,
        edition: &given.edition,
        deployment: given.deployment.as_ref(),
        plan: given.plan.as_ref(),
        kind: given.kind,
        seats: given.seats,
        through: given.through,
        now: scribe.now,
    };
    let known = match &given.external_key {
        Some(key) => store::licences::by_external_key(&scribe.tx, key).await?,
        None => None,
    };
    let licence = match known {
        // Another organisation's stays theirs: a slip in the books must not move a licence.
        Some(known) if known.organisation != organisation => return Err(Error::Conflict),
        Some(known) => {
            store::licences::change(&scribe.tx, known.rule.id, new).await?;
            known.rule.id
        }
        None => store::licences::insert(&scribe.tx, new).await?,
    };
    let now = scribe.now;
    scribe.record(Event::Organisation(OrganisationEvent::Licensed { organisation, licence }), now).await?;
    scribe.settle().await?;
    Ok(licence)
}

fn check(policy: &Policy, given: &Given) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if let Some(plan) = given.plan.as_ref().filter(|plan| policy.plan(plan).is_none()) {
        faults.push(FieldFault { field: "plan".into(), fault: Fault::NoSuchPlan { plan: plan.clone() } });
    }
    if let Some(deployment) = given.deployment.as_ref().filter(|key| !policy.deployments.contains(*key)) {
        let fault = Fault::NoSuchDeployment { deployment: deployment.clone() };
        faults.push(FieldFault { field: "deployment".into(), fault });
    }
    faults
}
