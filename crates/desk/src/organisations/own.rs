//! One's own organisation: what every member sees of it, and what its managers see besides (REG-7).

use rules::{
    access::Role,
    ids::{OrganisationId, PersonId},
    refusal::OrganisationRefusal,
};
use store::organisations::{Member, Organisation};

use super::{sharing::refused, show::members};
use crate::{Actor, Desk, Error, Result};

#[derive(Clone, Debug)]
pub struct Own {
    pub organisation: Organisation,
    pub domains: Vec<String>,
    pub managers: Vec<Member>,
    /// The reader's.
    pub role: Role,
    /// The reader's requests that an heir would go on with.
    pub open_requests: usize,
    /// A page of all members, and after whom the next one begins; for managers.
    pub members: Option<(Vec<Member>, Option<PersonId>)>,
}

/// For its present members; `after`: the last member of the page before.
pub async fn own(desk: &Desk, actor: &Actor, id: OrganisationId, after: Option<PersonId>) -> Result<Own> {
    let signed = actor.belongs(id)?;
    if signed.doubted {
        return Err(refused(OrganisationRefusal::ProveFirst));
    }
    let conn = desk.store.read();
    let (organisation, domains, managers, role, open) = futures_util::future::try_join5(
        store::organisations::get(conn, id),
        store::organisations::domains_of(conn, id),
        store::organisations::managing(conn, id),
        store::organisations::role_of(conn, id, signed.person),
        store::tickets::to_hand_over(conn, signed.person, id),
    )
    .await?;
    let role = role.ok_or(Error::NotFound)?;
    let mut open_requests = open.len();
    for ended in store::merges::family(conn, id).await? {
        open_requests += store::tickets::to_hand_over(conn, signed.person, ended).await?.len();
    }
    let members = match role {
        Role::Manager => Some(members(conn, id, after).await?),
        Role::Member | Role::Contact => None,
    };
    Ok(Own { organisation, domains, managers, role, open_requests, members })
}
