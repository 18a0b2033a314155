//! Which organisation a domain leads to, by the policy, the lists and the entries that are kept (REG-3 to 5).

use rules::{
    ids::OrganisationId,
    people::{Additions, Address, Domain, DomainClass, Joining, Known, join},
    policy::Policy,
};
use store::Handle;

use crate::{Error, Result};

/// What the policy says about single domains. A name that is no domain was refused when the policy was checked.
pub fn additions(policy: &Policy) -> Additions {
    let of = |names: &[String], class: DomainClass| -> Vec<(Domain, DomainClass)> {
        names.iter().filter_map(|name| Some((Domain::parse(name).ok()?, class))).collect()
    };
    [
        of(&policy.domains.also_public, DomainClass::Public),
        of(&policy.domains.also_disposable, DomainClass::Disposable),
        of(&policy.domains.corporate, DomainClass::Corporate),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What an address leads to as things stand.
pub async fn leads_to(conn: &Handle, policy: &Policy, address: &Address) -> Result<Joining> {
    let names: Vec<String> = address.domain().up_to_registrable().iter().map(ToString::to_string).collect();
    let entries: Vec<(Domain, OrganisationId)> = store::organisations::domains(conn, &names)
        .await?
        .into_iter()
        .map(|(name, id)| Ok((Domain::parse(&name).map_err(|_| Error::broken(format!("entry {name}")))?, id)))
        .collect::<Result<_>>()?;
    let public_mail = policy.domains.public;
    Ok(join(address, Known { public_mail, additions: &additions(policy), entries: &entries }))
}
