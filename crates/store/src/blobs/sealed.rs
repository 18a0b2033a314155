//! Blobs that nobody reads by the way: AES-256-GCM in pieces, so that one can be written and read as a stream, and at any
//! place. A file is a mark, a salt from which its own key is drawn, and pieces of 64 KiB, each with its tag; a piece's nonce
//! is its number, and says of the last that it is the last, so that nothing can be cut off, added or moved unseen.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use rules::people::SecretKey;

use super::{BlobId, Blobs};
use crate::{Error, Result};

const MARK: &[u8; 4] = b"FLS1";
const SALT: usize = 16;
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;
const HEAD: usize = MARK.len() + SALT;

/// The key that originals are sealed by.
#[derive(Clone, Debug)]
pub struct SealKey(SecretKey);

impl SealKey {
    pub fn new(desk: &SecretKey) -> Self {
        Self(desk.for_purpose("originals"))
    }

    fn of_file(&self, salt: &[u8]) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, &self.0.sign(&[salt])).expect("a signature has the length of a key");
        LessSafeKey::new(key)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Inner,
    Last,
}

fn nonce(number: u64, place: Place) -> Nonce {
    let mut bytes = [0; 12];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(place == Place::Last);
    Nonce::assume_unique_for_key(bytes)
}

/// A stream, sealed. The salt must be drawn anew for each.
pub fn seal<E>(
    key: &SealKey,
    salt: [u8; SALT],
    plain: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> impl Stream<Item = std::result::Result<Bytes, E>> {
    let mut sealer = Sealer { key: key.of_file(&salt), number: 0, rest: Vec::new() };
    let head = Bytes::from([MARK.as_slice(), &salt].concat());
    let pieces = plain.map(Some).chain(stream::once(async { None })).filter_map(move |piece| {
        let sealed = match piece {
            Some(Ok(bytes)) => Ok(sealer.push(&bytes)),
            Some(Err(error)) => Err(error),
            None => Ok(sealer.finish()),
        };
        async move { Some(sealed.map(Bytes::from)).filter(|sealed| !sealed.as_ref().is_ok_and(Bytes::is_empty)) }
    });
    stream::once(async move { Ok(head) }).chain(pieces)
}

struct Sealer {
    key: LessSafeKey,
    number: u64,
    rest: Vec<u8>,
}

impl Sealer {
    fn push(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.rest.extend_from_slice(bytes);
        let mut out = Vec::new();
        // One piece stays, since it may be the last.
        while self.rest.len() > PIECE {
            let piece: Vec<u8> = self.rest.drain(..PIECE).collect();
            out.append(&mut self.seal(piece, Place::Inner));
        }
        out
    }

    fn finish(&mut self) -> Vec<u8> {
        let last = std::mem::take(&mut self.rest);
        self.seal(last, Place::Last)
    }

    fn seal(&mut self, mut piece: Vec<u8>, place: Place) -> Vec<u8> {
        let nonce = nonce(self.number, place);
        self.number += 1;
        self.key
            .seal_in_place_append_tag(nonce, Aad::empty(), &mut piece)
            .expect("a piece is short enough to be sealed");
        piece
    }
}

/// A sealed blob, read as what was sealed.
pub struct Opened {
    file: File,
    key: LessSafeKey,
    /// Bytes of what was sealed.
    length: u64,
    at: u64,
    /// The piece that was read last.
    piece: Option<(u64, Vec<u8>)>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("length", &self.length).finish_non_exhaustive()
    }
}

impl Blobs {
    /// Opens a sealed blob.
    pub fn open_sealed(&self, key: &SealKey, id: &BlobId) -> Result<Opened> {
        let path = self.folder.join(id.file());
        let mut file = File::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Error::NotFound,
            _ => Error::broken(error),
        })?;
        let mut head = [0; HEAD];
        file.read_exact(&mut head).map_err(Error::broken)?;
        if !head.starts_with(MARK) {
            return Err(Error::broken(format!("{} is not sealed", path.display())));
        }
        let sealed = file.metadata().map_err(Error::broken)?.len().saturating_sub(HEAD as u64);
        let pieces = sealed.div_ceil((PIECE + TAG) as u64);
        let length = sealed.saturating_sub(pieces * TAG as u64);
        Ok(Opened { file, key: key.of_file(&head[MARK.len()..]), length, at: 0, piece: None })
    }

    /// Takes a blob away at once, where its only row never named it.
    pub async fn drop_now(&self, id: &BlobId) -> Result<()> {
        use object_store::ObjectStoreExt;
        Ok(self.files.delete(&id.path()).await?)
    }
}

