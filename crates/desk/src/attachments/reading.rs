//! A sealed original is read once, in a thread that may take its time: recognised, masked, and written again as what people
//! read. An archive's files are read the same way, one after the other; nothing of it is written in the clear but that.

use std::io::{self, Read as _};

use bytes::Bytes;
use futures_util::stream;
use rules::{
    logs::{
        HEAD, Kind, Reading, Survey,
        archive::{self, Limits},
        mask::{Keeper, Known},
        recognise,
    },
    policy::{Originals, Policy},
};
use store::blobs::{BlobId, Blobs, NotKept, SealKey};

use super::{NewFile, findings::Findings, unwritten};
use crate::{Desk, Error, Result};

/// Bytes that are read at once.
const PIECE: usize = 256 * 1024;
/// Files of an archive, at most.
const FILES: u64 = 200;

/// A file that was read, about to be kept.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub name: String,
    pub kind: Kind,
    pub media_type: &'static str,
    pub bytes: u64,
    /// What people read.
    pub blob: BlobId,
    pub findings: Option<Findings>,
    /// Of an archive, whether there is a text in it.
    pub holds_texts: bool,
    /// Whether it lay in an archive, whose original is its own.
    pub is_inner: bool,
}

impl Read {
    pub(super) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: Kind::Binary,
            media_type: "application/octet-stream",
            bytes: 0,
            blob: unwritten(),
            findings: None,
            holds_texts: false,
            is_inner: false,
        }
    }

    /// An archive that nobody could open is kept in any case: it is all that there is of it.
    pub(super) fn keeps_original(&self, originals: Originals) -> bool {
        !self.is_inner && (originals == Originals::Encrypted || self.kind == Kind::Archive)
    }
}

/// What was read, and the masks that are new.
pub(super) type WhatWasRead = (Vec<Read>, Vec<Known>);

/// Reads a sealed text.
pub(super) async fn read_text(desk: &Desk, sealed: &BlobId, name: &str, known: &[Known]) -> Result<WhatWasRead> {
    let (reader, sealed, name) = (Reader::new(desk, known), sealed.clone(), name.to_owned());
    apart(move || {
        let mut reader = reader;
        let mut content = reader.blobs.open_sealed(&reader.key, &sealed)?;
        let read = reader.read(&name, &mut content).map_err(fault)?;
        Ok((vec![read], reader.keeper.fresh().to_vec()))
    })
    .await
}

/// Reads a sealed archive: its files, then itself.
pub(super) async fn read_archive(
    desk: &Desk,
    sealed: &BlobId,
    new: &NewFile,
    policy: &Policy,
    known: &[Known],
) -> Result<WhatWasRead> {
    let (reader, sealed, name) = (Reader::new(desk, known), sealed.clone(), new.name.clone());
    let is_dropped = policy.attachments.originals == Originals::Dropped;
    let limits = Limits { files: FILES, bytes: policy.attachments.file_bytes() };
    apart(move || {
        let mut reader = reader;
        let content = reader.blobs.open_sealed(&reader.key, &sealed)?;
        let bytes = content.length();
        let mut reads = Vec::new();
        let mut take = |inside: &str, content: &mut dyn io::Read| {
            let unpacked = name.rsplit_once('.').map_or(name.as_str(), |(name, _)| name);
            let called = if inside.is_empty() { unpacked.to_owned() } else { format!("{name}: {inside}") };
            let mut read = reader.read(&called, content)?;
            read.is_inner = true;
            reads.push(read);
            Ok(())
        };
        let (left_out, not_opened) = match archive::open(content, limits, &mut take).map_err(fault)? {
            Ok(left_out) => (left_out, None),
            Err(why) => (vec![], Some(why)),
        };
        let is_opened = not_opened.is_none();
        if !is_opened {
            reads.clear();
        }
        let media_type = "application/octet-stream";
        let holds_texts = reads.iter().any(|read| read.kind.may_be_log());
        // Where originals are thrown away, what lay in an archive is all that stays of it, and tells of what did not.
        if is_dropped && let Some(first) = reads.first_mut() {
            first.findings.get_or_insert_default().left_out.clone_from(&left_out);
        }
        let findings = Some(Findings { not_opened, left_out, ..Findings::default() });
        let itself =
            Read { kind: Kind::Archive, media_type, bytes, blob: sealed, findings, holds_texts, ..Read::named(&name) };
        if !is_dropped || reads.is_empty() {
            reads.push(itself);
        }
        let fresh = if is_opened { reader.keeper.fresh().to_vec() } else { vec![] };
        Ok((reads, fresh))
    })
    .await
}

