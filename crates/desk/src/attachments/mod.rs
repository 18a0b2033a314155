//! Files: taken in as a stream and recognised by content. Of a text people read a copy with its secrets masked; the original is
//! kept encrypted, or not at all (LOG-3). Giving files out depends on their request and is `tickets`'.

mod findings;
mod pasted;
mod quota;
mod reading;
mod turns;
mod typed;
mod uploads;

use std::pin::pin;

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, stream};
use rules::{
    ids::{AttachmentId, DraftId, TicketId, UploadId},
    logs::{HEAD, Kind, recognise},
    mail::turns_direction,
    policy::{DetailKind, Originals, Policy, Reads},
    refusal::Refusal,
};
use store::{
    attachments::{Attachment, NewAttachment},
    blobs::{BlobId, NotKept, SealKey, Written, seal},
    masks,
};

pub use findings::Findings;
pub use pasted::{Pasted, take_pasted};
pub use quota::{Quota, quota_of};
use quota::{check_disk, leave, organisation, room_of};
use reading::{Read, read_archive, read_text};
pub(crate) use turns::Turns;
pub(crate) use typed::{mask_alone, mask_typed};
pub use uploads::{Appending, NewUpload, Upload, append, begin, cancel, find, finish, finish_arrived, under_way};

use crate::{Actor, Desk, Error, Result, actor::Signed};

/// Characters of a file's name that are kept.
const NAME: usize = 200;
/// The field of files that no detail asked for.
pub const EVIDENCE: &str = "detail.evidence";
/// How often a text is masked again, because another one gave its numbers away meanwhile.
const TRIES: usize = 4;

/// A file about to be kept.
#[derive(Clone, Debug)]
pub struct NewFile {
    pub draft: DraftId,
    /// The form's field that it is given for.
    pub field: String,
    /// As the browser calls it; folders are cut off.
    pub name: String,
}

