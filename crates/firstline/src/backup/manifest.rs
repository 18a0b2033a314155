//! What a backup says of itself: `manifest.json`, written last. A folder without one is no backup, or one that broke off.
//! It comes from outside when it is read: every path in it stays below the folder, whatever it says.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, bail, ensure};
use rules::{audit::Head, instant::Instant};
use serde::{Deserialize, Serialize};
use store::{
    blobs::BlobId,
    copy::{Kind, Table},
};

use crate::text_file;

/// The manifest's name in the folder.
pub(crate) const NAME: &str = "manifest.json";
/// Where the database's files lie in it, and the blobs.
pub(crate) const DATABASE: &str = "database";
pub(crate) const BLOBS: &str = "blobs";
/// The only form that there is so far.
const FORMAT: u32 = 1;

/// Everything in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: u32,
    /// The version of Firstline that wrote it.
    pub(crate) program: String,
    #[serde(with = "in_words")]
    pub(crate) taken_at: Instant,
    pub(crate) database: Kind,
    /// The steps of the schema.
    pub(crate) schema: Vec<String>,
    pub(crate) tables: Vec<Table>,
    pub(crate) files: Vec<Part>,
    /// Files that people attached, named by their hash.
    pub(crate) blobs: Vec<Blob>,
    /// Those that rows name and that the data folder did not have, or not whole.
    pub(crate) missing: Vec<String>,
    /// The last entry of the audit: an anchor that finds what is cut off or written anew later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) audit: Option<Head>,
}

/// A file of the backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// Below the folder.
    pub(crate) path: PathBuf,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Blob {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

/// An instant as people write it.
mod in_words {
    use rules::instant::Instant;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(at)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Instant, D::Error> {
        String::deserialize(from)?.parse().map_err(Error::custom)
    }
}

impl Manifest {
    /// One of this program and form, with nothing in it yet.
    pub(crate) fn begin(taken_at: Instant, database: Kind) -> Self {
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            taken_at,
            database,
            schema: vec![],
            tables: vec![],
            files: vec![],
            blobs: vec![],
            missing: vec![],
            audit: None,
        }
    }

    /// That of a folder.
    pub(crate) fn of(folder: &Path) -> anyhow::Result<Self> {
        ensure!(folder.is_dir(), "{} is no folder; name the one that a backup was written into", folder.display());
        let file = folder.join(NAME);
        ensure!(
            file.exists(),
            "{} has no {NAME}, so it is no backup, or one that broke off before its end; use another, or take one anew",
            folder.display()
        );
        Self::read(&text_file::read(&file)?).with_context(|| format!("{} cannot be used", file.display()))
    }

    /// Reads one, and refuses what could lead out of the folder.
    pub(crate) fn read(text: &str) -> anyhow::Result<Self> {
        let said: serde_json::Value =
            serde_json::from_str(text).context("it is damaged: it does not read as JSON; use another backup")?;
        match said.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if format == u64::from(FORMAT) => {}
            Some(format) => {
                bail!("it has form {format}, which a newer release of Firstline writes; restore with that one")
            }
            None => bail!("it is damaged: it does not say its form; use another backup"),
        }
        let manifest: Self = serde_json::from_value(said).context("it is damaged; use another backup")?;
        let outside = manifest.files.iter().find(|part| !stays_inside(&part.path));
        ensure!(outside.is_none(), "it is damaged: it names {outside:?}, which is no file of a backup");
        let nameless = manifest.blobs.iter().find(|blob| BlobId::read(&blob.sha256).is_none());
        ensure!(nameless.is_none(), "it is damaged: it names {nameless:?}, which is no hash");
        let is_word =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
        let mut names = manifest.tables.iter().flat_map(|table| std::iter::once(&table.name).chain(&table.columns));
        let odd = names.find(|name| !is_word(name));
        ensure!(odd.is_none(), "it is damaged: it names {odd:?}, which is no table or column");
        Ok(manifest)
    }

    /// What is in it, in numbers.
    pub(crate) fn in_it(&self) -> String {
        let rows = |table: &str| self.tables.iter().find(|of| of.name == table).map_or(0, |of| of.rows);
        let parts = self.files.iter().map(|part| part.bytes).chain(self.blobs.iter().map(|blob| blob.bytes));
        format!(
            "requests: {}, people: {}, attached files: {}, in all {}",
            rows("ticket"),
            rows("person"),
            self.blobs.len(),
            super::sized(parts.fold(0, u64::saturating_add)),
        )
    }
}

fn stays_inside(path: &Path) -> bool {
    path.components().next().is_some() && path.components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
#[path = "manifest_test.rs"]
mod tests;
