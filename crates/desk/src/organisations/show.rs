//! One organisation: what is known of it, and a page of its members, of its domains and of its licences.

use rules::{
    ids::{LicenceId, OrganisationId, PersonId},
    people::Domain,
};
use store::{
    Handle,
    organisations::{Member, Organisation},
};

use crate::{Actor, Desk, Error, Result, licences};

/// Members on a page.
pub const MEMBERS: usize = 50;
/// Domains, and licences, on a page.
pub const ENTRIES: usize = 20;

/// Which page of each list.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    /// The last member of the page before.
    pub members: Option<PersonId>,
    /// The last domain of the page before.
    pub domains: Option<String>,
    /// What a domain has in it; nothing for all.
    pub find: String,
    /// The last licence of the page before; the newest stand first.
    pub licences: Option<LicenceId>,
}

#[derive(Clone, Debug)]
pub struct Shown {
    pub organisation: Organisation,
    pub domains: Part<String, String>,
    pub licences: Part<licences::Kept, LicenceId>,
    pub members: Vec<Member>,
    /// After whom the next page of members begins.
    pub more: Option<PersonId>,
    pub has_manager: bool,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part<T, K> {
    pub rows: Vec<T>,
    /// How many there are on all pages, also of those that were not looked for.
    pub all: usize,
    /// After which one the next page begins.
    pub more: Option<K>,
}

impl<T, K> Part<T, K> {
    /// Of what was read, one more than a page holds where there is another.
    fn of(mut rows: Vec<T>, all: usize, key: impl Fn(&T) -> K) -> Self {
        let is_more = rows.len() > ENTRIES;
        rows.truncate(ENTRIES);
        let more = rows.last().filter(|_| is_more).map(key);
        Self { rows, all, more }
    }
}

/// For staff, and for its managers.
pub async fn show(desk: &Desk, actor: &Actor, id: OrganisationId, pages: &Pages) -> Result<Shown> {
    if actor.signed()?.grants.is_staff() {
        actor.staff(rules::access::Action::UseDesk)?;
    } else {
        actor.manages(id)?;
    }
    let conn = desk.store.read();
    let (members, more) = members(conn, id, pages.members).await?;
    Ok(Shown {
        organisation: store::organisations::get(conn, id).await?,
        domains: domains(conn, id, pages).await?,
        licences: held(conn, id, pages.licences).await?,
        members,
        more,
        has_manager: store::organisations::is_managed(conn, id).await?,
    })
}

/// By name. What is looked for may be written in the letters that people know: then it stands in no spelling of ours, and
/// is looked for among those that have such letters.
async fn domains(conn: &Handle, id: OrganisationId, pages: &Pages) -> Result<Part<String, String>> {
    let (find, after) = (pages.find.trim().to_lowercase(), pages.domains.as_deref().unwrap_or_default());
    let rows = if find.is_ascii() {
        let limit = i64::try_from(ENTRIES + 1).map_err(Error::broken)?;
        store::organisations::domains_page(conn, id, (&find, after), limit).await?
    } else {
        let mut others = store::organisations::domains_page(conn, id, ("xn--", after), i64::MAX).await?;
        others.retain(|it| Domain::parse(it).is_ok_and(|it| it.unicode().contains(&find)));
        others
    };
    let all = usize::try_from(store::organisations::count_domains(conn, id).await?).map_err(Error::broken)?;
    Ok(Part::of(rows, all, String::clone))
}

/// The newest first.
async fn held(conn: &Handle, id: OrganisationId, before: Option<LicenceId>) -> Result<Part<licences::Kept, LicenceId>> {
    let limit = i64::try_from(ENTRIES + 1).map_err(Error::broken)?;
    let rows = store::licences::page_of(conn, id, before, limit).await?;
    let all = usize::try_from(store::licences::count_of(conn, id).await?).map_err(Error::broken)?;
    Ok(Part::of(rows, all, |kept| kept.id))
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
