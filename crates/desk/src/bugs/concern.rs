//! Whose bug it is, as the rules ask it: where each runs the product, which version, with which licence.

use std::collections::{BTreeSet, HashMap};

use rules::{
    access::TicketFacts,
    bugs::telling::{Concern, Of, Request},
    entitlement::Licence,
    events::{Because, Event, State, TicketEvent},
    ids::{OrganisationId, PersonId, TicketId},
    keys::{DeploymentKey, DetailKey},
    policy::{Chosen, DetailKind, Policy},
    releases::{Edition, Place, Product, Version},
};
use store::{Handle, licences::Kept, releases::OrganisationPlace, tickets::Ticket};

use crate::Result;

/// What is known of the organisations that a bug concerns; asked for once each.
#[derive(Default)]
pub(super) struct Known {
    organisations: HashMap<OrganisationId, (Vec<Kept>, OrganisationPlace)>,
}

impl Known {
    /// Looks up those that are not known yet.
    async fn learn(&mut self, conn: &Handle, organisations: impl Iterator<Item = OrganisationId>) -> Result<()> {
        let mut new: Vec<OrganisationId> = organisations.filter(|id| !self.organisations.contains_key(id)).collect();
        new.sort_unstable();
        new.dedup();
        // What ended in another has what that one has (VIS-4).
        let survivors = store::merges::survivors(conn, &new).await?;
        let survivor = |id: OrganisationId| survivors.get(&id).copied().unwrap_or(id);
        let living: Vec<OrganisationId> = new.iter().copied().map(survivor).collect();
        let places = store::releases::places(conn, &living).await?;
        let licences = store::licences::of_organisations(conn, &living).await?;
        for id in new {
            let living = survivor(id);
            let own = licences.iter().filter(|it| it.organisation == living).cloned().collect();
            self.organisations.insert(id, (own, places.get(&living).cloned().unwrap_or_default()));
        }
        Ok(())
    }

    fn of(&self, organisation: Option<OrganisationId>) -> (Vec<Kept>, OrganisationPlace) {
        organisation.and_then(|id| self.organisations.get(&id).cloned()).unwrap_or_default()
    }
}

/// Those of requests, each with its row.
pub(super) async fn of_requests(
    conn: &Handle,
    (policy, product): (&Policy, &Product),
    ids: &[TicketId],
    known: &mut Known,
) -> Result<Vec<(Ticket, Concern)>> {
    let mut tickets = store::ticket_lists::these(conn, ids).await?;
    tickets.sort_by_key(|it| it.id);
    known.learn(conn, tickets.iter().filter_map(|it| it.organisation)).await?;
    let facts = store::tickets::facts_of(conn, ids).await?;
    let mut details = store::tickets::details_of(conn, ids).await?;
    let confirmed = confirmed(conn, &tickets).await?;
    let one = |ticket: Ticket| {
        let details = details.remove(&ticket.id).unwrap_or_default();
        let deployment = policy.deployment_in(&ticket.request_type, &details);
        let (licences, at) = known.of(ticket.organisation);
        let concern = Concern {
            of: Of::Request(ticket.id),
            request: Some(Request {
                requester: ticket.requester,
                state: ticket.state,
                is_confirmed: confirmed.contains(&ticket.id),
            }),
            people: facts.get(&ticket.id).map(people).unwrap_or_default(),
            place: place(policy, product, deployment.as_ref(), (&licences, at)),
            installed: installed(policy, &details),
            licences: rules_of(&licences),
            deployment,
        };
        (ticket, concern)
    };
    Ok(tickets.into_iter().map(one).collect())
}

/// Those of people who follow it without a request.
pub(super) async fn of_followers(
    conn: &Handle,
    (policy, product): (&Policy, &Product),
    people: &[PersonId],
    known: &mut Known,
) -> Result<Vec<Concern>> {
    let current = store::organisations::current(conn, people).await?;
    known.learn(conn, current.values().copied()).await?;
    let mut concerns = vec![];
    for person in people {
        let (licences, at) = known.of(current.get(person).copied());
        let deployment = held_for(&licences);
        concerns.push(Concern {
            of: Of::Follow(*person),
            request: None,
            people: [*person].into(),
            place: place(policy, product, deployment.as_ref(), (&licences, at)),
            installed: None,
            licences: rules_of(&licences),
            deployment,
        });
    }
    Ok(concerns)
}

/// Where all that they hold is for one way of running it, they run it so.
pub(super) fn held_for(licences: &[Kept]) -> Option<DeploymentKey> {
    let mut held: Vec<&DeploymentKey> = licences.iter().filter_map(|it| it.terms.deployment.as_ref()).collect();
    held.sort();
    held.dedup();
    held.first().filter(|_| held.len() == 1).map(|it| (*it).clone())
}

pub(super) fn rules_of(kept: &[Kept]) -> Vec<Licence> {
    kept.iter().map(Kept::rule).collect()
}

fn people(facts: &TicketFacts) -> BTreeSet<PersonId> {
    facts.participants.iter().copied().collect()
}

/// Which of the solved ones were solved by their customer, who confirmed the fix.
async fn confirmed(conn: &Handle, tickets: &[Ticket]) -> Result<BTreeSet<TicketId>> {
    let solved: Vec<TicketId> = tickets.iter().filter(|it| it.state == State::Solved).map(|it| it.id).collect();
    let mut confirmed = BTreeSet::new();
    for (ticket, history) in store::events::of_tickets(conn, &solved).await? {
        let last = history.iter().rev().find_map(|entry| match &entry.event {
            Event::Ticket(_, TicketEvent::StateChanged { because, .. }) => Some(*because),
            _ => None,
        });
        if last == Some(Because::CustomerConfirmed) {
            confirmed.insert(ticket);
        }
    }
    Ok(confirmed)
}

pub(super) fn place(
    policy: &Policy,
    product: &Product,
    deployment: Option<&DeploymentKey>,
    (licences, at): (&[Kept], OrganisationPlace),
) -> Place {
    let is_known = |edition: &Edition| product.editions.contains(edition);
    let mut licensed: Vec<Edition> = licences.iter().filter_map(|it| Edition::read(&it.terms.edition).ok()).collect();
    licensed.retain(is_known);
    licensed.dedup();
    // Of several nobody knows which one it is.
    let licensed = if licensed.len() == 1 { licensed.pop() } else { None };
    let edition = at.edition.filter(is_known).or(licensed);
    if product.instances.is_empty() {
        // A vendor who names no instance has a release everywhere as it is published.
        return Place::own(edition);
    }
    policy.place(Chosen { deployment, ..Chosen::default() }, edition, at.instance)
}

fn installed(policy: &Policy, details: &[(DetailKey, String)]) -> Option<Version> {
    let is_version = |key: &DetailKey| policy.details.get(key).is_some_and(|it| it.kind == DetailKind::Version);
    details.iter().find(|(key, _)| is_version(key)).and_then(|(_, value)| Version::read(value))
}
