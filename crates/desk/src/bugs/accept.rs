//! Staff accept a report (BUG-2): it joins a bug that is known, or a new one. Many reports join one.

use rules::{
    access::Action,
    bugs::{BugRefusal, Severity, Stage},
    events::{Because, Secrecy, State, TicketEvent},
    ids::{BugId, TicketId},
    keys::AreaKey,
    policy::{DetailKind, Policy},
    releases::{Range, Version, alike},
    tickets::{Mover, may_step},
};
use store::{
    bugs::{Kept, NewReport, Says},
    tickets::Ticket,
};

use super::{
    AS_FILED, check,
    file::{NewBug, plant},
    refused,
};
use crate::{Actor, Desk, Result, scribe::Scribe, tickets::seen_ticket};

/// How many bugs are proposed, and how many of each stage are looked through.
const PROPOSED: usize = 5;
const LOOKED_AT: i64 = 500;

/// Which bug a report is of.
#[derive(Clone, Debug, PartialEq)]
pub enum Accepted {
    Known(BugId),
    New { title: String, severity: Severity },
}

/// What staff see before they decide.
#[derive(Clone, Debug)]
pub struct Review {
    /// The bug that it is a report of already.
    pub joined: Option<Kept>,
    /// Bugs that it looks like, the likest first.
    pub proposed: Vec<Proposed>,
    /// What a new one would be called.
    pub title: String,
}

#[derive(Clone, Debug)]
pub struct Proposed {
    pub bug: Kept,
    /// The words that both have.
    pub shared: Vec<String>,
}

/// Of a report that this member of staff may review; nothing of another request.
pub async fn review(desk: &Desk, actor: &Actor, ticket: &Ticket) -> Result<Option<Review>> {
    let signed = actor.signed()?;
    let compiled = desk.policy().await?;
    if !signed.grants.is_staff() || !is_report(compiled.policy(), ticket) {
        return Ok(None);
    }
    let conn = desk.store.read();
    let joined = match store::bugs::of_ticket(conn, ticket.id).await? {
        Some(bug) => Some(store::bugs::get(conn, bug).await?),
        None => None,
    };
    let proposed = if joined.is_some() { vec![] } else { propose(desk, ticket).await? };
    Ok(Some(Review { joined, proposed, title: ticket.subject.clone() }))
}

/// BUG-1 holds for its type, and nothing of it is secret.
pub(super) fn is_report(policy: &Policy, ticket: &Ticket) -> bool {
    let kind = policy.request_type(&ticket.request_type);
    kind.is_some_and(|kind| kind.latest_release_only) && ticket.secrecy != Secrecy::Security
}

/// The bugs whose titles have rare words of the subject, and that are not refused.
async fn propose(desk: &Desk, ticket: &Ticket) -> Result<Vec<Proposed>> {
    let mut bugs: Vec<Kept> = vec![];
    for stage in Stage::ALL.into_iter().filter(|stage| *stage != Stage::Refused) {
        bugs.extend(store::bugs::in_stage(desk.store.read(), stage, LOOKED_AT).await?);
    }
    let titles: Vec<&str> = bugs.iter().map(|bug| bug.says.title.as_str()).collect();
    let likest = alike(&ticket.subject, &titles).into_iter().filter(|it| it.weight > 0.0).take(PROPOSED);
    Ok(likest.map(|it| Proposed { bug: bugs[it.at].clone(), shared: it.shared }).collect())
}

/// It joins; the customer's request goes on with the developers, where somebody has answered it.
pub async fn accept(desk: &Desk, actor: &Actor, id: TicketId, accepted: Accepted) -> Result<BugId> {
    let signed = actor.staff(Action::AcceptReports)?;
    seen_ticket(desk.store.read(), signed, id).await?;
    let compiled = desk.policy().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if !is_report(compiled.policy(), &ticket) {
        return Err(refused(BugRefusal::NotAReport { request_type: ticket.request_type }));
    }
    if let Some(joined) = store::bugs::of_ticket(&scribe.tx, id).await? {
        if accepted == Accepted::Known(joined) {
            scribe.settle().await?;
            return Ok(joined);
        }
        return Err(refused(BugRefusal::InBug(joined)));
    }
    let bug = match accepted {
        Accepted::Known(bug) => known(&scribe, bug).await?,
        Accepted::New { title, severity } => {
            let new = new_of(&scribe, compiled.policy(), &ticket, (title, severity)).await?;
            check(&new.says)?;
            plant(&mut scribe, &new).await?
        }
    };
    join(&mut scribe, &ticket, bug).await?;
    scribe.settle().await?;
    Ok(bug)
}

async fn known(scribe: &Scribe<'_>, bug: BugId) -> Result<BugId> {
    match store::bugs::get(&scribe.tx, bug).await {
        Ok(kept) if kept.life.state.stage() == Stage::Refused => Err(refused(BugRefusal::WasRefused(bug))),
        Ok(_) => Ok(bug),
        Err(store::Error::NotFound) => Err(refused(BugRefusal::NoSuchBug { written: bug.to_string() })),
        Err(error) => Err(error.into()),
    }
}

/// A bug as its first report tells it: where it was seen, and in which part of the product.
async fn new_of(
    scribe: &Scribe<'_>,
    policy: &Policy,
    ticket: &Ticket,
    (title, severity): (String, Severity),
) -> Result<NewBug> {
    let details = store::tickets::details(&scribe.tx, ticket.id).await?;
    let of = |kind| {
        let is = |key| policy.details.get(key).is_some_and(|detail| detail.kind == kind);
        details
            .iter()
            .find(|(key, value)| is(key) && !value.trim().is_empty())
            .map(|(_, value)| value.trim().to_owned())
    };
    let first_seen = of(DetailKind::Version).as_deref().and_then(Version::read);
    // Without a line of its own it is called as the request is.
    let title = if title.trim().is_empty() { &ticket.subject } else { &title };
    let title = title.trim().chars().take(super::TITLE).collect();
    let says = Says { title, area: of(DetailKind::Area).map(AreaKey), first_seen, ..Says::default() };
    let affected = says.first_seen.clone().map(Range::from);
    Ok(NewBug { says, severity, source: AS_FILED.1, affected })
}

pub(super) async fn join(scribe: &mut Scribe<'_>, ticket: &Ticket, bug: BugId) -> Result<()> {
    let new = NewReport {
        ticket: ticket.id,
        bug,
        requester: ticket.requester,
        organisation: ticket.organisation,
        plan: ticket.plan.as_ref(),
    };
    store::bugs::add_report(&scribe.tx, new, scribe.now).await?;
    scribe.ticket(ticket.id, TicketEvent::JoinedBug { bug }).await?;
    // Who was not answered yet is answered first.
    if matches!(ticket.state, State::Open | State::WaitingForCustomer) {
        let (from, to, because) = (ticket.state, State::WithDevelopers, Because::StaffDecided);
        may_step(from, to, Mover::Staff, because)?;
        scribe.ticket(ticket.id, TicketEvent::StateChanged { from, to, because }).await?;
    }
    Ok(())
}
