//! Files that arrive in parts and go on after anything that breaks off (LOG-5): begun, added to, asked about, taken off, and
//! once whole read like any other file. What is acknowledged lies on the disk, sealed, and a row says so.

use std::{convert::Infallible, io::Read, pin::pin};

use aws_lc_rs::digest::{Context, SHA1_FOR_LEGACY_USE_ONLY, SHA256};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use jiff::SignedDuration;
use rules::{
    files::tus::{Algorithm, Checksum},
    ids::DraftId,
    refusal::Refusal,
};
pub use store::uploads::Upload;
use store::{
    attachments::Attachment,
    blobs::{SealKey, Written, seal},
    uploads,
};

use super::{
    NewFile, file_name,
    quota::{check_disk, leave, organisation, room_of},
    take_in, write,
};
use crate::{Actor, Desk, Error, Result, actor::Signed};

/// How long one waits for its next part: a laptop that was closed over a week's holiday goes on.
const PATIENCE: SignedDuration = SignedDuration::from_hours(10 * 24);
/// How many somebody may have under way.
const OPEN: u64 = 20;
/// Bytes after which what arrived is acknowledged for good. A part with a checksum is kept whole or not at all.
const PART: u64 = 8 * 1024 * 1024;
/// Bytes of a part with a checksum, at most.
const CHECKED: u64 = 64 * 1024 * 1024;
/// Characters of what tells the file from others of its name.
const MARK: usize = 40;
/// Bytes that are opened at once.
const PIECE: u64 = 256 * 1024;

/// A file about to arrive.
#[derive(Clone, Debug)]
pub struct NewUpload {
    pub file: NewFile,
    pub mark: String,
    pub bytes: u64,
}

/// Where a part begins, and what it was said to be.
#[derive(Clone, Debug)]
pub struct Appending {
    pub offset: u64,
    pub checksum: Option<Checksum>,
}

/// Reserves the room for a file.
pub async fn begin(desk: &Desk, actor: &Actor, new: NewUpload) -> Result<Upload> {
    let signed = actor.signed()?;
    let compiled = desk.policy().await?;
    let (policy, now) = (compiled.policy(), desk.now());
    let limit_bytes = policy.attachments.file_bytes();
    if new.bytes > limit_bytes {
        return Err(Refusal::FileTooLarge { limit_bytes }.into());
    }
    check_disk(desk, new.bytes).await?;
    let tx = desk.store.begin().await?;
    store::drafts::get(&tx, signed.person, new.file.draft).await?;
    if u64::try_from(uploads::count(&tx, signed.person, now).await?).map_err(Error::broken)? >= OPEN {
        return Err(Refusal::TooManyUploads { limit: OPEN }.into());
    }
    let room = room_of(signed);
    if let Some(room) = room {
        leave(&tx, room, (policy, now), (new.bytes, None)).await?;
    }
    let token: String = desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let row = uploads::NewUpload {
        token: &token,
        person: signed.person,
        organisation: organisation(room),
        draft: new.file.draft,
        field: &new.file.field,
        name: &file_name(&new.file.name),
        mark: &new.mark.chars().take(MARK).collect::<String>(),
        bytes: i64::try_from(new.bytes).map_err(Error::broken)?,
        now,
        expires_at: now.plus(PATIENCE),
    };
    uploads::insert(&tx, &row).await?;
    let begun = uploads::get(&tx, signed.person, (&token, now)).await?;
    tx.commit().await?;
    Ok(begun)
}

/// One's own: whose it is not, for them it is not there.
pub async fn find(desk: &Desk, actor: &Actor, token: &str) -> Result<Upload> {
    Ok(uploads::get(desk.store.read(), actor.signed()?.person, (token, desk.now())).await?)
}

/// Those of a draft that are still on their way.
pub async fn under_way(desk: &Desk, actor: &Actor, draft: DraftId) -> Result<Vec<Upload>> {
    let mut all = uploads::of_draft(desk.store.read(), draft, desk.now()).await?;
    let person = actor.signed()?.person;
    all.retain(|upload| upload.person == person);
    Ok(all)
}

