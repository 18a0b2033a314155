//! One organisation: what is known of it, and a page of its members.

use rules::ids::{OrganisationId, PersonId};
use store::{
    Handle,
    organisations::{Member, Organisation},
};

use crate::{Actor, Desk, Error, Result, licences};

/// Members on a page.
pub const MEMBERS: usize = 50;

#[derive(Clone, Debug)]
pub struct Shown {
    pub organisation: Organisation,
    pub domains: Vec<String>,
    pub licences: Vec<licences::Kept>,
    pub members: Vec<Member>,
    /// After whom the next page of members begins.
    pub more: Option<PersonId>,
    pub has_manager: bool,
}

/// For staff, and for its managers; `after`: the last member of the page before.
pub async fn show(desk: &Desk, actor: &Actor, id: OrganisationId, after: Option<PersonId>) -> Result<Shown> {
    if actor.signed()?.grants.is_staff() {
        actor.staff(rules::access::Action::UseDesk)?;
    } else {
        actor.manages(id)?;
    }
    let conn = desk.store.read();
    let (organisation, domains, licences, (members, more), managers) = (
        store::organisations::get(conn, id).await?,
        store::organisations::domains_of(conn, id).await?,
        store::licences::of_organisation(conn, id).await?,
        members(conn, id, after).await?,
        store::organisations::managers(conn, id).await?,
    );
    Ok(Shown { organisation, domains, licences, members, more, has_manager: !managers.is_empty() })
}

/// A page of members, and after whom the next one begins.
pub(super) async fn members(
    conn: &Handle,
    id: OrganisationId,
    after: Option<PersonId>,
) -> Result<(Vec<Member>, Option<PersonId>)> {
    let limit = i64::try_from(MEMBERS + 1).map_err(Error::broken)?;
    let mut members = store::organisations::members(conn, id, after.unwrap_or(PersonId(0)), limit).await?;
    let is_more = members.len() > MEMBERS;
    members.truncate(MEMBERS);
    let more = members.last().filter(|_| is_more).map(|last| last.person);
    Ok((members, more))
}
