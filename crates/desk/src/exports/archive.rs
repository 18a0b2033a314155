//! Files one after the other as a ZIP that is never whole in memory: packed by a thread that may block, and handed on piece
//! by piece.

use std::io::{self, Write};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream, stream::BoxStream};
use store::blobs::{BlobId, Blobs};
use tokio::{runtime::Handle as Runtime, sync::mpsc};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A file of an archive.
#[derive(Debug)]
pub struct File {
    /// With `/` between folders; never absolute, never with `..`.
    pub path: String,
    pub content: Content,
}

#[derive(Debug)]
pub enum Content {
    Whole(Bytes),
    Blob(Blobs, BlobId),
}

impl Content {
    /// The bytes, piece by piece.
    pub async fn pieces(&self) -> store::Result<BoxStream<'static, store::Result<Bytes>>> {
        match self {
            Content::Whole(bytes) => Ok(stream::iter([Ok(bytes.clone())]).boxed()),
            Content::Blob(blobs, blob) => blobs.stream(blob).await,
        }
    }
}

/// Pieces that wait for their reader.
const WAITING: usize = 16;

/// The files as a ZIP.
pub fn zip(files: Vec<File>) -> impl Stream<Item = io::Result<Bytes>> {
    let (pieces, read) = mpsc::channel(WAITING);
    let runtime = Runtime::current();
    tokio::task::spawn_blocking(move || {
        let failed = pieces.clone();
        if let Err(error) = pack(&runtime, files, Pieces(pieces)) {
            // Who went away does not hear it.
            let _ = failed.blocking_send(Err(error));
        }
    });
    stream::unfold(read, async |mut read| read.recv().await.map(|piece| (piece, read)))
}

fn pack(runtime: &Runtime, files: Vec<File>, pieces: Pieces) -> io::Result<()> {
    let mut archive = ZipWriter::new_stream(io::BufWriter::with_capacity(64 * 1024, pieces));
    // No time of day in it: the same data makes the same archive.
    let options = SimpleFileOptions::DEFAULT.large_file(true);
    for file in files {
        archive.start_file(file.path, options).map_err(io::Error::other)?;
        let mut content = runtime.block_on(file.content.pieces()).map_err(io::Error::other)?;
        while let Some(piece) = runtime.block_on(content.next()) {
            archive.write_all(&piece.map_err(io::Error::other)?)?;
        }
    }
    archive.finish().map_err(io::Error::other)?.into_inner().flush()
}

/// Hands on what is written.
struct Pieces(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