/// Runs what reads files and counts letters in a thread of its own.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)?
}

struct Reader {
    blobs: Blobs,
    key: SealKey,
    keeper: Keeper,
    runtime: tokio::runtime::Handle,
    incoming: String,
    count: u64,
}

impl Reader {
    fn new(desk: &Desk, known: &[Known]) -> Self {
        Self {
            blobs: desk.store.blobs().clone(),
            key: SealKey::new(&desk.settings.secret_key),
            keeper: Keeper::new(&desk.settings.secret_key, known),
            runtime: tokio::runtime::Handle::current(),
            incoming: desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect(),
            count: 0,
        }
    }

    /// Reads a file to its end and writes what people read of it.
    fn read(&mut self, name: &str, content: &mut dyn io::Read) -> io::Result<Read> {
        let mut head = Vec::new();
        content.take(HEAD as u64).read_to_end(&mut head)?;
        let found = recognise(&head);
        let mut read = Read { kind: found.kind, media_type: found.media_type, ..Read::named(name) };
        let text = if found.kind.is_text() { Reading::begin(&found, self.keeper.clone()) } else { None };
        let mut pieces = Pieces { head: Some(head), content, text, out: String::new(), told: None, fault: None };
        self.count += 1;
        let incoming = format!("{}-{}", self.incoming, self.count);
        let written = self.runtime.block_on(self.blobs.write(&incoming, u64::MAX, stream::iter(pieces.by_ref())));
        if let Some(fault) = pieces.fault.take() {
            return Err(fault);
        }
        let written = written.map_err(|why| match why {
            NotKept::Store(error) => io::Error::other(Broken(error)),
            NotKept::TooLarge { .. } | NotKept::Interrupted(_) => io::Error::from(io::ErrorKind::UnexpectedEof),
        })?;
        (read.bytes, read.blob) = (written.bytes, written.id);
        if let Some((survey, keeper)) = pieces.told.take() {
            (self.keeper, read.kind) = (keeper, survey.kind);
            read.findings = Some(Findings::of(survey));
        }
        Ok(read)
    }
}

/// The pieces of a file as people read them.
struct Pieces<'a> {
    head: Option<Vec<u8>>,
    content: &'a mut dyn io::Read,
    text: Option<Reading>,
    out: String,
    /// What the text turned out to be, once it was read to its end.
    told: Option<(Survey, Keeper)>,
    fault: Option<io::Error>,
}

impl Iterator for Pieces<'_> {
    type Item = std::result::Result<Bytes, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let piece = match self.head.take() {
                Some(head) => head,
                None => {
                    let mut piece = Vec::with_capacity(PIECE);
                    if let Err(error) = (&mut *self.content).take(PIECE as u64).read_to_end(&mut piece) {
                        self.fault = Some(error);
                        return Some(Err("the file could not be read to its end".to_owned()));
                    }
                    piece
                }
            };
            if piece.is_empty() {
                // Whoever reads asks once more after what `finish` left, and what was told stays.
                if let Some(text) = self.text.take() {
                    self.told = Some(text.finish(&mut self.out));
                }
                return (!self.out.is_empty()).then(|| Ok(std::mem::take(&mut self.out).into()));
            }
            let Some(text) = &mut self.text else { return Some(Ok(piece.into())) };
            text.push(&piece, &mut self.out);
            if !self.out.is_empty() {
                return Some(Ok(std::mem::take(&mut self.out).into()));
            }
        }
    }
}

/// A fault of the store on its way through a reader.
#[derive(Debug)]
struct Broken(store::Error);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Broken {}

fn fault(error: io::Error) -> Error {
    match error.downcast::<Broken>() {
        Ok(Broken(error)) => error.into(),
        Err(error) => Error::broken(error),
    }
}
