//! A person takes holidays into the policy: proposals, own days, days of a calendar file, or none any more (PLN-6). It makes a
//! new version of the policy in force, as any other change of it does (POL-3).

use rules::{
    holidays::amend::{Amendment, amended},
    ids::PolicyVersionId,
    policy::Policy,
};

use super::{NewPolicy, NotApplied, apply};
use crate::{Actor, Desk, Error};

/// Why days were not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// The text of the policy is built so that days cannot be written into it; a person has to.
    ByHand,
    NotApplied(NotApplied),
}

/// Writes them into the text of the version in force and applies that from now on; lists one after the other.
pub async fn take_holidays(desk: &Desk, actor: &Actor, new: &[Amendment]) -> Result<PolicyVersionId, NotTaken> {
    let source = source(desk, actor).await.map_err(|error| NotTaken::NotApplied(NotApplied::Error(error)))?;
    let all = new.iter().try_fold(source, |source, new| amended(&source, new));
    let source = all.filter(|source| Policy::parse(source).is_ok()).ok_or(NotTaken::ByHand)?;
    apply(desk, actor, NewPolicy { source, from: None }).await.map_err(NotTaken::NotApplied)
}

/// The text of the version in force.
async fn source(desk: &Desk, actor: &Actor) -> Result<String, Error> {
    actor.staff(rules::access::Action::ApplyPolicy)?;
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?.id;
    Ok(store::policy::get(desk.store.read(), kept).await?.source)
}
