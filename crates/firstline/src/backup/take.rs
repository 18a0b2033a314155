//! Takes a backup: the database first, in one instant; then the blobs that it names, which never change; then what lies
//! beside them; the manifest last. So whatever breaks it off leaves a folder that is no backup.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use desk::Desk;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use store::{blobs::BlobId, blobs::Blobs, copy::Copied, erasures, redaction_list};
use tokio::io::AsyncWriteExt;

use super::{
    hash,
    manifest::{BLOBS, Blob, DATABASE, Manifest, NAME, Part},
};
use crate::folder::KEY;

/// Writes a backup into a folder that is empty or not there yet, and says what is in it. An error although it is written
/// whole, where the data folder itself has lost something.
pub(crate) async fn take(desk: &Desk, into: &Path) -> anyhow::Result<String> {
    begin(into)?;
    // The instant before the copy: whatever is erased or redacted from here on is to be so again after a restore.
    let mut manifest = Manifest::begin(desk.now(), desk.store.place().kind());
    let copied = desk.store.copy_into(&into.join(DATABASE)).await.context("the database was not copied")?;
    for blob in &copied.blobs {
        match copy_blob(desk.store.blobs(), blob, into).await? {
            Some(bytes) => manifest.blobs.push(Blob { sha256: blob.as_str().to_owned(), bytes }),
            // What was redacted since the copy of the database is not lost: it is redacted again after a restore.
            None if !desk.store.names(blob).await? => {}
            None => manifest.missing.push(blob.as_str().to_owned()),
        }
    }
    let (data, folder) = (desk.store.place().folder().to_owned(), into.to_owned());
    let finished = tokio::task::spawn_blocking(move || finish(manifest, &copied, &data, &folder)).await?;
    let manifest = finished.context("the backup was not finished")?;
    let said = said(&manifest, into);
    // Where nothing can be written a backup is all the more welcome.
    if let Err(error) = desk::health::note_backup(desk, desk.now()).await {
        tracing::warn!(%error, "the backup is whole, and the desk could not note it");
    }
    ensure!(manifest.missing.is_empty(), "{said}\n{}", missing(&manifest));
    Ok(said)
}

fn begin(into: &Path) -> anyhow::Result<()> {
    if into.exists() {
        let mut entries = fs::read_dir(into).with_context(|| format!("{} cannot be read", into.display()))?;
        if entries.next().is_some() {
            let what = if into.join(NAME).exists() { "holds a backup already" } else { "is not empty" };
            bail!("{} {what}; name a folder that is empty or not there yet", into.display());
        }
    } else {
        let made = fs::DirBuilder::new().mode(0o700).create(into);
        made.map_err(|error| refused(into, "made", error))?;
    }
    fs::set_permissions(into, Permissions::from_mode(0o700)).map_err(|error| refused(into, "closed to others", error))
}

/// Why nothing can be written there.
fn refused(into: &Path, what: &str, error: io::Error) -> anyhow::Error {
    let mut said = format!("{} cannot be {what}", into.display());
    if error.kind() == io::ErrorKind::ReadOnlyFilesystem {
        said.push_str(
            ": it is read-only to the process that writes the backup, which is the server, if one runs. The package's \
             service writes backups into /var/backups/firstline, and where ReadWritePaths= of its unit says",
        );
    }
    anyhow::Error::new(error).context(said)
}

/// Copies a blob; its length, or none when the data folder has no whole one.
async fn copy_blob(blobs: &Blobs, id: &BlobId, into: &Path) -> anyhow::Result<Option<u64>> {
    let mut pieces = match blobs.stream(id).await {
        Err(store::Error::NotFound) => return Ok(None),
        pieces => pieces?,
    };
    let path = into.join(BLOBS).join(id.file());
    let written = async {
        tokio::fs::create_dir_all(path.parent().unwrap_or(into)).await?;
        let (mut file, mut digest, mut bytes) = (tokio::fs::File::create_new(&path).await?, Sha256::new(), 0);
        while let Some(piece) = pieces.try_next().await.map_err(io::Error::other)? {
            digest.update(&piece);
            bytes += piece.len() as u64;
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        io::Result::Ok((bytes, hash::in_hexadecimal(&digest.finalize())))
    };
    let (bytes, sha256) = written.await.with_context(|| format!("{} was not written", path.display()))?;
    if sha256 == id.as_str() {
        return Ok(Some(bytes));
    }
    fs::remove_file(&path)?;
    Ok(None)
}

/// What lies beside database and blobs, then the disk, then the manifest.
fn finish(mut manifest: Manifest, copied: &Copied, data: &Path, into: &Path) -> anyhow::Result<Manifest> {
    let mut paths: Vec<PathBuf> = copied.files.iter().map(|file| Path::new(DATABASE).join(file)).collect();
    for (version, source) in &copied.policies {
        paths.push(PathBuf::from(format!("policies/{version}.toml")));
        fs::create_dir_all(into.join("policies"))?;
        fs::write(into.join(&paths[paths.len() - 1]), source)?;
    }
    for name in [KEY, erasures::FILE, redaction_list::FILE] {
        if data.join(name).exists() {
            let mut file = OpenOptions::new().create_new(true).write(true).mode(0o600).open(into.join(name))?;
            file.write_all(&fs::read(data.join(name))?)?;
            paths.push(PathBuf::from(name));
        }
    }
    for path in paths {
        let (bytes, sha256) = hash::of_file(&into.join(&path)).with_context(|| format!("{}", path.display()))?;
        manifest.files.push(Part { path, bytes, sha256 });
    }
    manifest.schema.clone_from(&copied.steps);
    manifest.tables.clone_from(&copied.tables);
    manifest.audit.clone_from(&copied.audit);
    Blobs::sync(into)?;
    let (half, whole) = (into.join("manifest.half"), into.join(NAME));
    let mut file = File::create(&half)?;
    file.write_all(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()?;
    fs::rename(&half, &whole)?;
    File::open(into)?.sync_all()?;
    Ok(manifest)
}

/// What the data folder did not have any more.
pub(super) fn missing(manifest: &Manifest) -> String {
    format!(
        "Attached files that the data folder had lost already, or not whole, and that no backup can hold: {}. \
         Everything else is there; the manifest lists them under \"missing\"",
        manifest.missing.len()
    )
}

fn said(manifest: &Manifest, into: &Path) -> String {
    let mut said = format!("Backed up into {}, as of {}: {}.", into.display(), manifest.taken_at, manifest.in_it(),);
    let has_key = manifest.files.iter().any(|part| part.path == Path::new(KEY));
    said.push_str(match has_key {
        true => {
            "\nIt holds secret.key, so whoever reads it can use links that are under way: keep it closed to others."
        }
        false => "\nThe key of links is not in it, since it lies outside of the data folder: keep that one yourself.",
    });
    if let Some(head) = manifest.audit.as_ref().filter(|head| head.number > 0) {
        said.push_str(&format!("\nThe last entry of the audit is {head}"));
    }
    said.push_str("\nThe configuration is not in it: keep firstline.toml yourself.");
    said
}
