//! Who files for whom (ENT-4): offers to an address, and what became of them. What has ended stays, since who files no more
//! loses sight by it.

use rules::{
    access,
    ids::{OrganisationId, PersonId, ResaleId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// An offer, or what it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resale {
    pub id: ResaleId,
    /// For whom is filed.
    pub organisation: OrganisationId,
    /// By whom; `None` until somebody there takes it.
    pub reseller: Option<OrganisationId>,
    /// The address it was offered to; `None` where staff set it, and for who was erased.
    pub written: Option<String>,
    pub offered_at: Instant,
    /// Who offered it, or set it; `None` for the command line, and for who was erased.
    pub by: Option<PersonId>,
    pub taken_at: Option<Instant>,
    pub ended_at: Option<Instant>,
}

/// A grant of one of somebody's organisations, of either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    pub rule: access::Resale,
    /// Of the end customer.
    pub name: String,
    /// Whether nothing can be filed by it for now: one of the two ended in another (VIS-4), or nobody has looked at it.
    pub rests: bool,
}

const COLUMNS: &str =
    "SELECT id, organisation_id, reseller_id, written, offered_at, by_id, taken_at, ended_at FROM resale";

fn read(row: &Row<'_>) -> Result<Resale> {
    Ok(Resale {
        id: row.id("id", ResaleId)?,
        organisation: row.id("organisation_id", OrganisationId)?,
        reseller: row.maybe_id("reseller_id", OrganisationId)?,
        written: row.get("written")?,
        offered_at: row.instant("offered_at")?,
        by: row.maybe_id("by_id", PersonId)?,
        taken_at: row.maybe_instant("taken_at")?,
        ended_at: row.maybe_instant("ended_at")?,
    })
}

/// Offers it to an address, as written and in the form by which addresses are compared; once more, it counts from then on.
pub async fn offer(
    tx: &Tx,
    organisation: OrganisationId,
    (written, canonical): (&str, &str),
    by: PersonId,
    now: Instant,
) -> Result<ResaleId> {
    tx.insert(
        "INSERT INTO resale (organisation_id, written, canonical, offered_at, by_id) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (organisation_id, canonical) WHERE ended_at IS NULL DO UPDATE SET written = excluded.written, \
         offered_at = excluded.offered_at, by_id = excluded.by_id RETURNING id",
        values![organisation, written, canonical, now, by],
    )
    .await
    .map(ResaleId)
}

/// Sets it at once; `None` where it stands already.
pub async fn set(
    tx: &Tx,
    (organisation, reseller): (OrganisationId, OrganisationId),
    by: Option<PersonId>,
    now: Instant,
) -> Result<Option<ResaleId>> {
    let id = tx
        .maybe(
            "INSERT INTO resale (organisation_id, reseller_id, offered_at, by_id, taken_at) VALUES ($1, $2, $3, $4, $3) \
             ON CONFLICT (organisation_id, reseller_id) WHERE ended_at IS NULL DO NOTHING RETURNING id",
            values![organisation, reseller, now, by],
            |row| row.id("id", ResaleId),
        )
        .await?;
    Ok(id)
}

/// Who was offered it takes it for an organisation; `false` where it was answered meanwhile.
pub async fn take(tx: &Tx, id: ResaleId, reseller: OrganisationId, now: Instant) -> Result<bool> {
    let sql = "UPDATE resale SET reseller_id = $2, taken_at = $3 \
               WHERE id = $1 AND reseller_id IS NULL AND ended_at IS NULL";
    Ok(tx.run(sql, values![id, reseller, now]).await? > 0)
}

/// Nobody files by it from now on; `false` where it had ended.
pub async fn end(tx: &Tx, id: ResaleId, now: Instant) -> Result<bool> {
    let sql = "UPDATE resale SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    Ok(tx.run(sql, values![id, now]).await? > 0)
}

pub async fn get(conn: &Handle, id: ResaleId) -> Result<Resale> {
    conn.one(&format!("{COLUMNS} WHERE id = $1"), values![id], read).await
}

/// What an organisation grants and offers, what has ended too; the oldest first.
pub async fn of(conn: &Handle, organisation: OrganisationId) -> Result<Vec<Resale>> {
    conn.rows(&format!("{COLUMNS} WHERE organisation_id = $1 ORDER BY id"), values![organisation], read).await
}

/// What was granted to an organisation, what has ended too; the oldest first.
pub async fn by(conn: &Handle, reseller: OrganisationId) -> Result<Vec<Resale>> {
    conn.rows(&format!("{COLUMNS} WHERE reseller_id = $1 ORDER BY id"), values![reseller], read).await
}

/// What stands between two.
pub async fn between(conn: &Handle, organisation: OrganisationId, reseller: OrganisationId) -> Result<Option<Resale>> {
    let sql = format!("{COLUMNS} WHERE organisation_id = $1 AND reseller_id = $2 AND ended_at IS NULL");
    conn.maybe(&sql, values![organisation, reseller], read).await
}

/// Offers to an address that nobody has answered.
pub async fn offered_to(conn: &Handle, canonical: &str) -> Result<Vec<Resale>> {
    conn.rows(
        &format!("{COLUMNS} WHERE canonical = $1 AND reseller_id IS NULL AND ended_at IS NULL"),
        values![canonical],
        read,
    )
    .await
}

/// What the organisations of somebody grant and were granted, also those that they have left.
pub async fn of_person(conn: &Handle, person: PersonId) -> Result<Vec<Granted>> {
    let side = |side: &str| {
        format!(
            "SELECT r.id, r.organisation_id, r.reseller_id, r.ended_at, o.name, o.confirmed_at AS o_confirmed_at, \
             o.merged_into_id AS o_merged, b.confirmed_at AS b_confirmed_at, b.merged_into_id AS b_merged \
             FROM membership m JOIN resale r ON r.{side} = m.organisation_id \
             JOIN organisation o ON o.id = r.organisation_id JOIN organisation b ON b.id = r.reseller_id \
             WHERE m.person_id = $1"
        )
    };
    let sql = format!("{} UNION ALL {}", side("organisation_id"), side("reseller_id"));
    let mut all = conn
        .rows(&sql, values![person], |row| {
            let rule = access::Resale {
                organisation: row.id("organisation_id", OrganisationId)?,
                reseller: row.id("reseller_id", OrganisationId)?,
                stands: row.maybe_instant("ended_at")?.is_none(),
            };
            let is_confirmed =
                row.maybe_instant("o_confirmed_at")?.is_some() && row.maybe_instant("b_confirmed_at")?.is_some();
            let is_merged = row.maybe_id("o_merged", OrganisationId)?.is_some()
                || row.maybe_id("b_merged", OrganisationId)?.is_some();
            let granted = Granted { rule, name: row.get("name")?, rests: is_merged || !is_confirmed };
            Ok((row.id("id", ResaleId)?, granted))
        })
        .await?;
    // Who belongs to both sides reads it twice.
    all.sort_by_key(|(id, _)| *id);
    all.dedup_by_key(|(id, _)| *id);
    Ok(all.into_iter().map(|(_, granted)| granted).collect())
}