/// Keeps a stream as a file of a draft, up to the policy's limit. An archive's files stand beside it.
pub async fn attach<E: std::fmt::Display>(
    desk: &Desk,
    actor: &Actor,
    new: NewFile,
    content: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<Attachment> {
    check_disk(desk, 0).await?;
    take_in(desk, actor.signed()?, (new, None), content).await
}

/// The same; of a file that came in parts, its upload is over with it.
async fn take_in<E: std::fmt::Display>(
    desk: &Desk,
    signed: &Signed,
    (new, upload): (NewFile, Option<UploadId>),
    content: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<Attachment> {
    let draft = store::drafts::get(desk.store.read(), signed.person, new.draft).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let new = NewFile { name: file_name(&new.name), ..new };
    let mut content = pin!(content.fuse());
    let bytes = beginning(&mut content).await?;
    let kind = recognise(&bytes).kind;
    let whole = stream::iter([Ok(bytes.clone())]).chain(content.map(|piece| piece.map_err(|error| error.to_string())));
    let limit = policy.attachments.file_bytes();
    let keeping = Keeping { new: &new, policy, upload, original: None, whose: None };
    if !kind.is_text() && kind != Kind::Archive {
        let written = write(desk, (limit, limit), whole).await?;
        let found = recognise(&bytes);
        let read = Read {
            kind,
            media_type: found.media_type,
            bytes: written.bytes,
            blob: written.id,
            ..Read::named(&new.name)
        };
        return keep(desk, signed, keeping, vec![read], &[]).await;
    }
    let key = SealKey::new(&desk.settings.secret_key);
    let sealed = write(desk, (limit + limit / 1_000 + 1_024, limit), seal(&key, desk.draw(), whole)).await?;
    // A sealed file is a little longer than what was sealed, so its limit is looked at again.
    if desk.store.blobs().open_sealed(&key, &sealed.id)?.length() > limit {
        desk.store.blobs().drop_now(&sealed.id).await?;
        return Err(Refusal::FileTooLarge { limit_bytes: limit }.into());
    }
    let whose = whose(desk, signed, new.draft, &draft.purpose).await?;
    let kept = keep_read(desk, signed, Keeping { original: Some(&sealed), whose: Some(whose), ..keeping }, kind).await;
    if policy.attachments.originals == Originals::Dropped || kept.is_err() {
        let is_named = kept.as_ref().is_ok_and(|kept| kept.original.is_some());
        if !is_named {
            desk.store.blobs().drop_now(&sealed.id).await?;
        }
    }
    kept
}

/// Who keeps what, and by which rules.
#[derive(Clone, Copy)]
struct Keeping<'a> {
    new: &'a NewFile,
    policy: &'a Policy,
    upload: Option<UploadId>,
    original: Option<&'a Written>,
    whose: Option<masks::Of>,
}

/// Reads what was sealed, masks it, and keeps it; again where another text took the same numbers meanwhile.
async fn keep_read(desk: &Desk, signed: &Signed, keeping: Keeping<'_>, kind: Kind) -> Result<Attachment> {
    let (Some(original), Some(whose)) = (keeping.original, keeping.whose) else { return Err(Error::NotFound) };
    for _ in 0..TRIES {
        let known = masks::of(desk.store.read(), whose).await?;
        let (reads, fresh) = match kind {
            Kind::Archive => read_archive(desk, &original.id, keeping.new, keeping.policy, &known).await?,
            _ => read_text(desk, &original.id, &keeping.new.name, &known).await?,
        };
        match keep(desk, signed, keeping, reads, &fresh).await {
            Err(Error::Conflict) => {}
            kept => return kept,
        }
    }
    Err(Refusal::UploadInterrupted.into())
}

/// Writes the rows; the last of them is the file itself, before it come those that lay in it.
async fn keep(
    desk: &Desk,
    signed: &Signed,
    keeping: Keeping<'_>,
    reads: Vec<Read>,
    fresh: &[rules::logs::mask::Known],
) -> Result<Attachment> {
    let originals = keeping.policy.attachments.originals;
    let tx = desk.store.begin().await?;
    if let Some(whose) = keeping.whose {
        masks::insert(&tx, whose, fresh).await?;
    }
    let room = room_of(signed);
    if let Some(room) = room {
        let bytes = reads.iter().map(|read| read.bytes).sum();
        leave(&tx, room, (keeping.policy, desk.now()), (bytes, keeping.upload)).await?;
    }
    let mut last = None;
    for read in &reads {
        let (field, offered) = place(keeping.policy, &keeping.new.field, read);
        let original = keeping.original.filter(|_| read.keeps_original(originals)).map(|written| &written.id);
        let facts = read.findings.as_ref().map(serde_json::to_string).transpose().map_err(Error::broken)?;
        let row = NewAttachment {
            owner: signed.person,
            organisation: organisation(room),
            draft: keeping.new.draft,
            field: &field,
            name: &read.name,
            media_type: read.media_type,
            bytes: i64::try_from(read.bytes).map_err(Error::broken)?,
            blob: &read.blob,
            original,
            kind: read.kind,
            offered: offered.as_deref(),
            facts: facts.as_deref(),
            now: desk.now(),
        };
        last = Some(store::attachments::insert(&tx, &row).await?);
    }
    let kept = store::attachments::get(&tx, last.ok_or(Error::NotFound)?).await?;
    if let Some(upload) = keeping.upload
        && !store::uploads::became(&tx, upload, kept.id).await?
    {
        return Err(Error::NotFound);
    }
    // The broom, or a redaction, may have taken an unnamed blob of the same content just before these rows named it.
    for read in &reads {
        if !desk.store.blobs().holds(&read.blob).await? {
            return Err(Refusal::UploadInterrupted.into());
        }
    }
    tx.commit().await?;
    Ok(kept)
}

/// Where a file lies: where it was offered if it does for that, else with the other evidence (LOG-1).
fn place(policy: &Policy, field: &str, read: &Read) -> (String, Option<String>) {
    let detail = field.strip_prefix("detail.").and_then(|key| policy.details.get(key));
    let does = match detail {
        Some(detail) if detail.kind == DetailKind::TextFile => does_for(detail.reads.unwrap_or(Reads::Log), read),
        _ => true,
    };
    if does { (field.to_owned(), None) } else { (EVIDENCE.to_owned(), Some(field.to_owned())) }
}

fn does_for(reads: Reads, read: &Read) -> bool {
    match reads {
        _ if read.kind == Kind::Archive => read.holds_texts,
        Reads::Log => read.kind.may_be_log(),
        // A command may look like code, and its answer like settings.
        Reads::Commands | Reads::Terminal => read.kind.is_text() && read.kind != Kind::Html,
    }
}

/// The beginning of a stream, by which it is recognised.
async fn beginning<E: std::fmt::Display>(
    content: &mut (impl Stream<Item = std::result::Result<Bytes, E>> + Unpin),
) -> Result<Bytes> {
    let mut head = BytesMut::new();
    while head.len() < HEAD {
        match content.next().await {
            Some(piece) => head.extend_from_slice(&piece.map_err(|_| Refusal::UploadInterrupted)?),
            None => break,
        }
    }
    Ok(head.freeze())
}

async fn write<E: std::fmt::Display>(
    desk: &Desk,
    (room, limit): (u64, u64),
    content: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<Written> {
    let incoming: String = desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    desk.store.blobs().write(&incoming, room, content).await.map_err(|why| match why {
        NotKept::TooLarge { .. } => Refusal::FileTooLarge { limit_bytes: limit }.into(),
        NotKept::Interrupted(_) => Error::from(Refusal::UploadInterrupted),
        NotKept::Store(error) => error.into(),
    })
}

/// Whose masks a text goes on with: the request's that an answer is written in, as far as this person sees it.
async fn whose(desk: &Desk, signed: &Signed, draft: DraftId, purpose: &str) -> Result<masks::Of> {
    let number = purpose.split_once('/').and_then(|(_, number)| number.parse().ok()).map(TicketId);
    let Some(ticket) = number else { return Ok(masks::Of::Draft(draft)) };
    match store::tickets::facts(desk.store.read(), ticket).await {
        Ok(facts) if signed.scope.sees(&facts) => Ok(masks::Of::Ticket(ticket)),
        Ok(_) | Err(store::Error::NotFound) => Ok(masks::Of::Draft(draft)),
        Err(error) => Err(error.into()),
    }
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

/// A blob of nobody yet.
pub(super) fn unwritten() -> BlobId {
    BlobId::read(&"0".repeat(64)).expect("64 zeros are hexadecimal")
}
