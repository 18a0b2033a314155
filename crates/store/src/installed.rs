//! Which version runs where: the newest word of each source about each installation.

use rules::{
    ids::{OrganisationId, PersonId, TicketId},
    installed::{Installed, Source},
    releases::{Edition, Instance, Version},
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

/// Whose an installation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Organisation(OrganisationId),
    Person(PersonId),
}

/// Of an installation that is not named nothing is kept but that.
fn name<T: AsRef<str>>(name: Option<T>) -> String {
    name.map_or_else(String::new, |name| name.as_ref().to_owned())
}

fn installed(row: &Row<'_>) -> Result<Installed> {
    let (edition, instance) = (row.get::<String>("edition")?, row.get::<String>("instance")?);
    let (version, source) = (row.get::<String>("version")?, row.get::<String>("source")?);
    let named = |name: String| Some(name).filter(|name| !name.is_empty());
    Ok(Installed {
        edition: named(edition).map(|name| Edition::read(&name)).transpose().map_err(Error::broken)?,
        instance: named(instance).map(|name| Instance::read(&name)).transpose().map_err(Error::broken)?,
        version: Version::read(&version).ok_or_else(|| Error::broken("a version that is none"))?,
        seen: row.instant("seen_at")?,
        source: Source::read(&source).ok_or_else(|| Error::broken("a source that there is not"))?,
    })
}

/// Keeps a word unless there is a newer one of its source about the same; how many rows it changed.
pub async fn keep(tx: &Tx, owner: Owner, it: &Installed, ticket: Option<TicketId>) -> Result<u64> {
    let (column, id) = match owner {
        Owner::Organisation(OrganisationId(id)) => ("organisation_id", id),
        Owner::Person(PersonId(id)) => ("person_id", id),
    };
    let sql = format!(
        "INSERT INTO installed ({column}, source, edition, instance, version, seen_at, ticket_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT ({column}, source, edition, instance) WHERE {column} IS NOT NULL \
         DO UPDATE SET version = excluded.version, seen_at = excluded.seen_at, ticket_id = excluded.ticket_id \
         WHERE excluded.seen_at >= installed.seen_at"
    );
    let edition = name(it.edition.as_ref().map(Edition::as_str));
    let instance = name(it.instance.as_ref().map(Instance::as_str));
    let version = it.version.to_string();
    tx.run(&sql, values![id, it.source.as_str(), edition, instance, version, it.seen, ticket]).await
}

/// What a source said last of one installation.
pub async fn last(
    conn: &Handle,
    organisation: OrganisationId,
    source: Source,
    (edition, instance): (Option<&Edition>, Option<&Instance>),
) -> Result<Option<Installed>> {
    let sql = "SELECT source, edition, instance, version, seen_at FROM installed \
               WHERE organisation_id = $1 AND source = $2 AND edition = $3 AND instance = $4";
    let (edition, instance) = (name(edition.map(Edition::as_str)), name(instance.map(Instance::as_str)));
    conn.maybe(sql, values![organisation, source.as_str(), edition, instance], installed).await
}

/// What a request said goes with it: its version is for nobody else to read (SEC-1).
pub async fn forget(tx: &Tx, ticket: TicketId) -> Result<()> {
    tx.run("DELETE FROM installed WHERE ticket_id = $1", values![ticket]).await.map(drop)
}

/// All that was said of these organisations.
pub async fn of_organisations(conn: &Handle, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, Installed)>> {
    let mut found = vec![];
    for chunk in ids.chunks(100) {
        let sql = format!(
            "SELECT organisation_id, source, edition, instance, version, seen_at FROM installed \
             WHERE organisation_id IN ({})",
            slots(1, chunk.len())
        );
        let row = |row: &Row<'_>| Ok((row.id("organisation_id", OrganisationId)?, installed(row)?));
        found.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), row).await?);
    }
    Ok(found)
}

