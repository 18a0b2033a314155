//! Releases of the product, how they reached its cloud, and where organisations run it (BUG-1, 4, 7, 8).

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rules::{
    ids::{OrganisationId, ReleaseId},
    instant::Instant,
    releases::{
        Catalogue, Edition, Instance, Note, Product, Range, Release, Requirement, Rollout, Version, Withdrawal,
    },
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

/// Rows that one statement writes.
const AT_ONCE: usize = 50;

/// Where an organisation runs the product, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganisationPlace {
    pub edition: Option<Edition>,
    pub instance: Option<Instance>,
}

/// A number that grows with every change of any release and every roll-out; 0 where there is no release.
pub async fn revision(conn: &Handle) -> Result<i64> {
    let newest: Option<i64> =
        conn.one("SELECT MAX(revision) AS revision FROM release", values![], |row| row.get("revision")).await?;
    Ok(newest.unwrap_or(0))
}

/// All releases with their roll-outs, of the product as the policy names it.
pub async fn catalogue(conn: &Handle, product: Product) -> Result<Catalogue> {
    let mut releases = BTreeMap::new();
    let mut after = ReleaseId(0);
    let page = format!("{RELEASE} WHERE id > $1 ORDER BY id LIMIT 100");
    loop {
        let page = conn.rows(&page, values![after], release).await?;
        let Some((last, _)) = page.last() else { break };
        after = *last;
        releases.extend(whole(conn, page).await?);
    }
    let rollouts =
        conn.rows("SELECT release_id, instance, at FROM rollout WHERE id > 0 ORDER BY id", values![], |row| {
            let of = row.id("release_id", ReleaseId)?;
            let version = releases.get(&of).map(|release: &Release| release.version.clone());
            let version = version.ok_or_else(|| Error::broken(format!("no release {of} was rolled out")))?;
            let instance = Instance::read(&row.get::<String>("instance")?).map_err(Error::broken)?;
            Ok(Rollout { instance, version, at: row.instant("at")? })
        });
    let rollouts = rollouts.await?;
    Ok(Catalogue::of(product, releases.into_values().collect(), rollouts))
}

/// The one of that version, however it is written.
pub async fn by_version(conn: &Handle, version: &Version) -> Result<Option<ReleaseId>> {
    let sql = "SELECT id FROM release WHERE version_key = $1";
    conn.maybe(sql, values![version.key()], |row| row.id("id", ReleaseId)).await
}

pub async fn get(conn: &Handle, id: ReleaseId) -> Result<Release> {
    let bare = conn.one(&format!("{RELEASE} WHERE id = $1"), values![id], release).await?;
    whole(conn, vec![bare]).await?.pop().map(|(_, release)| release).ok_or(Error::NotFound)
}

/// What these are called.
pub async fn versions(conn: &Handle, ids: &[ReleaseId]) -> Result<HashMap<ReleaseId, Version>> {
    let mut found = HashMap::new();
    for chunk in ids.chunks(100) {
        let sql = format!("SELECT id, version FROM release WHERE id IN ({})", slots(1, chunk.len()));
        let values = chunk.iter().map(ToValue::to_value).collect();
        found.extend(conn.rows(&sql, values, |row| Ok((row.id("id", ReleaseId)?, version(row, "version")?))).await?);
    }
    Ok(found)
}

/// Keeps a new one, also one that was withdrawn before it came here.
pub async fn insert(tx: &Tx, new: &Release, now: Instant) -> Result<ReleaseId> {
    let insert = tx.insert(
        "INSERT INTO release (version, version_key, released_on, supported_until, summary, link, revision, published_at, \
         changed_at) VALUES ($1, $2, $3, $4, $5, $6, (SELECT COALESCE(MAX(revision), 0) + 1 FROM release), $7, $7) \
         RETURNING id",
        values![
            new.version.to_string(),
            new.version.key(),
            new.released_on.to_string(),
            new.supported_until.map(|day| day.to_string()),
            &new.summary,
            new.link.as_deref(),
            now,
        ],
    );
    let id = insert.await.map(ReleaseId)?;
    add_parts(tx, id, new).await?;
    if let Some(withdrawal) = &new.withdrawn {
        withdraw(tx, id, withdrawal, now).await?;
    }
    Ok(id)
}

