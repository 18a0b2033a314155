//! Licences of organisations (ENT-1).

use rules::{
    entitlement::{Kind, Licence},
    ids::{LicenceId, OrganisationId},
    instant::Instant,
    keys::{DeploymentKey, PlanKey},
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
};

/// A licence as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub organisation: OrganisationId,
    pub external_key: Option<String>,
    pub product: String,
    pub edition: String,
    pub seats: Option<u32>,
    pub rule: Licence,
}

/// A licence about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewLicence<'a> {
    pub organisation: OrganisationId,
    pub external_key: Option<&'a str>,
    pub product: &'a str,
    pub edition: &'a str,
    pub deployment: Option<&'a DeploymentKey>,
    pub plan: Option<&'a PlanKey>,
    pub kind: Kind,
    pub seats: Option<u32>,
    pub through: Option<jiff::civil::Date>,
    pub now: Instant,
}

const LICENCE: &str =
    "SELECT id, organisation_id, external_key, product, edition, deployment, plan, kind, seats, through FROM licence";

pub async fn insert(tx: &Tx, new: NewLicence<'_>) -> Result<LicenceId> {
    tx.insert(
        "INSERT INTO licence (organisation_id, external_key, product, edition, deployment, plan, kind, seats, through, \
         created_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) RETURNING id",
        [values![new.organisation, new.external_key], terms(new)].concat(),
    )
    .await
    .map(LicenceId)
}

/// Everything about it but whose it is and how it is called.
pub async fn change(tx: &Tx, id: LicenceId, new: NewLicence<'_>) -> Result<()> {
    tx.run(
        "UPDATE licence SET product = $2, edition = $3, deployment = $4, plan = $5, kind = $6, seats = $7, through = $8, \
         changed_at = $9 WHERE id = $1",
        [values![id], terms(new)].concat(),
    )
    .await
    .map(drop)
}

/// What a licence says and when it was said, in the order of both statements.
fn terms(new: NewLicence<'_>) -> Vec<sea_orm::Value> {
    values![
        new.product,
        new.edition,
        new.deployment,
        new.plan,
        new.kind.as_str(),
        new.seats,
        new.through.map(|date| date.to_string()),
        new.now,
    ]
}

pub async fn get(conn: &Handle, id: LicenceId) -> Result<Kept> {
    conn.one(&format!("{LICENCE} WHERE id = $1"), values![id], licence).await
}

/// The one that the vendor's books call so.
pub async fn by_external_key(conn: &Handle, key: &str) -> Result<Option<Kept>> {
    conn.maybe(&format!("{LICENCE} WHERE external_key = $1"), values![key], licence).await
}

/// All of an organisation, the first given first.
pub async fn of_organisation(conn: &Handle, organisation: OrganisationId) -> Result<Vec<Kept>> {
    conn.rows(&format!("{LICENCE} WHERE organisation_id = $1 ORDER BY id"), values![organisation], licence).await
}

fn licence(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        organisation: row.id("organisation_id", OrganisationId)?,
        external_key: row.get("external_key")?,
        product: row.get("product")?,
        edition: row.get("edition")?,
        seats: row.get::<Option<i64>>("seats")?.map(u32::try_from).transpose().map_err(Error::broken)?,
        rule: Licence {
            id: row.id("id", LicenceId)?,
            kind: row.get::<String>("kind")?.parse().map_err(Error::broken)?,
            deployment: row.get::<Option<String>>("deployment")?.map(DeploymentKey),
            plan: row.get::<Option<String>>("plan")?.map(PlanKey),
            through: row.get::<Option<String>>("through")?.map(|day| day.parse()).transpose().map_err(Error::broken)?,
        },
    })
}
