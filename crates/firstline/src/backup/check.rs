//! Whether a backup is what was written: every file there, of its length and hash. Everything that is wrong is told at
//! once, not the first only.

use std::{io::ErrorKind, path::Path};

use store::blobs::BlobId;

use super::{
    hash,
    manifest::{BLOBS, Manifest},
};

/// What is wrong with the files, in words.
pub(crate) fn faults(folder: &Path, manifest: &Manifest) -> Vec<String> {
    let parts = manifest.files.iter().map(|part| (part.path.clone(), part.bytes, &part.sha256));
    let blobs = manifest.blobs.iter().filter_map(|blob| {
        let id = BlobId::read(&blob.sha256)?;
        Some((Path::new(BLOBS).join(id.file()), blob.bytes, &blob.sha256))
    });
    parts.chain(blobs).filter_map(|(path, bytes, sha256)| fault(folder, &path, (bytes, sha256))).collect()
}

fn fault(folder: &Path, path: &Path, (bytes, sha256): (u64, &str)) -> Option<String> {
    let name = path.display();
    match hash::of_file(&folder.join(path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Some(format!("{name} is gone")),
        Err(error) => Some(format!("{name} cannot be read: {error}")),
        Ok((is, _)) if is != bytes => Some(format!("{name} has {is} bytes; it was written with {bytes}")),
        Ok((_, is)) if is != sha256 => {
            Some(format!("{name} holds something else than was written (its SHA-256 differs)"))
        }
        Ok(_) => None,
    }
}
