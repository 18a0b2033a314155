//! A file is given out: to who sees the request or the message that it came with, or wrote the draft.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use rules::ids::AttachmentId;
use store::attachments::Attachment;

use super::show::show;
use crate::{Actor, Desk, Error, Result};

/// A file and its bytes, piece by piece.
pub async fn fetch_file(
    desk: &Desk,
    actor: &Actor,
    id: AttachmentId,
) -> Result<(Attachment, BoxStream<'static, store::Result<Bytes>>)> {
    let signed = actor.signed()?;
    let file = store::attachments::get(desk.store.read(), id).await?;
    match file.ticket {
        Some(ticket) => {
            let shown = show(desk, actor, ticket).await?;
            if !shown.files.iter().any(|shown| shown.id == id) {
                return Err(Error::NotFound);
            }
        }
        None if file.owner == signed.person => {}
        None => return Err(Error::NotFound),
    }
    // What came as an archive is read file by file, or by `fetch_original`.
    if file.is_sealed() {
        return Err(Error::NotFound);
    }
    let stream = desk.store.blobs().stream(&file.blob).await?;
    Ok((file, stream))
}
