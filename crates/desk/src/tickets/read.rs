//! The portal sends staff's messages to a session of a reader for the first time: they have arrived (FRT-3).

use rules::{
    events::{TicketEvent, Via},
    ids::TicketId,
};
use store::messages::{Delivery, Outcome};

use super::seen;
use crate::{Actor, Desk, Result, scribe::Scribe};

/// Writes down what this page shows its reader for the first time. Staff readers leave no trace.
pub async fn read(desk: &Desk, actor: &Actor, id: TicketId) -> Result<()> {
    let signed = actor.signed()?;
    seen(desk.store.read(), signed, id).await?;
    let is_theirs = store::tickets::participants(desk.store.read(), id).await?.contains(&signed.person);
    let unseen = store::messages::unseen(desk.store.read(), id, signed.person, desk.now()).await?;
    if !is_theirs || unseen.is_empty() {
        return Ok(());
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    for message in unseen {
        let (to, via) = (signed.person, Via::Portal);
        let delivery = Delivery { message, to, via, outcome: Outcome::Arrived, at: scribe.now };
        if store::messages::deliver(&scribe.tx, delivery).await? {
            scribe.ticket(id, TicketEvent::Delivered { message, to, via }).await?;
        }
    }
    scribe.settle().await
}