/// Everything about it but its version, and whether it was withdrawn.
pub async fn amend(tx: &Tx, id: ReleaseId, said: &Release, now: Instant) -> Result<()> {
    tx.run(
        "UPDATE release SET released_on = $2, supported_until = $3, summary = $4, link = $5, changed_at = $6, \
         revision = (SELECT MAX(revision) + 1 FROM release) WHERE id = $1",
        values![
            id,
            said.released_on.to_string(),
            said.supported_until.map(|day| day.to_string()),
            &said.summary,
            said.link.as_deref(),
            now,
        ],
    )
    .await?;
    for table in ["release_edition", "release_note", "release_requirement"] {
        tx.run(&format!("DELETE FROM {table} WHERE release_id = $1"), values![id]).await?;
    }
    add_parts(tx, id, said).await
}

/// BUG-7: it is taken back.
pub async fn withdraw(tx: &Tx, id: ReleaseId, withdrawal: &Withdrawal, now: Instant) -> Result<()> {
    tx.run(
        "UPDATE release SET withdrawn_on = $2, withdrawn_why = $3, withdrawn_instead = $4, changed_at = $5, \
         revision = (SELECT MAX(revision) + 1 FROM release) WHERE id = $1",
        values![
            id,
            withdrawal.on.to_string(),
            &withdrawal.why,
            withdrawal.instead.as_ref().map(ToString::to_string),
            now,
        ],
    )
    .await
    .map(drop)
}

/// BUG-4: it reached an instance.
pub async fn roll_out(tx: &Tx, id: ReleaseId, instance: &Instance, now: Instant) -> Result<()> {
    let sql = "INSERT INTO rollout (release_id, instance, at) VALUES ($1, $2, $3)";
    tx.run(sql, values![id, instance, now]).await?;
    let sql = "UPDATE release SET revision = (SELECT MAX(revision) + 1 FROM release) WHERE id = $1";
    tx.run(sql, values![id]).await.map(drop)
}

/// Where an organisation runs it; nothing is known unless somebody said it.
pub async fn place(conn: &Handle, organisation: OrganisationId) -> Result<OrganisationPlace> {
    Ok(places(conn, &[organisation]).await?.remove(&organisation).unwrap_or_default())
}

/// Where these run it; those of whom nothing is known are left out.
pub async fn places(
    conn: &Handle,
    organisations: &[OrganisationId],
) -> Result<HashMap<OrganisationId, OrganisationPlace>> {
    let mut found = HashMap::new();
    for chunk in organisations.chunks(100) {
        let asked = slots(1, chunk.len());
        let sql = format!(
            "SELECT organisation_id, edition, instance FROM organisation_place WHERE organisation_id IN ({asked})"
        );
        let values = chunk.iter().map(ToValue::to_value).collect();
        let rows = conn.rows(&sql, values, |row| {
            let edition = row.get::<Option<String>>("edition")?;
            let instance = row.get::<Option<String>>("instance")?;
            let place = OrganisationPlace {
                edition: edition.map(|name| Edition::read(&name)).transpose().map_err(Error::broken)?,
                instance: instance.map(|name| Instance::read(&name)).transpose().map_err(Error::broken)?,
            };
            Ok((row.id("organisation_id", OrganisationId)?, place))
        });
        found.extend(rows.await?);
    }
    Ok(found)
}

/// It runs it there from now on, as far as is known.
pub async fn set_place(tx: &Tx, organisation: OrganisationId, place: &OrganisationPlace) -> Result<()> {
    tx.run(
        "INSERT INTO organisation_place (organisation_id, edition, instance) VALUES ($1, $2, $3) \
         ON CONFLICT (organisation_id) DO UPDATE SET edition = $2, instance = $3",
        values![organisation, place.edition.as_ref(), place.instance.as_ref()],
    )
    .await
    .map(drop)
}

const RELEASE: &str = "SELECT id, version, released_on, supported_until, summary, link, withdrawn_on, withdrawn_why, \
    withdrawn_instead FROM release";

/// Without its parts.
fn release(row: &Row<'_>) -> Result<(ReleaseId, Release)> {
    let withdrawn = match maybe_day(row, "withdrawn_on")? {
        Some(on) => {
            let instead = row.get::<Option<String>>("withdrawn_instead")?;
            let instead = instead.map(|it| Version::parse(&it)).transpose().map_err(broken)?;
            Some(Withdrawal { on, why: row.get::<Option<String>>("withdrawn_why")?.unwrap_or_default(), instead })
        }
        None => None,
    };
    let released_on = maybe_day(row, "released_on")?.ok_or_else(|| Error::broken("a release without its day"))?;
    let release = Release {
        supported_until: maybe_day(row, "supported_until")?,
        summary: row.get("summary")?,
        link: row.get("link")?,
        withdrawn,
        ..Release::new(version(row, "version")?, released_on)
    };
    Ok((row.id("id", ReleaseId)?, release))
}

