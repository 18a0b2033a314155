//! What a text would change for requests that are open, and what stays as it is (POL-5). Reads only, and only what is not
//! closed.

use rules::{
    access::{Action, Scope},
    ids::TicketId,
    policy::{Effect, OpenGroup, Policy, Touched, effects},
};
use store::open_requests;

use crate::{Actor, Desk, Result};

/// Requests that are named, at most, and groups in which they are looked for.
const NAMED: usize = 5;
const GROUPS: usize = 4;

/// An effect on open requests that the asker sees.
#[derive(Clone, Debug)]
pub struct WouldChange {
    pub effect: Effect,
    pub requests: u64,
    /// The first of them, by number.
    pub first: Vec<TicketId>,
}

/// For requests that the actor sees (VIS-3); the command line is the desk's own.
pub async fn would_change(desk: &Desk, actor: &Actor, new: &Policy) -> Result<Vec<WouldChange>> {
    let scope = match actor {
        Actor::Desk(_) => None,
        _ => Some(actor.staff(Action::ReadPolicy)?.scope.clone()),
    };
    let groups = open_requests::groups(desk.store.read(), scope.as_ref()).await?;
    let mut all = Vec::new();
    for Touched { effect, requests, groups: places } in effects(desk.policy().await?.policy(), new, &groups) {
        let of: Vec<&OpenGroup> = places.iter().map(|at| &groups[*at]).collect();
        let first = first(desk, scope.as_ref(), &of).await?;
        all.push(WouldChange { effect, requests, first });
    }
    Ok(all)
}

/// From the groups with the most requests: a few of them are enough to look at.
async fn first(desk: &Desk, scope: Option<&Scope>, groups: &[&OpenGroup]) -> Result<Vec<TicketId>> {
    let mut groups = groups.to_vec();
    groups.sort_by_key(|group| std::cmp::Reverse(group.requests));
    let mut first = Vec::new();
    for group in groups.into_iter().take(GROUPS) {
        let limit = i64::try_from(NAMED).unwrap_or(i64::MAX);
        first.extend(open_requests::first(desk.store.read(), scope, group, limit).await?);
    }
    first.sort_unstable();
    first.truncate(NAMED);
    Ok(first)
}
