//! The issue of a bug: made of it, linked with it, taken off; what waits for staff is decided; what failed is tried again.

use rules::{
    access::Action,
    events::{BugEvent, Event},
    ids::BugId,
    tracker::{TrackerRefusal, reference},
};
use store::tracker::{Link, NewLink};

use super::{
    Work, access,
    order::{KIND, order_now},
    refused,
    sync::may_have_issue,
};
use crate::{Actor, Desk, Result, scribe::Scribe};

/// What staff decide where the tracker says something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The tracker is to have what the desk has.
    Insist,
    /// Both stay as they are.
    Leave,
}

/// Has an issue made of a bug.
pub async fn create(desk: &Desk, actor: &Actor, bug: BugId) -> Result<()> {
    let signed = managing(desk, actor, bug).await?;
    // Whether its token opens is found out, and said, by the job that makes it.
    let (tracker, _) = access::known(desk).await?.ok_or_else(|| refused(TrackerRefusal::NoTracker))?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let stage = store::bugs::get(&scribe.tx, bug).await?.life.state.stage();
    if store::tracker::link(&scribe.tx, bug).await?.is_some() || !may_have_issue(stage) {
        return Err(refused(TrackerRefusal::HasIssue));
    }
    let new = NewLink { bug, repository: &tracker.repository, issue: None, url: "", by: Some(signed), now: scribe.now };
    insert(&mut scribe, new).await?;
    scribe.settle().await
}

/// Links a bug with an issue that there is, as somebody named it.
pub async fn link(desk: &Desk, actor: &Actor, bug: BugId, written: &str) -> Result<()> {
    let signed = managing(desk, actor, bug).await?;
    let access = access::needed(desk).await?;
    let named = reference(written).ok_or_else(|| refused(TrackerRefusal::NoReference))?;
    if let Some(other) = named.repository.filter(|it| !it.eq_ignore_ascii_case(&access.repository)) {
        return Err(refused(TrackerRefusal::OtherRepository { named: other, ours: access.repository }));
    }
    if store::tracker::link(desk.store.read(), bug).await?.is_some() {
        return Err(refused(TrackerRefusal::HasIssue));
    }
    let issue = desk.tracker.issue(&access, named.number).await.map_err(access::met)?;
    if issue.is_change {
        return Err(refused(TrackerRefusal::IsChange));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::tracker::link(&scribe.tx, bug).await?.is_some() {
        return Err(refused(TrackerRefusal::HasIssue));
    }
    if let Some(other) = store::tracker::by_issue(&scribe.tx, &access.repository, issue.number).await? {
        return Err(refused(TrackerRefusal::OfAnother { bug: other.bug }));
    }
    let (number, now) = (Some(issue.number), scribe.now);
    let new = NewLink { bug, repository: &access.repository, issue: number, url: &issue.url, by: Some(signed), now };
    insert(&mut scribe, new).await?;
    scribe.settle().await
}

async fn insert(scribe: &mut Scribe<'_>, new: NewLink<'_>) -> Result<()> {
    store::tracker::insert(&scribe.tx, new).await?;
    scribe.record(Event::Bug(BugEvent::Linked { bug: new.bug }), new.now).await?;
    order_now(scribe, new.bug).await
}

/// Takes the issue off; it stays in the tracker as it is, and what was said stays here.
pub async fn unlink(desk: &Desk, actor: &Actor, bug: BugId) -> Result<()> {
    managing(desk, actor, bug).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::tracker::remove_link(&scribe.tx, bug).await? == 0 {
        return Err(refused(TrackerRefusal::NoIssue));
    }
    store::jobs::drop_parked(&scribe.tx, KIND, &payload(bug)?).await?;
    let now = scribe.now;
    scribe.record(Event::Bug(BugEvent::Unlinked { bug }), now).await?;
    scribe.settle().await
}

pub async fn decide(desk: &Desk, actor: &Actor, bug: BugId, decided: Decided) -> Result<()> {
    managing(desk, actor, bug).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    known(&scribe, bug).await?;
    store::tracker::decide(&scribe.tx, bug, decided == Decided::Insist).await?;
    if decided == Decided::Insist {
        order_now(&mut scribe, bug).await?;
    }
    scribe.settle().await
}

/// Has it tried now.
pub async fn again(desk: &Desk, actor: &Actor, bug: BugId) -> Result<()> {
    managing(desk, actor, bug).await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    known(&scribe, bug).await?;
    // One that was set aside would say the same.
    store::jobs::drop_parked(&scribe.tx, KIND, &payload(bug)?).await?;
    order_now(&mut scribe, bug).await?;
    scribe.settle().await
}

async fn known(scribe: &Scribe<'_>, bug: BugId) -> Result<Link> {
    let link = store::tracker::link(&scribe.tx, bug).await?;
    link.ok_or_else(|| refused(TrackerRefusal::NoIssue))
}

fn payload(bug: BugId) -> Result<String> {
    serde_json::to_string(&Work::Bug { bug }).map_err(crate::Error::broken)
}

/// Who moves bugs, where there is that bug.
async fn managing(desk: &Desk, actor: &Actor, bug: BugId) -> Result<rules::ids::PersonId> {
    actor.staff(Action::UseDesk)?;
    store::bugs::get(desk.store.read(), bug).await?;
    Ok(actor.staff(Action::ManageBugs)?.person)
}