fn version(row: &Row<'_>, column: &str) -> Result<Version> {
    Version::parse(&row.get::<String>(column)?).map_err(broken)
}

fn broken(what: impl std::fmt::Debug) -> Error {
    Error::broken(format!("{what:?}"))
}

fn maybe_day(row: &Row<'_>, column: &str) -> Result<Option<Date>> {
    row.get::<Option<String>>(column)?.map(|day| day.parse()).transpose().map_err(Error::broken)
}

/// With their parts.
async fn whole(conn: &Handle, bare: Vec<(ReleaseId, Release)>) -> Result<Vec<(ReleaseId, Release)>> {
    let ids: Vec<ReleaseId> = bare.iter().map(|(id, _)| *id).collect();
    let mut all: BTreeMap<ReleaseId, Release> = bare.into_iter().collect();
    let (of, values) = (slots(1, ids.len()), || ids.iter().map(ToValue::to_value).collect::<Vec<_>>());
    let sql = format!("SELECT release_id, edition FROM release_edition WHERE release_id IN ({of})");
    let editions = conn.rows(&sql, values(), |row| Ok((id(row)?, row.get::<String>("edition")?)));
    for (id, name) in editions.await? {
        let edition = Edition::read(&name).map_err(Error::broken)?;
        all.entry(id).and_modify(|release| {
            release.editions.insert(edition);
        });
    }
    let sql = format!(
        "SELECT release_id, change, text, anchor FROM release_note WHERE release_id IN ({of}) ORDER BY release_id, place"
    );
    for (id, note) in conn.rows(&sql, values(), |row| Ok((id(row)?, note(row)?))).await? {
        all.entry(id).and_modify(|release| release.notes.push(note));
    }
    let sql = format!(
        "SELECT release_id, what, required, recommended FROM release_requirement WHERE release_id IN ({of}) \
         ORDER BY release_id, place"
    );
    for (id, needs) in conn.rows(&sql, values(), |row| Ok((id(row)?, requirement(row)?))).await? {
        all.entry(id).and_modify(|release| release.runs_on.push(needs));
    }
    Ok(all.into_iter().collect())
}

fn id(row: &Row<'_>) -> Result<ReleaseId> {
    row.id("release_id", ReleaseId)
}

fn note(row: &Row<'_>) -> Result<Note> {
    Ok(Note { change: row.word("change")?, text: row.get("text")?, anchor: row.get("anchor")? })
}

fn requirement(row: &Row<'_>) -> Result<Requirement> {
    let range = |column| {
        let written = row.get::<Option<String>>(column)?;
        written.map(|written| Range::read(&written)).transpose().map_err(broken)
    };
    Ok(Requirement { what: row.get("what")?, required: range("required")?, recommended: range("recommended")? })
}

async fn add_parts(tx: &Tx, id: ReleaseId, release: &Release) -> Result<()> {
    let editions = release.editions.iter().map(|edition| values![id, edition]).collect();
    add_rows(tx, "release_edition (release_id, edition)", editions).await?;
    let notes = (0_i64..).zip(&release.notes);
    let notes = notes.map(|(place, it)| values![id, place, it.change, &it.text, it.anchor.as_deref()]).collect();
    add_rows(tx, "release_note (release_id, place, change, text, anchor)", notes).await?;
    let range = |range: &Option<Range>| range.as_ref().map(ToString::to_string);
    let needs = (0_i64..).zip(&release.runs_on);
    let needs =
        needs.map(|(place, it)| values![id, place, &it.what, range(&it.required), range(&it.recommended)]).collect();
    add_rows(tx, "release_requirement (release_id, place, what, required, recommended)", needs).await
}

async fn add_rows(tx: &Tx, into: &str, rows: Vec<Vec<sea_orm::Value>>) -> Result<()> {
    for chunk in rows.chunks(AT_ONCE) {
        let width = chunk.first().map_or(0, Vec::len);
        let tuples = (0..chunk.len()).map(|row| format!("({})", slots(1 + row * width, width)));
        let sql = format!("INSERT INTO {into} VALUES {}", tuples.collect::<Vec<_>>().join(", "));
        tx.run(&sql, chunk.concat()).await?;
    }
    Ok(())
}
