//! The whole database as files, taken in one instant while others write, and put back into an empty place. Decides how
//! each engine is copied; where a copy lies, what else belongs to it and whether it is whole, the backup decides.
//!
//! SQLite gives one file. PostgreSQL gives a file a table, read in one snapshot: the server's own tool would have to be
//! installed beside every desk, in the server's version, and would tell neither counts nor hashes of the same instant.

mod order;
mod postgres;
mod scratch;
mod sqlite;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use rules::{audit::Head, ids::PolicyVersionId};

use crate::{
    Error, Handle, Place, Result, Store,
    blobs::BlobId,
    dialect,
    engine::{open, values},
};
pub use scratch::{Scratch, scratch};
pub(crate) use sqlite::vacuum_into;

/// Which database a copy is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Sqlite,
    Postgresql,
}

/// A table of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub name: String,
    pub rows: i64,
    /// In the order of the file; none where the file says so itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// The last number that its key gave, where the file does not say so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_to: Option<i64>,
}

/// What was copied, all of one instant.
#[derive(Clone, Debug)]
pub struct Copied {
    pub kind: Kind,
    /// The files, below the folder.
    pub files: Vec<PathBuf>,
    /// The steps of the schema.
    pub steps: Vec<String>,
    pub tables: Vec<Table>,
    /// The blobs that rows name.
    pub blobs: Vec<BlobId>,
    /// The last entry of the audit; none in a schema before it.
    pub audit: Option<Head>,
    /// The files of the policy's versions.
    pub policies: Vec<(PolicyVersionId, String)>,
}

impl Place {
    pub fn kind(&self) -> Kind {
        match self {
            Place::Folder(_) => Kind::Sqlite,
            Place::Postgres { .. } => Kind::Postgresql,
        }
    }
}

impl Store {
    /// Copies the database into an empty folder, while others write.
    pub async fn copy_into(&self, folder: &Path) -> Result<Copied> {
        match self.place() {
            Place::Folder(_) => sqlite::take(self.place(), folder).await,
            Place::Postgres { url, .. } => postgres::take(url, folder).await,
        }
    }
}

/// Puts a copy's database into an empty place, with the schema that it had. `Store::open` brings it up to date.
pub async fn put_back(place: &Place, folder: &Path, steps: &[String], tables: &[Table]) -> Result<()> {
    match place {
        Place::Folder(_) => sqlite::put(place, folder).await,
        Place::Postgres { .. } => postgres::put(place, folder, steps, tables).await,
    }
}

/// The steps of the schema that this program knows.
pub fn known_steps() -> Vec<String> {
    crate::migrations::names()
}

/// The steps that a database has taken; none where there is no schema.
pub async fn steps(conn: &Handle) -> Result<Vec<String>> {
    if !tables(conn).await?.iter().any(|name| name == STEPS) {
        return Ok(vec![]);
    }
    conn.rows(&format!("SELECT version FROM {STEPS} ORDER BY version"), values![], |row| row.get("version")).await
}

/// Where the migrations keep what they did.
const STEPS: &str = "seaql_migrations";

async fn tables(conn: &Handle) -> Result<Vec<String>> {
    conn.rows(dialect::tables(conn.backend()), values![], |row| row.get("name")).await
}

/// How many rows each table has.
pub async fn counts(conn: &Handle) -> Result<Vec<(String, i64)>> {
    let mut counts = Vec::new();
    for name in tables(conn).await? {
        let rows = conn.one(&format!("SELECT COUNT(*) AS n FROM \"{name}\""), values![], |row| row.get("n")).await?;
        counts.push((name, rows));
    }
    Ok(counts)
}

/// Whether nothing is there yet.
pub async fn is_empty(place: &Place) -> Result<bool> {
    match place {
        Place::Folder(_) => Ok(place.embedded().is_none_or(|folder| !folder.join(open::FILE).exists())),
        Place::Postgres { .. } => {
            let conn = Store::look(place)?;
            let is_empty = tables(&conn).await?.is_empty();
            conn.close().await?;
            Ok(is_empty)
        }
    }
}

struct Named {
    blobs: Vec<BlobId>,
    policies: Vec<(PolicyVersionId, String)>,
    audit: Option<Head>,
}

/// What belongs to the database and lies beside it, read in the copy's own instant.
async fn named(conn: &Handle) -> Result<Named> {
    let named = "SELECT blob AS id FROM attachment WHERE removed_at IS NULL \
         UNION SELECT blob AS id FROM tool_build \
         UNION SELECT blob AS id FROM export WHERE blob IS NOT NULL \
         UNION SELECT blob AS id FROM upload_part \
         UNION SELECT original AS id FROM attachment WHERE original IS NOT NULL AND removed_at IS NULL \
         UNION SELECT source_blob AS id FROM message WHERE source_blob IS NOT NULL ORDER BY 1";
    let blobs = conn.rows(named, values![], |row| row.get("id").map(BlobId::kept)).await?;
    let policies = conn.rows("SELECT id, source FROM policy_version ORDER BY id", values![], |row| {
        Ok((row.id("id", PolicyVersionId)?, row.get("source")?))
    });
    Ok(Named { blobs, policies: policies.await?, audit: Some(crate::audit::head(conn).await?) })
}

fn failed(path: &Path) -> impl Fn(std::io::Error) -> Error {
    move |error| Error::broken(format!("{}: {error}", path.display()))
}
