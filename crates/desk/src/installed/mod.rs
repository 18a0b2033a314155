//! Which version runs where (BUG-2): what the forms of requests say, a list that somebody imports, and what the product says itself. Whom
//! a bug affects by it, `bugs` shows.

mod before;
mod import;
mod note;
mod tell;

pub(crate) use before::{KIND, step};
pub use import::{Imported, import};
pub(crate) use note::{forget, note};
pub use tell::{Came, Told, tell};

use std::collections::HashMap;

use rules::{ids::OrganisationId, installed::import::Why};
use store::Handle;

use crate::{Result, organisations};

/// Whose installation a licence's key or an organisation's number or domain names; of what ended in another, that one (VIS-4).
async fn owner(
    conn: &Handle,
    (organisation, licence): (Option<&str>, Option<&str>),
    known: &mut HashMap<(Option<String>, Option<String>), OrganisationId>,
) -> Result<std::result::Result<OrganisationId, Why>> {
    let asked = (organisation.map(str::to_owned), licence.map(str::to_owned));
    if let Some(owner) = known.get(&asked) {
        return Ok(Ok(*owner));
    }
    let by_name = match organisation {
        Some(written) => match organisations::by_number_or_domain(conn, written.trim_start_matches('@')).await? {
            Some(id) => Some(store::merges::survivor(conn, id).await?),
            None => return Ok(Err(Why::NoSuchOrganisation { organisation: written.to_owned() })),
        },
        None => None,
    };
    let by_key = match licence {
        Some(key) => match store::licences::by_external_key(conn, key).await? {
            Some(kept) => Some(store::merges::survivor(conn, kept.organisation).await?),
            None => return Ok(Err(Why::NoSuchLicence { licence: key.to_owned() })),
        },
        None => None,
    };
    let owner = match (by_name, by_key) {
        (Some(one), Some(other)) if one != other => {
            return Ok(Err(Why::LicenceOfAnother { licence: licence.unwrap_or_default().to_owned() }));
        }
        (Some(owner), _) | (None, Some(owner)) => owner,
        (None, None) => return Ok(Err(Why::OwnerMissing)),
    };
    known.insert(asked, owner);
    Ok(Ok(owner))
}
