//! Invitations to join an organisation: one for each address that is asked, until it is answered or withdrawn.

use rules::{
    access::Role,
    ids::{InvitationId, OrganisationId, PersonId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values, word},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub organisation: OrganisationId,
    pub written: String,
    pub canonical: String,
    pub role: Role,
    pub by: PersonId,
    /// What the text of its link is derived from.
    pub nonce: Vec<u8>,
    pub sent_at: Instant,
    pub expires_at: Instant,
}

/// One about to be sent, also once more: the link before it leads nowhere then.
#[derive(Clone, Copy, Debug)]
pub struct NewInvitation<'a> {
    pub organisation: OrganisationId,
    pub written: &'a str,
    pub canonical: &'a str,
    pub role: Role,
    pub by: PersonId,
    pub nonce: &'a [u8],
    pub hash: [u8; 32],
    pub now: Instant,
    pub expires_at: Instant,
}

const COLUMNS: &str = "SELECT id, organisation_id, written, canonical, role, by_id, nonce, sent_at, expires_at \
    FROM invitation";

fn read(row: &Row<'_>) -> Result<Invitation> {
    Ok(Invitation {
        id: row.id("id", InvitationId)?,
        organisation: row.id("organisation_id", OrganisationId)?,
        written: row.get("written")?,
        canonical: row.get("canonical")?,
        role: row.word("role")?,
        by: row.id("by_id", PersonId)?,
        nonce: row.get("nonce")?,
        sent_at: row.instant("sent_at")?,
        expires_at: row.instant("expires_at")?,
    })
}

pub async fn put(tx: &Tx, new: NewInvitation<'_>) -> Result<InvitationId> {
    tx.insert(
        "INSERT INTO invitation (organisation_id, written, canonical, role, by_id, nonce, hash, sent_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organisation_id, canonical) DO UPDATE SET \
         written = excluded.written, role = excluded.role, by_id = excluded.by_id, nonce = excluded.nonce, \
         hash = excluded.hash, sent_at = excluded.sent_at, expires_at = excluded.expires_at RETURNING id",
        values![
            new.organisation,
            new.written,
            new.canonical,
            word(&new.role),
            new.by,
            new.nonce,
            new.hash,
            new.now,
            new.expires_at
        ],
    )
    .await
    .map(InvitationId)
}

pub async fn get(conn: &Handle, id: InvitationId) -> Result<Invitation> {
    conn.one(&format!("{COLUMNS} WHERE id = $1"), values![id], read).await
}

pub async fn by_hash(conn: &Handle, hash: [u8; 32]) -> Result<Option<Invitation>> {
    conn.maybe(&format!("{COLUMNS} WHERE hash = $1"), values![hash], read).await
}

/// Those of an organisation, by address.
pub async fn of_organisation(conn: &Handle, id: OrganisationId) -> Result<Vec<Invitation>> {
    let sql = format!("{COLUMNS} WHERE organisation_id = $1 ORDER BY canonical");
    conn.rows(&sql, values![id], read).await
}

/// Those to an address.
pub async fn of_address(conn: &Handle, canonical: &str) -> Result<Vec<Invitation>> {
    conn.rows(&format!("{COLUMNS} WHERE canonical = $1"), values![canonical], read).await
}

/// It was answered or withdrawn; `false` when somebody was faster.
pub async fn remove(tx: &Tx, id: InvitationId) -> Result<bool> {
    Ok(tx.run("DELETE FROM invitation WHERE id = $1", values![id]).await? > 0)
}

/// It was answered, and its link says so from then on; `false` when somebody was faster.
pub async fn spend(tx: &Tx, id: InvitationId) -> Result<bool> {
    tx.run(
        "INSERT INTO spent_invitation (hash, expires_at) SELECT hash, expires_at FROM invitation WHERE id = $1 \
         ON CONFLICT DO NOTHING",
        values![id],
    )
    .await?;
    remove(tx, id).await
}

/// Whether an invitation with this link was answered.
pub async fn is_spent(conn: &Handle, hash: [u8; 32]) -> Result<bool> {
    let sql = "SELECT expires_at FROM spent_invitation WHERE hash = $1";
    Ok(conn.maybe(sql, values![hash], |row| row.instant("expires_at")).await?.is_some())
}

/// Throws away those that ran out before an instant.
pub async fn sweep(tx: &Tx, before: Instant) -> Result<u64> {
    tx.run("DELETE FROM spent_invitation WHERE expires_at <= $1", values![before]).await?;
    tx.run("DELETE FROM invitation WHERE expires_at <= $1", values![before]).await
}

/// Whether the organisation's managers may ask addresses of other domains.
pub async fn asks_others(conn: &Handle, id: OrganisationId) -> Result<bool> {
    conn.one("SELECT invites_others FROM organisation WHERE id = $1", values![id], |row| row.get("invites_others"))
        .await
}

pub async fn set_asks_others(tx: &Tx, id: OrganisationId, others: bool) -> Result<u64> {
    let sql = "UPDATE organisation SET invites_others = $2 WHERE id = $1 AND invites_others <> $2";
    tx.run(sql, values![id, others]).await
}