/// What their members said while they belonged to none.
pub async fn of_members(conn: &Handle, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, Installed)>> {
    let mut found = vec![];
    for chunk in ids.chunks(100) {
        let sql = format!(
            "SELECT m.organisation_id, i.source, i.edition, i.instance, i.version, i.seen_at FROM membership m \
             JOIN installed i ON i.person_id = m.person_id WHERE m.until_at IS NULL AND m.organisation_id IN ({})",
            slots(1, chunk.len())
        );
        let row = |row: &Row<'_>| Ok((row.id("organisation_id", OrganisationId)?, installed(row)?));
        found.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), row).await?);
    }
    Ok(found)
}

/// All that was said of what this person runs.
pub async fn of_person(conn: &Handle, person: PersonId) -> Result<Vec<Installed>> {
    let sql = "SELECT source, edition, instance, version, seen_at FROM installed WHERE person_id = $1";
    conn.rows(sql, values![person], installed).await
}

/// Those behind a person who run it without an organisation, by number.
pub async fn people_behind(conn: &Handle, behind: PersonId, limit: i64) -> Result<Vec<PersonId>> {
    let sql = "SELECT DISTINCT person_id FROM installed WHERE person_id > $1 ORDER BY person_id LIMIT $2";
    conn.rows(sql, values![behind, limit], |row| row.id("person_id", PersonId)).await
}

/// The organisations behind one, by number; without those that ended in another, or were erased.
pub async fn organisations_behind(conn: &Handle, behind: OrganisationId, limit: i64) -> Result<Vec<OrganisationId>> {
    let sql = "SELECT id FROM organisation WHERE id > $1 AND merged_into_id IS NULL AND erased_at IS NULL \
               ORDER BY id LIMIT $2";
    conn.rows(sql, values![behind, limit], |row| row.id("id", OrganisationId)).await
}

/// Those that ended in one of these, directly.
pub async fn ended_in(conn: &Handle, ids: &[OrganisationId]) -> Result<Vec<(OrganisationId, OrganisationId)>> {
    let mut found = vec![];
    for chunk in ids.chunks(100) {
        let sql =
            format!("SELECT id, merged_into_id FROM organisation WHERE merged_into_id IN ({})", slots(1, chunk.len()));
        let row = |row: &Row<'_>| Ok((row.id("id", OrganisationId)?, row.id("merged_into_id", OrganisationId)?));
        found.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), row).await?);
    }
    Ok(found)
}

/// Somebody of an organisation who can be written to about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub manages: bool,
}

/// The managers and named contacts of these organisations, by number.
pub async fn named(conn: &Handle, ids: &[OrganisationId]) -> Result<Vec<Named>> {
    let mut found = vec![];
    for chunk in ids.chunks(100) {
        let sql = format!(
            "SELECT organisation_id, person_id, role FROM membership \
             WHERE until_at IS NULL AND role <> 'member' AND organisation_id IN ({})",
            slots(1, chunk.len())
        );
        let row = |row: &Row<'_>| {
            Ok(Named {
                organisation: row.id("organisation_id", OrganisationId)?,
                person: row.id("person_id", PersonId)?,
                manages: row.get::<String>("role")? == "manager",
            })
        };
        found.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), row).await?);
    }
    found.sort_by_key(|it: &Named| (it.organisation, it.person));
    Ok(found)
}

/// Those of these people whom mail reaches: they were let in, and their first address is not in doubt.
pub async fn reachable(conn: &Handle, people: &[PersonId]) -> Result<Vec<PersonId>> {
    let mut found = vec![];
    for chunk in people.chunks(100) {
        let sql = format!(
            "SELECT p.id FROM person p JOIN address a ON a.person_id = p.id WHERE p.id IN ({}) \
             AND p.erased_at IS NULL AND p.turned_away_at IS NULL AND p.waits_since IS NULL AND a.doubted_at IS NULL \
             AND a.id = (SELECT MIN(f.id) FROM address f WHERE f.person_id = p.id)",
            slots(1, chunk.len())
        );
        let row = |row: &Row<'_>| row.id("id", PersonId);
        found.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), row).await?);
    }
    Ok(found)
}
