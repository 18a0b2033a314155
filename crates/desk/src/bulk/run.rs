//! A job goes on in steps, between other jobs, so that mail does not wait for it and another node may go on. A request is
//! done to and marked as done in one transaction: whoever dies in between leaves none that is done twice.

use jiff::SignedDuration;
use rules::{
    bulk::{BulkRefusal, Phase, Standing, Why},
    ids::{BulkJobId, Seq, TicketId},
};
use serde::{Deserialize, Serialize};
use store::{
    Tx,
    bulk_jobs::{self, BulkJob, BulkRow},
    messages,
};

use super::{
    one::{Came, one},
    refused, visible,
};
use crate::{Actor, Desk, Error, Result, actor::Signed, batch::Mode, jobs::Done, scribe::Scribe};

pub(crate) const KIND: &str = "bulk";
/// How long a step may take before another worker goes on with it.
pub(crate) const LEASE: SignedDuration = SignedDuration::from_mins(1);

/// Requests of a step: well under a second each.
const STEP: usize = 25;
/// How long a job is kept that was never begun, and the requests of one that ended.
const UNBEGUN: SignedDuration = SignedDuration::from_hours(24);
const KEPT: SignedDuration = SignedDuration::from_hours(92 * 24);

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    job: BulkJobId,
}

/// Has it go on behind a place.
pub(super) async fn order(scribe: &mut Scribe<'_>, (job, round): (BulkJobId, i64), behind: i64) -> Result<()> {
    let now = scribe.now;
    scribe.enqueue(KIND, &format!("{KIND}/{job}/{round}/{behind}"), &Step { job }, now).await
}

