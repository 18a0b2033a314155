//! Has work tried now that waits or was parked.

use rules::ids::JobId;

use super::{entrusted, is_seen, ordered};
use crate::{Actor, Desk, Error, Result};

/// What is being tried at this moment is left alone: it is a conflict to want it twice.
pub async fn try_again(desk: &Desk, actor: &Actor, id: JobId) -> Result<()> {
    let job = store::work::get(desk.store.read(), id).await?;
    let signed = actor.staff(entrusted(&job.kind))?;
    let ticket = ordered(&job).and_then(|it| it.order.ticket());
    if !is_seen(desk.store.read(), signed, ticket).await? {
        return Err(Error::NotFound);
    }
    let tx = desk.store.begin().await?;
    if !store::work::try_now(&tx, id, desk.now()).await? {
        return Err(Error::Conflict);
    }
    tx.commit().await?;
    desk.wake.notify_one();
    Ok(())
}
