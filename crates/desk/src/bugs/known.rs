//! Known bugs, for everybody: those that the product team made public, in the words that it chose for customers.

use std::collections::HashSet;

use rules::{
    bugs::{Delivery, Stage},
    ids::BugId,
    releases::Version,
};
use store::{Handle, bugs::Kept};

use crate::{Actor, Desk, Error, Result, releases};

/// How many are listed.
const LISTED: i64 = 200;

/// A bug as customers see it.
#[derive(Clone, Debug)]
pub struct Known {
    pub bug: Kept,
    /// For which version it is planned, and whether as a hotfix.
    pub planned: Option<Version>,
    pub is_hotfix: bool,
    /// The versions with its fix that are out.
    pub out: Vec<Version>,
    /// With which of them its fix was taken back (BUG-7).
    pub taken_back: Option<Version>,
    /// Whether the reader follows it; nobody where nobody is signed in.
    pub follows: Option<bool>,
}

/// The bug, if customers may see it; a refused one is none.
pub(super) async fn visible(conn: &Handle, id: BugId) -> Result<Kept> {
    let bug = store::bugs::get(conn, id).await?;
    if bug.says.public && bug.life.state.stage() != Stage::Refused { Ok(bug) } else { Err(Error::NotFound) }
}

pub async fn known(desk: &Desk, actor: &Actor, id: BugId) -> Result<Known> {
    let conn = desk.store.read();
    let bug = visible(conn, id).await?;
    let catalogue = releases::catalogue(desk).await?;
    let mut known = told(conn, bug, &catalogue).await?;
    if let Ok(signed) = actor.signed() {
        known.follows = Some(store::bugs::follows(conn, id, signed.person).await?);
    }
    Ok(known)
}

/// Those of these that customers may see.
pub async fn public_of(desk: &Desk, ids: &[BugId]) -> Result<HashSet<BugId>> {
    let known = store::bugs::these(desk.store.read(), ids).await?;
    let is_public = |bug: &Kept| bug.says.public && bug.life.state.stage() != Stage::Refused;
    Ok(known.into_iter().filter(|(_, bug)| is_public(bug)).map(|(id, _)| id).collect())
}

/// All that customers may see, the last changed first.
pub async fn known_list(desk: &Desk) -> Result<Vec<Known>> {
    let conn = desk.store.read();
    let catalogue = releases::catalogue(desk).await?;
    let mut all = vec![];
    for bug in store::bugs::public(conn, LISTED).await? {
        if bug.life.state.stage() != Stage::Refused {
            all.push(told(conn, bug, &catalogue).await?);
        }
    }
    Ok(all)
}

async fn told(conn: &Handle, bug: Kept, catalogue: &rules::releases::Catalogue) -> Result<Known> {
    let planned = bug.life.state.planned().cloned();
    let is_hotfix = is_hotfix(conn, &bug).await?;
    let is_out = |version: &&Version| catalogue.release(version).is_some_and(rules::releases::Release::is_live);
    let out = bug.life.fixed_in().iter().filter(is_out).cloned().collect();
    let taken_back = bug.life.taken_back(catalogue).cloned();
    Ok(Known { bug, planned, is_hotfix, out, taken_back, follows: None })
}

/// Whether it is to be fixed at once: it is planned for a hotfix, or the checklist said so last (BUG-3).
pub(super) async fn is_hotfix(conn: &Handle, bug: &Kept) -> Result<bool> {
    if let Some(planned) = bug.life.state.planned() {
        return Ok(planned.is_hotfix());
    }
    let last = store::bugs::checks(conn, bug.id()).await?.into_iter().next();
    Ok(last.is_some_and(|checked| matches!(checked.decision.delivery, Delivery::Hotfix { .. })))
}
