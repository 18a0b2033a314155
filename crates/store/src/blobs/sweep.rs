//! Takes away blobs that no row has named for a day, and what a killed process left half-way in.

use std::{fs, io, path::Path as FilePath, time::UNIX_EPOCH};

use futures_util::TryStreamExt;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt, path::Path};
use rules::instant::Instant;

use super::{BlobId, Blobs, INCOMING, KEPT};
use crate::{Error, Handle, Result, Store, engine::values};

/// How long a blob outlives its last reference, in microseconds: 24 hours.
const GRACE: i64 = 24 * 60 * 60 * 1_000_000;

impl Store {
    /// Removes what has been unnamed for 24 hours at `now`; the number of files.
    pub async fn sweep_blobs(&self, now: Instant) -> Result<u64> {
        let before = Instant::from_micros(now.micros().saturating_sub(GRACE)).map_err(Error::broken)?;
        let mut gone = self.blobs().sweep_incoming(before).await?;
        let mut kept = self.blobs().files.list(Some(&Path::from(KEPT)));
        while let Some(blob) = kept.try_next().await? {
            let Some(id) = id(&blob).filter(|_| is_older(&blob, before)) else { continue };
            if !is_named(self.read(), &id, before).await? && self.forget(&id, before).await? {
                gone += 1;
            }
        }
        Ok(gone)
    }

    /// Looks again while nobody else can write: who names the blob after this finds it missing.
    async fn forget(&self, id: &BlobId, before: Instant) -> Result<bool> {
        let tx = self.begin().await?;
        if is_named(&tx, id, before).await? || !is_older(&self.blobs().files.head(&id.path()).await?, before) {
            return Ok(false);
        }
        self.blobs().files.delete(&id.path()).await?;
        Ok(true)
    }
}

impl Store {
    /// Whether a row names a blob now.
    pub async fn names(&self, id: &BlobId) -> Result<bool> {
        is_named(self.read(), id, Instant::LAST).await
    }

    /// Removes the blobs at once that no row names any more: what was redacted waits for no broom. A row that was taken off
    /// keeps none. The number of files.
    pub async fn forget_blobs(&self, ids: &[BlobId], now: Instant) -> Result<u64> {
        let mut gone = 0;
        for id in ids {
            // Nobody else writes meanwhile: who names the blob after this finds it missing, and says so.
            let tx = self.begin().await?;
            if !is_named(&tx, id, now).await? && self.blobs().holds(id).await? {
                self.blobs().files.delete(&id.path()).await?;
                gone += 1;
            }
        }
        Ok(gone)
    }
}

/// Whether a row names it, or did after `before`.
async fn is_named(conn: &Handle, id: &BlobId, before: Instant) -> Result<bool> {
    let file = "SELECT 1 AS one FROM attachment WHERE blob = $1 AND (removed_at IS NULL OR removed_at > $2) LIMIT 1";
    let tool = "SELECT 1 AS one FROM tool_build WHERE blob = $1 LIMIT 1";
    let export = "SELECT 1 AS one FROM export WHERE blob = $1 LIMIT 1";
    let original =
        "SELECT 1 AS one FROM attachment WHERE original = $1 AND (removed_at IS NULL OR removed_at > $2) LIMIT 1";
    let part = "SELECT 1 AS one FROM upload_part WHERE blob = $1 LIMIT 1";
    let source = "SELECT 1 AS one FROM message WHERE source_blob = $1 LIMIT 1";
    Ok(conn.maybe(tool, values![id.as_str()], |_| Ok(())).await?.is_some()
        || conn.maybe(export, values![id.as_str()], |_| Ok(())).await?.is_some()
        || conn.maybe(file, values![id.as_str(), before], |_| Ok(())).await?.is_some()
        || conn.maybe(original, values![id.as_str(), before], |_| Ok(())).await?.is_some()
        || conn.maybe(part, values![id.as_str()], |_| Ok(())).await?.is_some()
        || conn.maybe(source, values![id.as_str()], |_| Ok(())).await?.is_some())
}

fn id(blob: &ObjectMeta) -> Option<BlobId> {
    let hex: String = blob.location.parts().skip(1).map(|part| part.as_ref().to_owned()).collect();
    (hex.len() == 64).then(|| BlobId::kept(hex))
}

fn is_older(blob: &ObjectMeta, before: Instant) -> bool {
    blob.last_modified.timestamp_micros() < before.micros()
}

impl Blobs {
    /// Half files have names that the object store does not list.
    async fn sweep_incoming(&self, before: Instant) -> Result<u64> {
        let folder = self.folder.join(INCOMING);
        let swept = tokio::task::spawn_blocking(move || remove_older(&folder, before)).await;
        swept.map_err(Error::broken)?.map_err(|e| Error::broken(format!("what came in half-way: {e}")))
    }
}

fn remove_older(folder: &FilePath, before: Instant) -> io::Result<u64> {
    let mut gone = 0;
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let age = entry.metadata()?.modified()?.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
        if i64::try_from(age.as_micros()).is_ok_and(|modified| modified < before.micros()) {
            fs::remove_file(entry.path())?;
            gone += 1;
        }
    }
    Ok(gone)
}
