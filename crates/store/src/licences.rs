//! Licences of organisations, and what each said before (ENT-1).

use std::collections::HashMap;

use rules::{
    access::Role,
    entitlement::{Licence, Terms},
    ids::{ApiTokenId, LicenceId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    keys::{DeploymentKey, DetailKey, PlanKey},
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
    organisations::role,
};

/// A licence as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub id: LicenceId,
    pub organisation: OrganisationId,
    pub terms: Terms,
}

impl Kept {
    /// As far as filing depends on it.
    pub fn rule(&self) -> Licence {
        Licence {
            id: self.id,
            kind: self.terms.kind,
            product: self.terms.product.clone(),
            deployment: self.terms.deployment.clone(),
            plan: self.terms.plan.clone(),
            through: self.terms.through,
        }
    }
}

/// What a licence said from an instant on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub at: Instant,
    /// Nobody and no token: said from the command line, or before it was kept who did.
    pub by: Option<PersonId>,
    pub token: Option<ApiTokenId>,
    pub terms: Terms,
}

/// Who says something of a licence, and when.
#[derive(Clone, Copy, Debug)]
pub struct Said {
    pub by: Option<PersonId>,
    /// With which a program came.
    pub token: Option<ApiTokenId>,
    pub now: Instant,
}

const COLUMNS: &str = "external_key, product, edition, deployment, plan, kind, seats, through";

fn select() -> String {
    format!("SELECT id, organisation_id, {COLUMNS} FROM licence")
}

pub async fn insert(tx: &Tx, organisation: OrganisationId, terms: &Terms, said: Said) -> Result<LicenceId> {
    let sql = format!(
        "INSERT INTO licence (organisation_id, created_at, changed_at, {COLUMNS}) \
         VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id"
    );
    let id = tx.insert(&sql, [values![organisation, said.now], columns(terms)].concat()).await.map(LicenceId)?;
    add_version(tx, id, terms, said).await?;
    Ok(id)
}

/// Everything about it but whose it is.
pub async fn change(tx: &Tx, id: LicenceId, terms: &Terms, said: Said) -> Result<()> {
    tx.run(
        "UPDATE licence SET changed_at = $2, external_key = $3, product = $4, edition = $5, deployment = $6, plan = $7, \
         kind = $8, seats = $9, through = $10 WHERE id = $1",
        [values![id, said.now], columns(terms)].concat(),
    )
    .await?;
    add_version(tx, id, terms, said).await
}

async fn add_version(tx: &Tx, id: LicenceId, terms: &Terms, said: Said) -> Result<()> {
    let sql = format!(
        "INSERT INTO licence_version (licence_id, at, by_id, token_id, {COLUMNS}) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    );
    tx.run(&sql, [values![id, said.now, said.by, said.token], columns(terms)].concat()).await.map(drop)
}

/// What a licence says, in the order of [`COLUMNS`].
fn columns(terms: &Terms) -> Vec<sea_orm::Value> {
    values![
        terms.external_key.as_deref(),
        terms.product.as_str(),
        terms.edition.as_str(),
        terms.deployment.as_ref(),
        terms.plan.as_ref(),
        terms.kind.as_str(),
        terms.seats,
        terms.through.map(|date| date.to_string()),
    ]
}

pub async fn get(conn: &Handle, id: LicenceId) -> Result<Kept> {
    conn.one(&format!("{} WHERE id = $1", select()), values![id], licence).await
}

/// The one that the vendor's books call so.
pub async fn by_external_key(conn: &Handle, key: &str) -> Result<Option<Kept>> {
    conn.maybe(&format!("{} WHERE external_key = $1", select()), values![key], licence).await
}

/// All of an organisation, the first given first.
pub async fn of_organisation(conn: &Handle, organisation: OrganisationId) -> Result<Vec<Kept>> {
    conn.rows(&format!("{} WHERE organisation_id = $1 ORDER BY id", select()), values![organisation], licence).await
}

/// Those of an organisation that were given before one of them, the newest first.
pub async fn page_of(
    conn: &Handle,
    organisation: OrganisationId,
    before: Option<LicenceId>,
    limit: i64,
) -> Result<Vec<Kept>> {
    let sql = format!("{} WHERE organisation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3", select());
    conn.rows(&sql, values![organisation, before.unwrap_or(LicenceId(i64::MAX)), limit], licence).await
}

/// How many an organisation has.
pub async fn count_of(conn: &Handle, organisation: OrganisationId) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM licence WHERE organisation_id = $1";
    conn.one(sql, values![organisation], |row| row.get("n")).await
}

