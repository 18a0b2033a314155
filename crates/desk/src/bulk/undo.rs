//! What a job changed is put back as it was, by a job of its own: where nobody changed it again since, and where the single
//! act may be done.

use rules::{
    bulk::{BulkRefusal, Phase, Standing},
    ids::BulkJobId,
};
use store::bulk_jobs::{self, NewBulkJob};

use super::{refused, run::order, visible};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Begins it; the customer reads the reason where the priority goes back to another one than they wished (PRI-2).
pub async fn undo(desk: &Desk, actor: &Actor, id: BulkJobId, reason: &str) -> Result<BulkJobId> {
    let (signed, job) = visible(desk, actor, id).await?;
    let act = job.act.as_ref().filter(|act| job.undoes.is_none() && act.kind().can_be_undone());
    if act.is_none() {
        return Err(refused(BulkRefusal::CannotBeUndone));
    }
    if !matches!(job.phase, Phase::Stopped | Phase::Ended) {
        return Err(refused(BulkRefusal::StillRunning));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    if bulk_jobs::that_undoes(&scribe.tx, id).await?.is_some() {
        return Err(refused(BulkRefusal::UndoneAlready));
    }
    let done = bulk_jobs::next(&scribe.tx, id, Standing::Done, job.total).await?;
    let rows: Vec<_> = done.into_iter().filter(|row| row.was.is_some()).map(|row| (row.ticket, row.was)).collect();
    if rows.is_empty() {
        return Err(refused(BulkRefusal::NothingToDo));
    }
    let total = i64::try_from(rows.len()).map_err(Error::broken)?;
    let new = NewBulkJob { by: signed.person, phase: Phase::Running, total, undoes: Some(id), now: scribe.now };
    let back = bulk_jobs::insert(&scribe.tx, new).await?;
    bulk_jobs::say(&scribe.tx, back, reason.trim()).await?;
    bulk_jobs::add(&scribe.tx, back, Standing::Ready, &rows).await?;
    order(&mut scribe, (back, 0), -1).await?;
    scribe.settle().await?;
    Ok(back)
}
