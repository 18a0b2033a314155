//! Tells somebody, in the transaction of what they are told.

use jiff::SignedDuration;
use rules::{
    ids::{PersonId, TicketId},
    instant::Instant,
    notices::Notice,
};
use store::Tx;

use crate::{
    Result,
    mail::{Order, order},
    push,
    scribe::Scribe,
};

/// How long it is kept that somebody was told.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Tells a member of staff of a request, each way that they chose.
pub(crate) async fn tell(
    scribe: &mut Scribe<'_>,
    to: PersonId,
    (kind, ticket): (Notice, TicketId),
    mail: Order,
) -> Result<()> {
    let chosen = store::notifications::choice(&scribe.tx, to, kind).await?.unwrap_or_default().of(kind);
    if chosen.way.on_page() {
        store::notifications::tell(&scribe.tx, to, (kind, ticket), scribe.now).await?;
    }
    if chosen.push {
        push::order(scribe, to, (kind, ticket)).await?;
    }
    if chosen.way.by_mail() { order(scribe, mail).await } else { Ok(()) }
}

/// Throws away what was told long ago.
pub(crate) async fn sweep(tx: &Tx, now: Instant) -> Result<u64> {
    Ok(store::notifications::sweep(tx, now.plus(-KEPT)).await?)
}
