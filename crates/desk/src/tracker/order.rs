//! That something is to be done between a bug and its issue: a job, in the transaction of its cause.

use rules::{bugs::Did, events::BugEvent, ids::BugId, tracker::Retry};
use store::tracker::NewComment;

use super::Work;
use crate::{Result, scribe::Scribe};

pub(crate) const KIND: &str = "tracker";

/// What follows from a step of a bug: its issue is to follow. Why it is none is said there too.
pub(crate) async fn follow(scribe: &mut Scribe<'_>, event: &BugEvent) -> Result<()> {
    let BugEvent::Stepped { bug, did, .. } = event else { return Ok(()) };
    if *did == Did::Settled || !store::tracker::want(&scribe.tx, *bug, scribe.now).await? {
        return Ok(());
    }
    if *did == Did::Refused {
        let (by, now) = (scribe.by.person, scribe.now);
        let new = NewComment { bug: *bug, by, body: "", public: false, reason: true, now };
        store::tracker::add_comment(&scribe.tx, new).await?;
    }
    order(scribe, *bug).await
}

/// Has both sides brought together. Where somebody has to mend something first, that is what begins it again.
pub(super) async fn order(scribe: &mut Scribe<'_>, bug: BugId) -> Result<()> {
    let link = store::tracker::link(&scribe.tx, bug).await?;
    let waits = |link: store::tracker::Link| link.fault.is_some_and(|fault| fault.retry() == Retry::Never);
    if link.is_none_or(waits) {
        return Ok(());
    }
    order_now(scribe, bug).await
}

/// The same, whatever went wrong before.
pub(super) async fn order_now(scribe: &mut Scribe<'_>, bug: BugId) -> Result<()> {
    let now = scribe.now;
    let key = format!("{KIND}/{bug}/{}", now.micros());
    scribe.enqueue(KIND, &key, &Work::Bug { bug }, now).await
}

/// Other work, once for that key.
pub(super) async fn order_work(scribe: &mut Scribe<'_>, key: &str, work: &Work) -> Result<()> {
    let now = scribe.now;
    scribe.enqueue(KIND, &format!("{KIND}/{key}"), work, now).await
}