/// Begins what the judgement of that round said.
pub async fn begin(desk: &Desk, actor: &Actor, id: BulkJobId, round: i64) -> Result<()> {
    let (signed, job) = visible(desk, actor, id).await?;
    if job.by != signed.person {
        return Err(Error::NotFound);
    }
    match job.phase {
        Phase::Judged if job.round == round => {}
        Phase::Chosen | Phase::Judging | Phase::Judged => return Err(refused(BulkRefusal::StillJudging)),
        // Pressed twice: it is begun.
        Phase::Running | Phase::Stopped | Phase::Ended => return Ok(()),
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if bulk_jobs::next(&scribe.tx, id, Standing::Ready, 1).await?.is_empty() {
        return Err(refused(BulkRefusal::NothingToDo));
    }
    if bulk_jobs::go(&scribe.tx, (id, round), (Phase::Judged, Phase::Running), scribe.now).await? {
        // Those that were judged were ordered under the round's own number.
        order(&mut scribe, (id, round), -1).await?;
    }
    scribe.settle().await?;
    moved(desk, id).await
}

/// Those who look at it hear that it is further.
pub(super) async fn moved(desk: &Desk, id: BulkJobId) -> Result<()> {
    desk.moved(&bulk_jobs::get(desk.store.read(), id).await?).await;
    Ok(())
}

/// Stops it: what was done stands, the rest is left.
pub async fn stop(desk: &Desk, actor: &Actor, id: BulkJobId) -> Result<()> {
    let (signed, job) = visible(desk, actor, id).await?;
    let scribe = Scribe::begin(desk, actor).await?;
    if bulk_jobs::go(&scribe.tx, (id, job.round), (Phase::Running, Phase::Stopped), scribe.now).await? {
        bulk_jobs::stopped(&scribe.tx, id, signed.person).await?;
    }
    scribe.settle().await?;
    moved(desk, id).await
}

/// What a process had begun that is gone: where none but this one works on the desk, it goes on at once.
pub(crate) async fn resume(desk: &Desk) -> Result<()> {
    if desk.store.is_embedded() {
        let tx = desk.store.begin().await?;
        store::jobs::release(&tx, KIND, desk.now()).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Goes on with one.
pub(crate) async fn step(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { job } = serde_json::from_str(payload).map_err(Error::broken)?;
    let job = bulk_jobs::get(desk.store.read(), job).await?;
    let last = match job.phase {
        Phase::Judging => judge(desk, &job, STEP).await?,
        Phase::Running => run(desk, &job).await?,
        Phase::Chosen | Phase::Judged | Phase::Stopped | Phase::Ended => None,
    };
    if let Some(last) = last {
        let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
        order(&mut scribe, (job.id, job.round), last).await?;
        scribe.settle().await?;
    }
    moved(desk, job.id).await?;
    Ok(Done::Finished)
}

/// Who began it, as they are now: who is gone may nothing.
async fn began(desk: &Desk, job: &BulkJob) -> Result<Option<Signed>> {
    match Signed::read(desk.store.read(), job.by).await {
        Ok(signed) => Ok(Some(signed)),
        Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Tries the next requests, and keeps only what that said; the place behind which there are more.
pub(super) async fn judge(desk: &Desk, job: &BulkJob, most: usize) -> Result<Option<i64>> {
    let limit = i64::try_from(most).map_err(Error::broken)?;
    let rows = bulk_jobs::next(desk.store.read(), job.id, Standing::Waiting, limit).await?;
    let by = began(desk, job).await?;
    let mut judged = vec![];
    for row in &rows {
        let read_to = messages::newest(desk.store.read(), row.ticket).await?;
        let row = BulkRow { read_to, ..row.clone() };
        let came = match &by {
            Some(by) => one(desk, by, (job, &row), Mode::Try).await?,
            None => Came::Left(Why::NotSeen),
        };
        let why = match came {
            Came::Fine => None,
            Came::Left(why) => Some(why),
            Came::Overtaken => Some(Why::ChangedSince),
        };
        judged.push(((row.ticket, read_to), why));
    }
    let tx = desk.store.begin().await?;
    for (of, why) in judged {
        bulk_jobs::judge(&tx, (job.id, job.round), of, why.as_ref()).await?;
    }
    let last = rows.last().filter(|_| rows.len() == most).map(|row| row.place);
    if last.is_none() {
        bulk_jobs::go(&tx, (job.id, job.round), (Phase::Judging, Phase::Judged), desk.now()).await?;
    }
    tx.commit().await?;
    Ok(last)
}

/// Does it to the next requests; the place behind which there are more.
async fn run(desk: &Desk, job: &BulkJob) -> Result<Option<i64>> {
    let limit = i64::try_from(STEP).map_err(Error::broken)?;
    let rows = bulk_jobs::next(desk.store.read(), job.id, Standing::Ready, limit).await?;
    let by = began(desk, job).await?;
    for row in &rows {
        let came = match &by {
            Some(by) => one(desk, by, (job, row), Mode::Do { unless: since(desk, job, row.ticket).await? }).await?,
            None => Came::Left(Why::NotSeen),
        };
        if let Some(why) = reason(desk, job, row, came).await? {
            leave(desk, job, (row.ticket, &why)).await?;
        }
        if bulk_jobs::get(desk.store.read(), job.id).await?.phase != Phase::Running {
            return Ok(None);
        }
    }
    let last = rows.last().filter(|_| rows.len() == STEP).map(|row| row.place);
    if last.is_none() {
        let tx = desk.store.begin().await?;
        bulk_jobs::go(&tx, (job.id, job.round), (Phase::Running, Phase::Ended), desk.now()).await?;
        tx.commit().await?;
    }
    Ok(last)
}

/// In a job that puts back: where the journal stood when the other one changed it.
async fn since(desk: &Desk, job: &BulkJob, ticket: TicketId) -> Result<Option<Seq>> {
    match job.undoes {
        Some(other) => Ok(bulk_jobs::row(desk.store.read(), other, ticket).await?.seq),
        None => Ok(None),
    }
}

/// Why one is left out; none where it was done, by this worker or another.
async fn reason(desk: &Desk, job: &BulkJob, row: &BulkRow, came: Came) -> Result<Option<Why>> {
    Ok(match came {
        Came::Fine => None,
        Came::Left(why) => Some(why),
        Came::Overtaken => {
            let now = bulk_jobs::row(desk.store.read(), job.id, row.ticket).await?;
            let goes_on = bulk_jobs::get(desk.store.read(), job.id).await?.phase == Phase::Running;
            (now.standing == Standing::Ready && goes_on).then_some(Why::ChangedSince)
        }
    })
}

async fn leave(desk: &Desk, job: &BulkJob, of: (TicketId, &Why)) -> Result<()> {
    let tx = desk.store.begin().await?;
    bulk_jobs::leave(&tx, job.id, of, desk.now()).await?;
    Ok(tx.commit().await?)
}

/// Throws away jobs that nobody began, and lists of requests that are old.
pub(crate) async fn sweep(tx: &Tx, now: rules::instant::Instant) -> Result<u64> {
    Ok(bulk_jobs::sweep(tx, now.plus(-UNBEGUN), now.plus(-KEPT)).await?)
}
