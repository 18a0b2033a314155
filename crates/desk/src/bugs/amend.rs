//! What is said of a bug is changed: what it is called, which versions have it, what customers read of it.

use rules::{
    access::Action,
    bugs::Severity,
    events::{BugEvent, Event},
    ids::BugId,
    releases::Range,
};
use store::bugs::Says;

use super::check;
use crate::{Actor, Desk, Result, scribe::Scribe};

#[derive(Clone, Debug, PartialEq)]
pub struct Amended {
    pub says: Says,
    pub severity: Severity,
    pub affected: Option<Range>,
}

pub async fn amend(desk: &Desk, actor: &Actor, id: BugId, input: Amended) -> Result<()> {
    actor.staff(Action::UseDesk)?;
    super::get(desk.store.read(), id).await?;
    actor.staff(Action::ManageBugs)?;
    check(&input.says)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let kept = store::bugs::get(&scribe.tx, id).await?;
    let mut life = kept.life.clone();
    (life.severity, life.affected) = (input.severity, input.affected);
    if life == kept.life && input.says == kept.says {
        return scribe.settle().await;
    }
    store::bugs::set_life(&scribe.tx, &life, scribe.now).await?;
    store::bugs::set_says(&scribe.tx, id, &input.says, scribe.now).await?;
    scribe.record(Event::Bug(BugEvent::Amended { bug: id }), scribe.now).await?;
    scribe.settle().await
}
