//! The mails that the desk has kept.

use rules::{ids::OutgoingId, mail::Parts};
use store::outgoing::Outgoing;

use crate::{Desk, Error, Result};

/// Mails of a page.
const PAGE: i64 = 50;

/// A mail and what its reader sees.
#[derive(Clone, Debug)]
pub struct Kept {
    pub mail: Outgoing,
    pub parts: Parts,
}

/// The mails before `before`, the newest first: for the demo, whose mails are everybody's.
pub async fn newest(desk: &Desk, before: Option<OutgoingId>) -> Result<Vec<Outgoing>> {
    Ok(store::outgoing::newest(desk.store.read(), before, PAGE).await?)
}

/// One mail, read; not found when its bytes are gone.
pub async fn kept(desk: &Desk, id: OutgoingId) -> Result<Kept> {
    let mail = store::outgoing::get(desk.store.read(), id).await?;
    let parts = rules::mail::parts(mail.bytes.as_deref().ok_or(Error::NotFound)?);
    Ok(Kept { mail, parts })
}