/// All of several organisations.
pub async fn of_organisations(conn: &Handle, ids: &[OrganisationId]) -> Result<Vec<Kept>> {
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let mut kept = Vec::new();
    for chunk in wanted.chunks(100) {
        let sql = format!("{} WHERE organisation_id IN ({})", select(), slots(1, chunk.len()));
        kept.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), licence).await?);
    }
    Ok(kept)
}

/// Whether any organisation has one: a desk that keeps no licences does not speak of them in its lists.
pub async fn are_kept(conn: &Handle) -> Result<bool> {
    let newest: Option<i64> = conn.one("SELECT MAX(id) AS id FROM licence", values![], |row| row.get("id")).await?;
    Ok(newest.is_some())
}

/// What it has said, the newest first.
pub async fn versions(conn: &Handle, id: LicenceId, limit: i64) -> Result<Vec<Version>> {
    let sql = format!(
        "SELECT at, by_id, token_id, {COLUMNS} FROM licence_version WHERE licence_id = $1 ORDER BY id DESC LIMIT $2"
    );
    conn.rows(&sql, values![id, limit], |row| {
        let (by, token) = (row.maybe_id("by_id", PersonId)?, row.maybe_id("token_id", ApiTokenId)?);
        Ok(Version { at: row.instant("at")?, by, token, terms: terms(row)? })
    })
    .await
}

/// What these requests say of one of these details: where they run, for a list.
pub async fn details_of(
    conn: &Handle,
    tickets: &[TicketId],
    details: &[DetailKey],
) -> Result<HashMap<TicketId, Vec<(DetailKey, String)>>> {
    let mut found: HashMap<TicketId, Vec<(DetailKey, String)>> = HashMap::new();
    if details.is_empty() {
        return Ok(found);
    }
    for chunk in tickets.chunks(100) {
        let (of, among) = (slots(1, chunk.len()), slots(chunk.len() + 1, details.len()));
        let sql = format!(
            "SELECT ticket_id, detail, value FROM ticket_detail WHERE ticket_id IN ({of}) AND detail IN ({among})"
        );
        let values = chunk.iter().map(ToValue::to_value).chain(details.iter().map(ToValue::to_value)).collect();
        let rows = conn.rows(&sql, values, |row| {
            Ok((row.id("ticket_id", TicketId)?, DetailKey(row.get("detail")?), row.get::<String>("value")?))
        });
        for (ticket, detail, value) in rows.await? {
            found.entry(ticket).or_default().push((detail, value));
        }
    }
    Ok(found)
}

/// Those of an organisation who are more than plain members, by number (PLN-5).
pub async fn named(conn: &Handle, organisation: OrganisationId) -> Result<Vec<(PersonId, String, Role)>> {
    conn.rows(
        "SELECT m.person_id, p.name, m.role FROM membership m JOIN person p ON p.id = m.person_id \
         WHERE m.organisation_id = $1 AND m.role <> 'member' AND m.until_at IS NULL ORDER BY m.person_id",
        values![organisation],
        |row| Ok((row.id("person_id", PersonId)?, row.get("name")?, role(&row.get::<String>("role")?)?)),
    )
    .await
}

fn licence(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        id: row.id("id", LicenceId)?,
        organisation: row.id("organisation_id", OrganisationId)?,
        terms: terms(row)?,
    })
}

fn terms(row: &Row<'_>) -> Result<Terms> {
    Ok(Terms {
        external_key: row.get("external_key")?,
        product: row.get("product")?,
        edition: row.get("edition")?,
        seats: row.get::<Option<i64>>("seats")?.map(u32::try_from).transpose().map_err(Error::broken)?,
        kind: row.get::<String>("kind")?.parse().map_err(Error::broken)?,
        deployment: row.get::<Option<String>>("deployment")?.map(DeploymentKey),
        plan: row.get::<Option<String>>("plan")?.map(PlanKey),
        through: row.get::<Option<String>>("through")?.map(|day| day.parse()).transpose().map_err(Error::broken)?,
    })
}