/// Adds what arrives, part by part, and says how far it came. A connection that breaks off takes nothing along of what was
/// acknowledged before.
pub async fn append<E: std::fmt::Display>(
    desk: &Desk,
    actor: &Actor,
    (token, part): (&str, Appending),
    content: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<Upload> {
    let mut upload = find(desk, actor, token).await?;
    if u64::try_from(upload.received).ok() != Some(part.offset) || upload.attachment.is_some() {
        return Err(Error::Conflict);
    }
    let mut incoming = Incoming { content: pin!(content), rest: Bytes::new(), end: None };
    let most = if part.checksum.is_some() { CHECKED } else { PART };
    loop {
        let missing = u64::try_from(upload.bytes - upload.received).map_err(Error::broken)?;
        if !incoming.has_more().await || missing == 0 {
            break;
        }
        check_disk(desk, 0).await?;
        let taken = take_part(desk, &mut incoming, (missing.min(most), part.checksum.as_ref())).await?;
        if let Some(checksum) = &part.checksum {
            let is_whole = incoming.end == Some(End::Whole) || !incoming.has_more().await;
            if !is_whole || incoming.end != Some(End::Whole) || taken.digest != checksum.digest {
                desk.store.blobs().drop_now(&taken.written.id).await?;
                let broke_off = incoming.end == Some(End::Broken);
                return Err(if broke_off { Refusal::UploadInterrupted } else { Refusal::UploadChanged }.into());
            }
        }
        upload = note(desk, upload, &taken).await?;
    }
    Ok(upload)
}

/// What of a part was written.
struct Taken {
    bytes: u64,
    digest: Vec<u8>,
    written: Written,
}

async fn take_part<S, E>(
    desk: &Desk,
    incoming: &mut Incoming<S>,
    (most, checksum): (u64, Option<&Checksum>),
) -> Result<Taken>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    let mut hash = checksum.map(|checksum| {
        Context::new(match checksum.algorithm {
            Algorithm::Sha1 => &SHA1_FOR_LEGACY_USE_ONLY,
            Algorithm::Sha256 => &SHA256,
        })
    });
    let mut bytes = 0;
    let pieces = stream::unfold((incoming, most), |(incoming, room)| async move {
        let piece = incoming.next(room).await?;
        let left = room - piece.len() as u64;
        Some((Ok::<_, Infallible>(piece), (incoming, left)))
    });
    let pieces = pieces.inspect(|piece| {
        let piece = piece.as_deref().unwrap_or_default();
        bytes += piece.len() as u64;
        if let Some(hash) = &mut hash {
            hash.update(piece);
        }
    });
    let key = SealKey::new(&desk.settings.secret_key);
    let sealed = seal(&key, desk.draw(), pieces);
    let written = write(desk, (u64::MAX, u64::MAX), sealed).await?;
    Ok(Taken { bytes, digest: hash.map(|hash| hash.finish().as_ref().to_vec()).unwrap_or_default(), written })
}

/// Has the row say that a part is there.
async fn note(desk: &Desk, upload: Upload, taken: &Taken) -> Result<Upload> {
    let bytes = i64::try_from(taken.bytes).map_err(Error::broken)?;
    let expires_at = desk.now().plus(PATIENCE);
    let tx = desk.store.begin().await?;
    if !uploads::add_part(&tx, &upload, (bytes, &taken.written.id), expires_at).await? {
        drop(tx);
        desk.store.blobs().drop_now(&taken.written.id).await?;
        return Err(Error::Conflict);
    }
    tx.commit().await?;
    Ok(Upload { received: upload.received + bytes, expires_at, ..upload })
}

/// Takes it off, with what has arrived of it.
pub async fn cancel(desk: &Desk, actor: &Actor, token: &str) -> Result<()> {
    let upload = find(desk, actor, token).await?;
    let tx = desk.store.begin().await?;
    let parts = uploads::parts(&tx, upload.id).await?;
    uploads::remove(&tx, upload.id).await?;
    tx.commit().await?;
    drop_parts(desk, parts).await
}

