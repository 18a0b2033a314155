//! Versions of the support policy: stored whole, never changed.

use rules::{
    ids::{PersonId, PolicyVersionId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// A stored version.
#[derive(Clone, Debug)]
pub struct Version {
    pub id: PolicyVersionId,
    /// The file as it was applied.
    pub source: String,
    /// Its compiled form as JSON: what the clocks go by, whatever a later release reads out of the source.
    pub compiled: String,
    pub applied_by: Option<PersonId>,
    pub applied_at: Instant,
    /// In force from then on, until a later one is.
    pub from: Instant,
}

/// A version about to be stored.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    pub source: &'a str,
    /// The compiled form, with holidays spelled out, as JSON.
    pub compiled: &'a str,
    pub hash: &'a str,
    pub applied_by: Option<PersonId>,
    pub applied_at: Instant,
    pub from: Instant,
}

const VERSION: &str = "SELECT id, source, compiled, applied_by, applied_at, from_at FROM policy_version";

pub async fn insert(tx: &Tx, new: NewVersion<'_>) -> Result<PolicyVersionId> {
    tx.insert(
        "INSERT INTO policy_version (source, compiled, hash, applied_by, applied_at, from_at) \
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        values![new.source, new.compiled, new.hash, new.applied_by, new.applied_at, new.from],
    )
    .await
    .map(PolicyVersionId)
}

/// The version stored last.
pub async fn newest(conn: &Handle) -> Result<Option<PolicyVersionId>> {
    conn.one("SELECT MAX(id) AS id FROM policy_version", values![], |row| row.maybe_id("id", PolicyVersionId)).await
}

pub async fn get(conn: &Handle, id: PolicyVersionId) -> Result<Version> {
    conn.one(&format!("{VERSION} WHERE id = $1"), values![id], version).await
}

/// All versions, the newest first.
pub async fn all(conn: &Handle) -> Result<Vec<Version>> {
    conn.rows(&format!("{VERSION} ORDER BY from_at DESC, id DESC"), values![], version).await
}

fn version(row: &Row<'_>) -> Result<Version> {
    Ok(Version {
        id: row.id("id", PolicyVersionId)?,
        source: row.get("source")?,
        compiled: row.get("compiled")?,
        applied_by: row.maybe_id("applied_by", PersonId)?,
        applied_at: row.instant("applied_at")?,
        from: row.instant("from_at")?,
    })
}
