//! Files: taken in as a stream and recognised by content. Giving them out depends on their request and is `tickets`'.

use bytes::Bytes;
use futures_util::Stream;
use rules::{
    ids::{AttachmentId, DraftId},
    mail::turns_direction,
    refusal::Refusal,
};
use store::{
    attachments::{Attachment, NewAttachment},
    blobs::NotKept,
};

use crate::{Actor, Desk, Error, Result};

/// Characters of a file's name that are kept.
const NAME: usize = 200;

/// A file about to be kept.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub draft: DraftId,
    /// The form's field that it is given for.
    pub field: String,
    /// As the browser calls it; folders are cut off.
    pub name: String,
}

/// Keeps a stream as a file of a draft, up to the policy's limit.
pub async fn attach<E: std::fmt::Display>(
    desk: &Desk,
    actor: &Actor,
    new: NewFile,
    stream: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<Attachment> {
    let signed = actor.signed()?;
    store::drafts::get(desk.store.read(), signed.person, new.draft).await?;
    let limit = desk.policy().await?.policy().attachments.file_bytes();
    let incoming: String = desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let written = desk.store.blobs().write(&incoming, limit, stream).await.map_err(|why| match why {
        NotKept::TooLarge { limit } => Refusal::FileTooLarge { limit_bytes: limit }.into(),
        NotKept::Interrupted(_) => Error::from(Refusal::UploadInterrupted),
        NotKept::Store(error) => error.into(),
    })?;
    let tx = desk.store.begin().await?;
    let id = store::attachments::insert(
        &tx,
        &NewAttachment {
            owner: signed.person,
            draft: new.draft,
            field: &new.field,
            name: &file_name(&new.name),
            media_type: rules::files::media_type(&written.head),
            bytes: i64::try_from(written.bytes).map_err(Error::broken)?,
            blob: &written.id,
            now: desk.now(),
        },
    )
    .await?;
    let kept = store::attachments::get(&tx, id).await?;
    // The broom may have taken an unnamed blob of the same content just before this row named it.
    if !desk.store.blobs().holds(&kept.blob).await? {
        return Err(Refusal::UploadInterrupted.into());
    }
    tx.commit().await?;
    Ok(kept)
}

/// The last part of a path, without control characters and what turns the direction of a name: `exe.txt` stays that.
fn file_name(claimed: &str) -> String {
    let last = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control() && !turns_direction(*c)).take(NAME).collect();
    let name = name.trim().trim_matches('.').to_owned();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Takes a file off a draft of one's own.
pub async fn remove(desk: &Desk, actor: &Actor, id: AttachmentId) -> Result<()> {
    let signed = actor.signed()?;
    let tx = desk.store.begin().await?;
    if !store::attachments::remove_from_draft(&tx, signed.person, id, desk.now()).await? {
        return Err(Error::NotFound);
    }
    Ok(tx.commit().await?)
}
