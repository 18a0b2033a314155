//! Which of some requests were filed without a licence that counts (ENT-2), for a list.

use std::collections::HashMap;

use rules::{
    entitlement::{Licence, Standing, judge},
    events::Secrecy,
    ids::{OrganisationId, TicketId},
    keys::DetailKey,
    policy::{Compiled, DetailKind},
};
use store::{Handle, tickets::Ticket};

use crate::Result;

/// The standing of those that are flagged; three questions for any number of them. Where no licence is kept at all, nothing is
/// flagged: such a desk does without.
pub(crate) async fn flags(
    conn: &Handle,
    compiled: &Compiled,
    tickets: &[Ticket],
) -> Result<HashMap<TicketId, Standing>> {
    if tickets.is_empty() || !store::licences::are_kept(conn).await? {
        return Ok(HashMap::new());
    }
    let policy = compiled.policy();
    let filed_for: Vec<OrganisationId> = tickets.iter().filter_map(|ticket| ticket.organisation).collect();
    let survivors = store::merges::survivors(conn, &filed_for).await?;
    let home = |id: OrganisationId| survivors.get(&id).copied().unwrap_or(id);
    let organisations: Vec<OrganisationId> = filed_for.into_iter().map(home).collect();
    let mut held: HashMap<OrganisationId, Vec<Licence>> = HashMap::new();
    for kept in store::licences::of_organisations(conn, &organisations).await? {
        held.entry(kept.organisation).or_default().push(kept.rule());
    }
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let named = policy.details.iter().filter(|(_, detail)| detail.kind == DetailKind::Deployment);
    let named: Vec<DetailKey> = named.map(|(key, _)| key.clone()).collect();
    let details = store::licences::details_of(conn, &ids, &named).await?;
    let mut flags = HashMap::new();
    for ticket in tickets {
        let kind = policy.request_type(&ticket.request_type);
        if kind.is_some_and(|kind| kind.secrecy == Secrecy::Security) {
            continue;
        }
        let licences = ticket.organisation.and_then(|id| held.get(&home(id))).map_or(&[][..], Vec::as_slice);
        let details = details.get(&ticket.id).map_or(&[][..], Vec::as_slice);
        let deployment = policy.deployment_in(&ticket.request_type, details);
        let day = compiled.hours().date_of(ticket.filed_at);
        let entitled = judge(licences, deployment.as_ref(), day, policy);
        if entitled.is_flagged() {
            flags.insert(ticket.id, entitled.standing);
        }
    }
    Ok(flags)
}