/// Makes a file of what has arrived whole; the same file when it is asked for again. It goes on when who asked has gone.
pub async fn finish(desk: &Desk, actor: &Actor, token: &str) -> Result<Attachment> {
    let (desk, signed, token) = (desk.clone(), actor.signed()?.clone(), token.to_owned());
    tokio::spawn(async move { finish_now(&desk, &signed, &token).await }).await.map_err(Error::broken)?
}

/// Makes files of all that has arrived whole for a draft.
pub async fn finish_arrived(desk: &Desk, actor: &Actor, draft: DraftId) -> Result<()> {
    for upload in under_way(desk, actor, draft).await? {
        if upload.received == upload.bytes {
            finish(desk, actor, &upload.token).await?;
        }
    }
    Ok(())
}

async fn finish_now(desk: &Desk, signed: &Signed, token: &str) -> Result<Attachment> {
    let _turn = desk.turns.wait(token).await;
    let upload = uploads::get(desk.store.read(), signed.person, (token, desk.now())).await?;
    if let Some(file) = upload.attachment {
        return Ok(store::attachments::get(desk.store.read(), file).await?);
    }
    if upload.received < upload.bytes {
        let missing_bytes = u64::try_from(upload.bytes - upload.received).map_err(Error::broken)?;
        return Err(Refusal::UploadUnfinished { missing_bytes }.into());
    }
    let parts = uploads::parts(desk.store.read(), upload.id).await?;
    let new = NewFile { draft: upload.draft, field: upload.field.clone(), name: upload.name.clone() };
    let kept = take_in(desk, signed, (new, Some(upload.id)), opened(desk, parts.clone())).await?;
    drop_parts(desk, parts).await?;
    Ok(kept)
}

async fn drop_parts(desk: &Desk, parts: Vec<uploads::Part>) -> Result<()> {
    for part in parts {
        match desk.store.blobs().drop_now(&part.blob).await {
            Ok(()) | Err(store::Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The parts as they came, opened in a thread of its own, a few pieces ahead.
fn opened(desk: &Desk, parts: Vec<uploads::Part>) -> impl Stream<Item = std::result::Result<Bytes, String>> + use<> {
    let (blobs, key) = (desk.store.blobs().clone(), SealKey::new(&desk.settings.secret_key));
    let (send, receive) = tokio::sync::mpsc::channel(4);
    tokio::task::spawn_blocking(move || {
        let read = || -> std::result::Result<(), String> {
            for part in &parts {
                let mut part = blobs.open_sealed(&key, &part.blob).map_err(|error| error.to_string())?;
                loop {
                    let mut piece = Vec::new();
                    (&mut part).take(PIECE).read_to_end(&mut piece).map_err(|error| error.to_string())?;
                    if piece.is_empty() {
                        break;
                    }
                    if send.blocking_send(Ok(Bytes::from(piece))).is_err() {
                        return Ok(());
                    }
                }
            }
            Ok(())
        };
        if let Err(fault) = read() {
            // Whoever has gone needs no reason.
            let _ = send.blocking_send(Err(fault));
        }
    });
    stream::unfold(receive, |mut receive| async { Some((receive.recv().await?, receive)) })
}

/// How a body ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Whole,
    Broken,
}

/// A body that is cut into parts.
struct Incoming<S> {
    content: S,
    rest: Bytes,
    end: Option<End>,
}

impl<S, E> Incoming<S>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    /// Waits until there is something, or nothing any more.
    async fn has_more(&mut self) -> bool {
        while self.rest.is_empty() && self.end.is_none() {
            match self.content.next().await {
                Some(Ok(piece)) => self.rest = piece,
                Some(Err(_)) => self.end = Some(End::Broken),
                None => self.end = Some(End::Whole),
            }
        }
        !self.rest.is_empty()
    }

    async fn next(&mut self, room: u64) -> Option<Bytes> {
        if room == 0 || !self.has_more().await {
            return None;
        }
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        Some(self.rest.split_to(room.min(self.rest.len())))
    }
}
