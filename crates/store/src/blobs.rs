//! Files by content: each is stored once under the SHA-256 of its bytes, written through to the disk before
//! its row may point at it.

mod sealed;
mod sweep;

use std::{
    path::{Path as FilePath, PathBuf},
    sync::Arc,
};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{ObjectStore as _, ObjectStoreExt, PutPayload, WriteMultipart, local::LocalFileSystem, path::Path};
use sha2::{Digest, Sha256};

use crate::{
    Error, Result,
    engine::{Fullness, make_folder},
};

pub use sealed::{Opened, SealKey, seal};

/// The SHA-256 of a blob, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BlobId(String);

impl BlobId {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What somebody wrote as one, if it is one.
    pub fn read(hex: &str) -> Option<Self> {
        let is_hex = hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (hex.len() == 64 && is_hex).then(|| Self(hex.to_owned()))
    }

    /// Its file, below the folder of the blobs.
    pub fn file(&self) -> PathBuf {
        PathBuf::from(self.path().as_ref())
    }

    /// As a row holds it.
    pub(crate) fn kept(hex: String) -> Self {
        Self(hex)
    }

    fn of(digest: &[u8]) -> Self {
        Self(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn path(&self) -> Path {
        let (folder, rest) = self.0.split_at(2);
        Path::from_iter([KEPT, folder, rest])
    }
}

/// What a stream turned out to be.
#[derive(Clone, Debug)]
pub struct Written {
    pub id: BlobId,
    pub bytes: u64,
    /// The first 8 KiB, to recognise the kind of file by.
    pub head: Bytes,
}

/// Why a stream was not kept.
#[derive(Debug)]
pub enum NotKept {
    /// Longer than the limit; nothing is left of it.
    TooLarge {
        limit: u64,
    },
    /// The sender stopped half-way.
    Interrupted(String),
    Store(Error),
}

impl<E: Into<Error>> From<E> for NotKept {
    fn from(error: E) -> Self {
        NotKept::Store(error.into())
    }
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Error::NotFound,
            other if is_full(&other) => Error::Full(other.to_string()),
            other => Error::broken(other),
        }
    }
}

/// Whether a full disk is among the causes.
fn is_full(error: &object_store::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<std::io::Error>().is_some_and(crate::error::is_full) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// The folder of what is on its way in, and that of the blobs.
const INCOMING: &str = "incoming";
const KEPT: &str = "kept";

/// The bytes of the beginning that are kept apart to recognise a file by.
const HEAD: usize = 8 * 1024;

/// A folder of blobs.
#[derive(Clone, Debug)]
pub struct Blobs {
    files: Arc<LocalFileSystem>,
    folder: PathBuf,
    fullness: Fullness,
}

impl Blobs {
    /// A write that does not fit is noted in `fullness`.
    pub(crate) fn open(folder: impl AsRef<FilePath>, fullness: Fullness) -> Result<Self> {
        let (files, folder) = (files(folder.as_ref())?.with_fsync(true), folder.as_ref().to_owned());
        Ok(Self { files: Arc::new(files), folder, fullness })
    }

    /// Opens it without waiting for the disk at each file; `sync` does so for all.
    pub(crate) fn open_unsynced(folder: impl AsRef<FilePath>) -> Result<Self> {
        let (files, folder) = (files(folder.as_ref())?, folder.as_ref().to_owned());
        Ok(Self { files: Arc::new(files), folder, fullness: Fullness::default() })
    }

    /// Waits until the disk has every file below `folder`, and the folders' own entries.
    pub fn sync(folder: &FilePath) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                Self::sync(&entry.path())?;
            } else {
                std::fs::File::open(entry.path())?.sync_all()?;
            }
        }
        std::fs::File::open(folder)?.sync_all()
    }

    /// Keeps a stream of at most `limit` bytes. `name` must be unlike that of any other write under way.
    pub async fn write<E: std::fmt::Display>(
        &self,
        name: &str,
        limit: u64,
        stream: impl Stream<Item = std::result::Result<Bytes, E>>,
    ) -> std::result::Result<Written, NotKept> {
        let written = self.write_whole(name, limit, stream).await;
        if let Err(NotKept::Store(error)) = &written {
            self.fullness.note(error);
        }
        written
    }

    async fn write_whole<E: std::fmt::Display>(
        &self,
        name: &str,
        limit: u64,
        stream: impl Stream<Item = std::result::Result<Bytes, E>>,
    ) -> std::result::Result<Written, NotKept> {
        let incoming = Path::from_iter([INCOMING, name]);
        let mut upload = WriteMultipart::new(self.files.put_multipart(&incoming).await.map_err(Error::from)?);
        match receive(&mut upload, limit, stream).await {
            Ok(written) => {
                upload.finish().await.map_err(Error::from)?;
                self.files.rename(&incoming, &written.id.path()).await.map_err(Error::from)?;
                Ok(written)
            }
            Err(why) => {
                // Whether or not what came in can be taken away at once, the broom finds it.
                let _ = upload.abort().await;
                Err(why)
            }
        }
    }

    /// Keeps a few bytes.
    pub async fn put(&self, content: Bytes) -> Result<BlobId> {
        let id = BlobId::of(&Sha256::digest(&content));
        let put = self.files.put(&id.path(), PutPayload::from_bytes(content)).await;
        self.fullness.heed(put.map_err(Error::from))?;
        Ok(id)
    }

    /// Whether the blob is there.
    pub async fn holds(&self, id: &BlobId) -> Result<bool> {
        match self.files.head(&id.path()).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The beginning of a blob, and its end as far as that is another part; nothing of one that is not there.
    pub async fn ends(&self, id: &BlobId, beginning: u64, end: u64) -> Result<Vec<Bytes>> {
        let size = match self.files.head(&id.path()).await {
            Ok(meta) => meta.size,
            Err(object_store::Error::NotFound { .. }) => return Ok(vec![]),
            Err(error) => return Err(error.into()),
        };
        let first = if size <= beginning + end { size } else { beginning };
        let parts = [0..first, first.max(size.saturating_sub(end))..size];
        let ranges: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        Ok(self.files.get_ranges(&id.path(), &ranges).await?)
    }

    /// The bytes of a blob, piece by piece.
    pub async fn stream(&self, id: &BlobId) -> Result<BoxStream<'static, Result<Bytes>>> {
        Ok(self.files.get(&id.path()).await?.into_stream().map_err(Error::from).boxed())
    }
}

fn files(folder: &FilePath) -> Result<LocalFileSystem> {
    make_folder(folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
    Ok(LocalFileSystem::new_with_prefix(folder)?)
}

async fn receive<E: std::fmt::Display>(
    upload: &mut WriteMultipart,
    limit: u64,
    stream: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> std::result::Result<Written, NotKept> {
    let mut stream = std::pin::pin!(stream);
    let (mut digest, mut head, mut bytes) = (Sha256::new(), BytesMut::new(), 0_u64);
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|e| NotKept::Interrupted(e.to_string()))?;
        bytes += piece.len() as u64;
        if bytes > limit {
            return Err(NotKept::TooLarge { limit });
        }
        digest.update(&piece);
        head.extend_from_slice(&piece[..piece.len().min(HEAD - head.len())]);
        upload.wait_for_capacity(4).await?;
        upload.put(piece);
    }
    Ok(Written { id: BlobId::of(&digest.finalize()), bytes, head: head.freeze() })
}
