//! The checklist of the policy is answered, and decides whether a bug is fixed at once (BUG-3). Answers, decision and reasons
//! stay on record, each time.

use rules::{
    access::Action,
    bugs::{Answers, BugRefusal, Decision, Delivery, checklist, decide},
    events::{BugEvent, Event},
    ids::BugId,
    keys::PriorityKey,
    policy::Policy,
};
use store::{Handle, bugs::Checked};

use super::{catalogue, refused};
use crate::{Actor, Desk, Result, scribe::Scribe};

pub async fn check_hotfix(desk: &Desk, actor: &Actor, id: BugId, answers: Answers) -> Result<Decision> {
    let signed = actor.staff(Action::UseDesk)?;
    super::get(desk.store.read(), id).await?;
    actor.staff(Action::ManageBugs)?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    if checklist(policy).is_none() {
        return Err(refused(BugRefusal::NoChecklist));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let catalogue = catalogue(desk, &scribe.tx).await?;
    let priority = priority(&scribe.tx, policy, id).await?;
    let decision = decide(policy, &answers, &priority, &catalogue);
    let hotfix = match decision.delivery {
        Delivery::Hotfix { .. } => Some(true),
        Delivery::Planned => Some(false),
        Delivery::Undecided { .. } => None,
    };
    let checked = Checked { answers, decision: decision.clone(), by: signed.person, at: scribe.now };
    store::bugs::check(&scribe.tx, id, &checked).await?;
    scribe.record(Event::Bug(BugEvent::Checked { bug: id, hotfix }), scribe.now).await?;
    scribe.settle().await?;
    Ok(decision)
}

/// The highest that its reports have; the lowest where it has none.
async fn priority(conn: &Handle, policy: &Policy, id: BugId) -> Result<PriorityKey> {
    const LOOKED_AT: i64 = 200;
    let mut highest: Option<PriorityKey> = None;
    for report in store::bugs::reports(conn, id, LOOKED_AT).await? {
        let ticket = store::tickets::get(conn, report.ticket).await?;
        let is_higher = |than: &PriorityKey| policy.rank_of(&ticket.priority) < policy.rank_of(than);
        if !ticket.state.is_over() && highest.as_ref().is_none_or(is_higher) {
            highest = Some(ticket.priority);
        }
    }
    let lowest = policy.priorities.keys().last().cloned();
    Ok(highest.or(lowest).unwrap_or_else(|| PriorityKey::from("")))
}
