//! What changed in the tracker is looked through, every hour and whenever somebody wants it: a call that never came is made good for. The
//! tracker's own times say how far it was read.

use jiff::SignedDuration;
use rules::{ids::BugId, instant::Instant, tracker::Fault};

use super::{
    Work, access,
    order::{KIND, order, order_work},
};
use crate::{Actor, Desk, Result, jobs::Done, scribe::Scribe};

/// How often it is looked through.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// How far before the first look.
const BEFORE: SignedDuration = SignedDuration::from_hours(1);
/// Bugs of a step.
const STEP: i64 = 100;

/// Has it looked through where that is due.
pub async fn keep_up(desk: &Desk) -> Result<()> {
    let Some(tracker) = store::tracker::get(desk.store.read()).await? else { return Ok(()) };
    let due = tracker.read_at.is_none_or(|at| desk.now().since(at) >= EVERY);
    if due {
        let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
        order_read(&mut scribe).await?;
        scribe.settle().await?;
    }
    Ok(())
}

/// Once, however often it is wanted before it is done.
pub(super) async fn order_read(scribe: &mut Scribe<'_>) -> Result<()> {
    order_work(scribe, "read", &Work::Read { from: None, page: 1 }).await
}

/// A page of what changed. `from`: where the one before ended, in microseconds.
pub(super) async fn changes(desk: &Desk, from: Option<i64>, page: u32) -> Result<Done> {
    let Some((tracker, access)) = access::known(desk).await? else { return Ok(Done::Finished) };
    let began = tracker.read_upto.unwrap_or(tracker.set_at.plus(-BEFORE));
    let since = from.and_then(|micros| Instant::from_micros(micros).ok()).unwrap_or(began);
    let access = match access {
        Ok(access) => access,
        Err(fault) => return failed(desk, &fault).await,
    };
    let found = match desk.tracker.changed(&access, since, page).await {
        Ok(found) => found,
        Err(fault) => return failed(desk, &fault).await,
    };
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    for issue in found.items.iter().filter(|it| !it.is_change) {
        let Some(link) = store::tracker::by_issue(&scribe.tx, &tracker.repository, issue.number).await? else {
            continue;
        };
        let is_known = link.agreed.theirs == issue.face && link.synced_at.is_some_and(|at| at > issue.updated_at);
        if !is_known {
            order(&mut scribe, link.bug).await?;
        }
    }
    let last = found.items.iter().map(|it| it.updated_at).max().unwrap_or(since);
    let now = scribe.now;
    if found.is_last {
        store::tracker::was_read(&scribe.tx, (Some(last), now), None).await?;
        if tracker.fault.is_some() {
            // It is back: what was set aside meanwhile is tried again.
            store::jobs::unpark_all(&scribe.tx, KIND, now).await?;
        }
    } else {
        // Those that changed meanwhile stand behind, so the next page begins where this one ended.
        let (from, page) = if last > since { (last, 1) } else { (since, page.saturating_add(1)) };
        let next = Work::Read { from: Some(from.micros()), page };
        order_work(&mut scribe, &format!("read/{}/{page}", from.micros()), &next).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}

/// It is said on the page of the tracker; in an hour it is tried again by itself.
async fn failed(desk: &Desk, fault: &Fault) -> Result<Done> {
    let tx = desk.store.begin().await?;
    store::tracker::was_read(&tx, (None, desk.now()), Some(fault)).await?;
    tx.commit().await?;
    Ok(Done::Finished)
}

/// Brings all linked bugs together, in steps.
pub(super) async fn all(desk: &Desk, behind: BugId) -> Result<Done> {
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let bugs = store::tracker::linked(&scribe.tx, behind, STEP).await?;
    for bug in &bugs {
        super::order::order_now(&mut scribe, *bug).await?;
    }
    if let Some(last) = next(&bugs) {
        order_work(&mut scribe, &format!("all/{last}"), &Work::All { behind: last }).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}

/// A milestone has another name, or is none any more: its issues do not count as changed.
pub(super) async fn of_milestone(desk: &Desk, was: &str, behind: BugId) -> Result<Done> {
    let Some((tracker, _)) = access::known(desk).await? else { return Ok(Done::Finished) };
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let of = (tracker.repository.as_str(), was);
    let bugs = store::tracker::of_milestone(&scribe.tx, of, behind, STEP).await?;
    for bug in &bugs {
        order(&mut scribe, *bug).await?;
    }
    if let Some(last) = next(&bugs) {
        let work = Work::Milestone { was: was.to_owned(), behind: last };
        order_work(&mut scribe, &format!("milestone/{last}/{was}"), &work).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}

/// The last one, where there may be more.
fn next(bugs: &[BugId]) -> Option<BugId> {
    let is_full = i64::try_from(bugs.len()).is_ok_and(|count| count == STEP);
    bugs.last().copied().filter(|_| is_full)
}
