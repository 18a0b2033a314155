//! What staff do to many requests at once. The requests are chosen and stand from then on; each is tried, so that it is
//! known what would change; then a job does to one after the other what a member of staff does to a single one, by the same
//! verb, in a transaction of its own. Who may, and what the rules say, is asked for each of them
//! as for a single one; nothing is decided here. What it did can be put back where that is possible.

mod choose;
mod decide;
mod list;
mod one;
mod run;
mod show;
mod undo;

use rules::{
    access::{Action, may},
    bulk::BulkRefusal,
    ids::BulkJobId,
    refusal::Refusal,
};
pub use store::bulk_jobs::BulkJob;

pub use choose::{Chosen, choose, choose_question};
pub use decide::{Wanted, decide};
pub use list::{Listed, list};
pub(crate) use run::{KIND, LEASE, resume, step, sweep};
pub use run::{begin, stop};
pub use show::{Counts, From, Shown, ShownRow, show};
pub use undo::undo;

use crate::{Actor, Desk, Error, Result, actor::Signed};

/// A job that this member of staff sees: their own, and where they watch over them those that others began.
async fn visible<'a>(desk: &Desk, actor: &'a Actor, id: BulkJobId) -> Result<(&'a Signed, BulkJob)> {
    let signed = actor.staff(Action::UseDesk)?;
    let job = store::bulk_jobs::get(desk.store.read(), id).await?;
    let watches = job.started_at.is_some() && may(signed.grants, Action::WatchBulk);
    if job.by == signed.person || watches { Ok((signed, job)) } else { Err(Error::NotFound) }
}

fn refused(why: BulkRefusal) -> Error {
    Refusal::Bulk(why).into()
}
