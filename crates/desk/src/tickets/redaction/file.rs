//! A file is redacted: its bytes, its original, what was found in it. An archive goes with the files that lay in it, and a
//! file that lay in one takes the archive along, which holds it too. The row stays, to say that there was one.

use rules::{
    access::Written,
    events::{Author, Redacted, TicketEvent},
    ids::{AttachmentId, TicketId},
    redaction::Reason,
    refusal::Refusal,
};
use store::{Handle, attachments::Attachment, blobs::BlobId, redaction_list::Redaction};

use super::{
    Who, clear_away, mark,
    passage::reason,
    plan::{Looked, Proof, Where, carried, let_go},
};
use crate::{Actor, Desk, Error, Result, scribe::Scribe, tickets::show};

/// What becomes of the names of files that go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    #[default]
    Stay,
    Go,
}

/// How a file is to go.
#[derive(Clone, Debug, Default)]
pub struct FileGone {
    pub names: Names,
    pub why: Option<Reason>,
    pub words: String,
}

/// A file that is about to go.
#[derive(Clone, Debug)]
pub struct Leaving {
    pub ticket: TicketId,
    pub file: Attachment,
    /// What goes with it: the archive that it lay in, the files that lay in it, the same file given twice.
    pub with: Vec<Attachment>,
}

/// What would go, for who may redact it.
pub async fn leaving(desk: &Desk, actor: &Actor, id: AttachmentId) -> Result<Leaving> {
    let conn = desk.store.read();
    let file = store::attachments::get(conn, id).await?;
    let ticket = file.ticket.ok_or(Error::NotFound)?;
    let who = Who::of(desk, actor, ticket).await?;
    if !matches!(actor, Actor::Desk(_)) && !show(desk, actor, ticket).await?.files.iter().any(|shown| shown.id == id) {
        return Err(Error::NotFound);
    }
    if !who.may(written(conn, &file).await?) {
        return Err(Refusal::NotTheirs.into());
    }
    let all = store::attachments::of_ticket(conn, ticket).await?;
    let mut with = Vec::new();
    for other in family(&all, &file) {
        if who.may(written(conn, other).await?) {
            with.push(other.clone());
        }
    }
    Ok(Leaving { ticket, file, with })
}

/// A file is whose the message is that it came with.
async fn written(conn: &Handle, file: &Attachment) -> Result<Written> {
    let author = match file.message {
        Some(message) => store::messages::get(conn, message).await?.author,
        None => Author::Customer(file.owner),
    };
    Ok(match author {
        Author::Customer(_) => Written::ByCustomer(file.owner),
        Author::Staff(_) | Author::Machine => Written::ByDesk,
    })
}

/// Redacts it; what went.
pub async fn redact_file(desk: &Desk, actor: &Actor, id: AttachmentId, gone: FileGone) -> Result<Proof> {
    let Leaving { ticket, file, with } = leaving(desk, actor, id).await?;
    let by = Who::of(desk, actor, ticket).await?.redactor();
    let why = reason(by, (gone.why, &gone.words), &[])?;
    let on = mark(desk, by).await?.on;
    let mut scribe = Scribe::begin(desk, actor).await?;
    // Somebody was faster.
    store::attachments::get(&scribe.tx, id).await?;
    let mut places = vec![Looked { at: Where::Files, looked: with.len() + 1, found: with.len() + 1, left: 0 }];
    places.extend(carried(&scribe.tx, ticket).await?);
    let mut files = vec![file];
    files.extend(with);
    let mut blobs = empty(&scribe, ticket, &files, gone.names).await?;
    blobs.extend(let_go(&scribe, ticket).await?);
    let redaction = Redaction {
        at: scribe.now,
        ticket,
        filed_at: store::tickets::get(&scribe.tx, ticket).await?.filed_at,
        by,
        what: Redacted::File(id),
        passages: vec![],
        everywhere: false,
        files: files.iter().map(|file| file.id).collect(),
        names: gone.names == Names::Go,
        on,
    };
    store::redactions::insert(&scribe.tx, &redaction).await?;
    let others = u32::try_from(files.len() - 1).map_err(Error::broken)?;
    let event = TicketEvent::Redacted { what: Redacted::File(id), by, others, why };
    scribe.ticket_because(ticket, event, &gone.words).await?;
    let left = Proof { places: carried(&scribe.tx, ticket).await? };
    scribe.settle().await?;
    clear_away(desk, &blobs).await?;
    Ok(Proof { places }.after(&left))
}

/// Empties the rows; the blobs that they named.
pub(super) async fn empty(
    scribe: &Scribe<'_>,
    ticket: TicketId,
    files: &[Attachment],
    names: Names,
) -> Result<Vec<BlobId>> {
    let mut blobs = Vec::new();
    for file in files {
        let name = if names == Names::Go { "" } else { file.name.as_str() };
        store::redactions::empty_file(&scribe.tx, file.id, name, scribe.now).await?;
        blobs.push(file.blob.clone());
        blobs.extend(file.original.clone());
    }
    store::redactions::drop_masks(&scribe.tx, ticket).await?;
    Ok(blobs)
}

/// What goes with a file, of a request's files in the order of their numbers: rows of an archive stand directly before it.
fn family<'a>(all: &'a [Attachment], of: &Attachment) -> Vec<&'a Attachment> {
    let archive = archive_of(all, of);
    let is_same = |file: &Attachment| file.blob == of.blob;
    all.iter()
        .filter(|file| file.id != of.id)
        .filter(|file| {
            is_same(file)
                || archive.is_some_and(|archive| archive.id == file.id)
                || of.is_sealed() && archive_of(all, file).is_some_and(|archive| archive.id == of.id)
        })
        .collect()
}

/// The archive that a file lay in.
fn archive_of<'a>(all: &'a [Attachment], file: &Attachment) -> Option<&'a Attachment> {
    let at = all.iter().position(|it| it.id == file.id)?;
    let archive = all[at + 1..].iter().find(|it| it.is_sealed())?;
    let lay_in = |it: &Attachment| {
        let unpacked = archive.name.rsplit_once('.').map_or(archive.name.as_str(), |(name, _)| name);
        let is_named =
            it.name == unpacked || it.name.strip_prefix(&archive.name).is_some_and(|rest| rest.starts_with(": "));
        is_named && it.original.is_none() && it.message == archive.message && it.owner == archive.owner
    };
    let between = all[at..].iter().take_while(|it| it.id != archive.id);
    (!file.is_sealed() && between.into_iter().all(lay_in)).then_some(archive)
}
