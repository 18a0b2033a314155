//! Which organisation a domain leads to, by the policy, the lists and the entries that are kept (REG-3 to 5).

use rules::{
    ids::OrganisationId,
    people::{Address, Domain, Joining, Known, join},
    policy::Policy,
};
use store::Handle;

use crate::{Error, Result};

/// What an address leads to as things stand.
pub async fn leads_to(conn: &Handle, policy: &Policy, address: &Address) -> Result<Joining> {
    let names: Vec<String> = address.domain().up_to_registrable().iter().map(ToString::to_string).collect();
    let entries: Vec<(Domain, OrganisationId)> = store::organisations::domains(conn, &names)
        .await?
        .into_iter()
        .map(|(name, id)| Ok((Domain::parse(&name).map_err(|_| Error::broken(format!("entry {name}")))?, id)))
        .collect::<Result<_>>()?;
    let public_mail = policy.domains.public;
    Ok(join(address, Known { public_mail, additions: &policy.domains.additions(), entries: &entries }))
}
