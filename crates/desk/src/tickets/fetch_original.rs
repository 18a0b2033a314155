//! A file as it came, with its secrets (LOG-3): for staff who say why, and are written down before they get it.

use std::io::Read;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream, StreamExt};
use rules::{access::Action, events::TicketEvent, ids::AttachmentId, refusal::Refusal};
use store::{attachments::Attachment, blobs::SealKey};

use super::{seen, show::show};
use crate::{Actor, Desk, Error, Result, scribe::Scribe};

/// Bytes that are read at once.
const PIECE: u64 = 256 * 1024;

/// The original and its bytes, piece by piece; its length first.
pub async fn fetch_original(
    desk: &Desk,
    actor: &Actor,
    id: AttachmentId,
    reason: &str,
) -> Result<(Attachment, u64, BoxStream<'static, std::io::Result<Bytes>>)> {
    let signed = actor.staff(Action::ReadOriginal)?;
    let file = store::attachments::get(desk.store.read(), id).await?;
    let (Some(ticket), Some(original)) = (file.ticket, file.original.clone()) else { return Err(Error::NotFound) };
    seen(desk.store.read(), signed, ticket).await?;
    if !show(desk, actor, ticket).await?.files.iter().any(|shown| shown.id == id) {
        return Err(Error::NotFound);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::OriginalReasonMissing.into());
    }
    let opened = desk.store.blobs().open_sealed(&SealKey::new(&desk.settings.secret_key), &original)?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    scribe.ticket_because(ticket, TicketEvent::OriginalRead { attachment: id }, reason).await?;
    scribe.settle().await?;
    let length = opened.length();
    let pieces = stream::unfold(Some(opened), |opened| async {
        let mut opened = opened?;
        let mut piece = Vec::new();
        match (&mut opened).take(PIECE).read_to_end(&mut piece) {
            Ok(0) => None,
            Ok(_) => Some((Ok(Bytes::from(piece)), Some(opened))),
            Err(fault) => Some((Err(fault), None)),
        }
    });
    Ok((file, length, pieces.boxed()))
}
