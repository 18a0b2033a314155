//! The product team moves a bug: confirmed, planned, begun, fixed in a version, refused (BUG-2). Who waits for it hears of a fix
//! by what follows, not from here.

use rules::{
    access::Action,
    bugs::{BugRefusal, NotMoved, Refused, Step},
    events::{BugEvent, Event},
    ids::BugId,
    policy::Stand,
    refusal::Refusal,
    releases::Catalogue,
};

use super::{catalogue, refused};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

pub async fn step(desk: &Desk, actor: &Actor, id: BugId, step: Step) -> Result<()> {
    actor.staff(Action::UseDesk)?;
    super::get(desk.store.read(), id).await?;
    actor.staff(Action::ManageBugs)?;
    let compiled = desk.policy().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    match &step {
        Step::Refuse(Refused::OutOfScope { entry })
            if compiled.policy().scope.get(entry).is_none_or(|it| it.stand == Stand::Covered) =>
        {
            return Err(Refusal::NoScopeEntry.into());
        }
        Step::Refuse(Refused::DuplicateOf(other)) => match store::bugs::get(&scribe.tx, *other).await {
            Err(store::Error::NotFound) => return Err(refused(BugRefusal::NoSuchBug { written: other.to_string() })),
            found => drop(found.map_err(Error::from)?),
        },
        _ => {}
    }
    let catalogue = catalogue(desk, &scribe.tx).await?;
    step_in(&mut scribe, &catalogue, (id, step)).await?.map_err(|why| refused(BugRefusal::NotMoved(why)))?;
    scribe.settle().await
}

/// A bug takes a step, in a transaction; `Err` says why it cannot, and nothing was changed.
pub(crate) async fn step_in(
    scribe: &mut Scribe<'_>,
    catalogue: &Catalogue,
    (id, step): (BugId, Step),
) -> Result<std::result::Result<(), NotMoved>> {
    let mut life = store::bugs::get(&scribe.tx, id).await?.life;
    let (from, did, version) = (life.state.stage(), step.did(), step.version().cloned());
    if let Err(why) = life.step(step, catalogue) {
        return Ok(Err(why));
    }
    store::bugs::set_life(&scribe.tx, &life, scribe.now).await?;
    let stepped = BugEvent::Stepped { bug: id, did, from, to: life.state.stage(), version };
    scribe.record(Event::Bug(stepped), scribe.now).await?;
    Ok(Ok(()))
}
