//! The organisations that there are, by name; and the one that somebody means by a number or a domain.

use rules::{
    access::Action,
    ids::OrganisationId,
    people::{Address, Domain},
    refusal::OrganisationRefusal,
};
use store::{
    Handle,
    organisations::{Listed, Organisation},
};

use super::sharing::refused;
use crate::{Actor, Desk, Result, people::leads_to};

const ROWS: i64 = 50;

/// A page of them.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub organisations: Vec<Organisation>,
    /// The name and number after which the next page begins.
    pub more: Option<(String, OrganisationId)>,
}

/// Those that are asked for. What is looked for may be the beginning of a name, or an address or domain of theirs.
pub async fn list(
    desk: &Desk,
    actor: &Actor,
    listed: Listed<'_>,
    after: Option<(&str, OrganisationId)>,
) -> Result<Page> {
    actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    let mut organisations = store::organisations::list(conn, listed, after, ROWS + 1).await?;
    let rows = usize::try_from(ROWS).map_err(crate::Error::broken)?;
    let more = (organisations.len() > rows).then(|| {
        organisations.truncate(rows);
        organisations.last().map(|last| (last.name.clone(), last.id))
    });
    if let Listed::Named(text) = listed
        && after.is_none()
        && let Some(known) = known_by(desk, text).await?
        && organisations.iter().all(|it| it.id != known)
    {
        organisations.insert(0, store::organisations::get(conn, known).await?);
    }
    Ok(Page { organisations, more: more.flatten() })
}

/// The organisation that a domain or an address of it leads to (REG-4).
async fn known_by(desk: &Desk, text: &str) -> Result<Option<OrganisationId>> {
    let written = if text.contains('@') { text.to_owned() } else { format!("x@{}", text.trim()) };
    let Ok(address) = Address::parse(&written) else { return Ok(None) };
    let joining = leads_to(desk.store.read(), desk.policy().await?.policy(), &address).await?;
    Ok(match joining {
        rules::people::Joining::Joins { organisation, .. } => Some(organisation),
        _ => None,
    })
}

/// The organisation that somebody names by its number or a domain entry, as it is.
pub(crate) async fn by_number_or_domain(conn: &Handle, written: &str) -> Result<Option<OrganisationId>> {
    if let Ok(number) = written.parse::<i64>() {
        return match store::organisations::get(conn, OrganisationId(number)).await {
            Ok(organisation) => Ok(Some(organisation.id)),
            Err(store::Error::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        };
    }
    let Ok(domain) = Domain::parse(written) else { return Ok(None) };
    let found = store::organisations::domains(conn, &[domain.as_str().to_owned()]).await?;
    Ok(found.first().map(|(_, organisation)| *organisation))
}

/// The same where it has to be one: of what ended in another, that one (VIS-4); nobody where nothing is written.
pub(crate) async fn named(conn: &Handle, written: &str) -> Result<Option<OrganisationId>> {
    if written.is_empty() {
        return Ok(None);
    }
    match by_number_or_domain(conn, written.trim_start_matches('@')).await? {
        Some(id) => Ok(Some(store::merges::survivor(conn, id).await?)),
        None => Err(refused(OrganisationRefusal::Unknown { text: written.chars().take(200).collect() })),
    }
}
