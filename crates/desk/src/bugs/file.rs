//! Staff file a bug that no customer reported: trial users, our own tests or monitoring found it (BUG-6).

use rules::{
    access::Action,
    bugs::{Bug, Severity, Source},
    events::{BugEvent, Event},
    ids::BugId,
    releases::Range,
};
use store::bugs::Says;

use super::check;
use crate::{Actor, Desk, Result, scribe::Scribe};

/// A bug about to be filed.
#[derive(Clone, Debug, PartialEq)]
pub struct NewBug {
    pub says: Says,
    pub severity: Severity,
    pub source: Source,
    /// The versions that have it, where that is known.
    pub affected: Option<Range>,
}

/// Files it; it gets its number.
pub async fn file(desk: &Desk, actor: &Actor, new: NewBug) -> Result<BugId> {
    actor.staff(Action::AcceptReports)?;
    check(&new.says)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let id = plant(&mut scribe, &new).await?;
    scribe.settle().await?;
    Ok(id)
}

/// The same within a transaction.
pub(super) async fn plant(scribe: &mut Scribe<'_>, new: &NewBug) -> Result<BugId> {
    let mut life = Bug::new(BugId(0), new.severity, new.source);
    life.affected.clone_from(&new.affected);
    let id = store::bugs::insert(&scribe.tx, &life, &new.says, (scribe.by.person, scribe.now)).await?;
    let filed = BugEvent::Filed { bug: id, source: new.source };
    scribe.record(Event::Bug(filed), scribe.now).await?;
    Ok(id)
}