impl Opened {
    pub fn length(&self) -> u64 {
        self.length
    }

    fn load(&mut self, number: u64) -> io::Result<()> {
        if self.piece.as_ref().is_some_and(|(loaded, _)| *loaded == number) {
            return Ok(());
        }
        let start = HEAD as u64 + number * (PIECE + TAG) as u64;
        self.file.seek(SeekFrom::Start(start))?;
        let mut piece = Vec::with_capacity(PIECE + TAG);
        (&mut self.file).take((PIECE + TAG) as u64).read_to_end(&mut piece)?;
        let is_last = (number + 1) * PIECE as u64 >= self.length;
        let nonce = nonce(number, if is_last { Place::Last } else { Place::Inner });
        let opened = self.key.open_in_place(nonce, Aad::empty(), &mut piece);
        let length = opened.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a sealed file was changed"))?.len();
        piece.truncate(length);
        self.piece = Some((number, piece));
        Ok(())
    }
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // An empty file has one piece too, whose seal is looked at.
        if self.at >= self.length && self.length > 0 {
            return Ok(0);
        }
        let (number, within) =
            (self.at / PIECE as u64, usize::try_from(self.at % PIECE as u64).map_err(io::Error::other)?);
        self.load(number)?;
        let piece = self.piece.as_ref().map_or(&[][..], |(_, piece)| piece);
        let rest = piece.get(within..).unwrap_or_default();
        let read = rest.len().min(buffer.len());
        buffer[..read].copy_from_slice(&rest[..read]);
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Opened {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = target.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    async fn sealed(folder: &std::path::Path, plain: &[u8]) -> (Blobs, BlobId) {
        let blobs = Blobs::open_unsynced(folder).unwrap();
        let pieces: Vec<_> =
            plain.chunks(10_000).map(|piece| Ok::<_, Infallible>(Bytes::copy_from_slice(piece))).collect();
        let key = key(1);
        let sealed = seal(&key, [7; SALT], stream::iter(pieces));
        let written = blobs.write("incoming", 1 << 30, sealed).await.unwrap();
        (blobs, written.id)
    }

    fn key(byte: u8) -> SealKey {
        SealKey::new(&SecretKey::new([byte; 32]))
    }

    #[tokio::test]
    async fn log_3_an_original_comes_back_whole_and_from_any_place() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_001] {
            let folder = tempfile::tempdir().unwrap();
            let plain: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let (blobs, id) = sealed(folder.path(), &plain).await;
            let on_disk = std::fs::read(folder.path().join(id.file())).unwrap();
            assert!(length < 20 || !on_disk.windows(20).any(|part| part == &plain[..20]), "nothing of it is readable");
            let (mut opened, mut read) = (blobs.open_sealed(&key(1), &id).unwrap(), Vec::new());
            assert_eq!(opened.length(), length as u64);
            opened.read_to_end(&mut read).unwrap();
            assert!(read == plain, "{length}");
            let from = length as u64 / 2;
            opened.seek(SeekFrom::Start(from)).unwrap();
            read.clear();
            opened.read_to_end(&mut read).unwrap();
            assert!(read == plain[length / 2..], "{length}");
        }
    }

    #[tokio::test]
    async fn log_3_a_changed_original_or_another_key_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (blobs, id) = sealed(folder.path(), &vec![b'x'; 3 * PIECE]).await;
        let mut read = Vec::new();
        assert!(blobs.open_sealed(&key(2), &id).unwrap().read_to_end(&mut read).is_err());
        let path = folder.path().join(id.file());
        let whole = std::fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[HEAD + 5] ^= 1;
        for bytes in [changed, whole[..HEAD + 2 * (PIECE + TAG)].to_vec(), whole[..whole.len() - 1].to_vec()] {
            std::fs::write(&path, bytes).unwrap();
            assert!(blobs.open_sealed(&key(1), &id).unwrap().read_to_end(&mut read).is_err());
        }
    }
}
