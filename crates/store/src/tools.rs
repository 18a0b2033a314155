//! Builds of the migration tool (REQ-6): what there is to download. The bytes are blobs.

use rules::{
    ids::{PersonId, ToolId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    blobs::BlobId,
    engine::{Row, values},
};

/// A build for one platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    pub id: ToolId,
    pub version: String,
    /// "Linux x86-64", "any, with Java 21".
    pub platform: String,
    /// The file's name.
    pub name: String,
    pub bytes: i64,
    pub blob: BlobId,
    pub added_at: Instant,
}

/// A build about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewTool<'a> {
    pub version: &'a str,
    pub platform: &'a str,
    pub name: &'a str,
    pub bytes: i64,
    pub blob: &'a BlobId,
    pub added_by: Option<PersonId>,
    pub now: Instant,
}

const TOOL: &str = "SELECT id, version, platform, name, bytes, blob, added_at FROM tool_build";

/// Keeps it. A second one of the same version and platform is a conflict: what was downloaded under a name stays that.
pub async fn insert(tx: &Tx, new: NewTool<'_>) -> Result<ToolId> {
    tx.insert(
        "INSERT INTO tool_build (version, platform, name, bytes, blob, added_by, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        values![new.version, new.platform, new.name, new.bytes, new.blob.as_str(), new.added_by, new.now],
    )
    .await
    .map(ToolId)
}

pub async fn get(conn: &Handle, id: ToolId) -> Result<Tool> {
    conn.one(&format!("{TOOL} WHERE id = $1"), values![id], tool).await
}

/// The newest builds, the one added last first.
pub async fn newest(conn: &Handle, most: i64) -> Result<Vec<Tool>> {
    let sql = format!("{TOOL} WHERE id <= $1 ORDER BY id DESC LIMIT {most}");
    conn.rows(&sql, values![ToolId(i64::MAX)], tool).await
}

fn tool(row: &Row<'_>) -> Result<Tool> {
    Ok(Tool {
        id: row.id("id", ToolId)?,
        version: row.get("version")?,
        platform: row.get("platform")?,
        name: row.get("name")?,
        bytes: row.get("bytes")?,
        blob: BlobId::kept(row.get("blob")?),
        added_at: row.instant("added_at")?,
    })
}
