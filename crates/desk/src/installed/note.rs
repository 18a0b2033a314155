//! What a request says of the version that its customer runs is kept beside the request, by itself.

use std::collections::BTreeMap;

use rules::{
    events::Secrecy,
    ids::TicketId,
    installed::{Installed, Source},
    instant::Instant,
    keys::DetailKey,
    releases,
};
use store::installed::Owner;

use crate::{Result, scribe::Scribe};

/// Of a request whose details are otherwise than before. A security report says nothing to anybody else (SEC-1).
pub(crate) async fn note(scribe: &mut Scribe<'_>, id: TicketId, seen: Instant) -> Result<()> {
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.secrecy == Secrecy::Security {
        return Ok(());
    }
    let compiled = scribe.desk.policy().await?;
    let policy = compiled.policy();
    let details: BTreeMap<DetailKey, String> = store::tickets::details(&scribe.tx, id).await?.into_iter().collect();
    let Some((_, written)) = policy.version_in(&ticket.request_type, &details) else { return Ok(()) };
    let Some(releases::Installed::Known(version)) = releases::Installed::read(written, &policy.product.name) else {
        return Ok(());
    };
    let owner = match ticket.organisation {
        Some(organisation) => Owner::Organisation(store::merges::survivor(&scribe.tx, organisation).await?),
        None => Owner::Person(ticket.requester),
    };
    let said = Installed { edition: None, instance: None, version, seen, source: Source::Request };
    store::installed::keep(&scribe.tx, owner, &said, Some(id)).await?;
    Ok(())
}

/// A request is for the security role alone from now on.
pub(crate) async fn forget(scribe: &mut Scribe<'_>, id: TicketId) -> Result<()> {
    Ok(store::installed::forget(&scribe.tx, id).await?)
}
