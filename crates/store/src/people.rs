//! People: names, addresses, passwords, grants.

use rules::{
    access::Grant,
    ids::{OrganisationId, PersonId},
    instant::Instant,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
};

/// A person, customer or staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    /// Empty once erased.
    pub name: String,
    /// IANA name of the zone last seen, for times in mails.
    pub zone: Option<String>,
    pub created_at: Instant,
    pub erased_at: Option<Instant>,
}

/// A proven address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub person: PersonId,
    pub written: String,
    pub canonical: String,
    pub verified_at: Instant,
}

pub async fn insert(tx: &Tx, name: &str, now: Instant) -> Result<PersonId> {
    tx.insert("INSERT INTO person (name, created_at) VALUES ($1, $2) RETURNING id", values![name, now])
        .await
        .map(PersonId)
}

pub async fn get(conn: &Handle, id: PersonId) -> Result<Person> {
    conn.one("SELECT id, name, zone, created_at, erased_at FROM person WHERE id = $1", values![id], person).await
}

/// Who reads a page, with what every page of theirs asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub person: PersonId,
    pub name: String,
    pub zone: Option<String>,
    pub erased_at: Option<Instant>,
    pub grants: Vec<Grant>,
    /// The first proven.
    pub address: Option<String>,
    pub drafts: i64,
    /// Since when it is in doubt that the first address is theirs (REG-7).
    pub doubted_at: Option<Instant>,
    /// For whom they file, where they chose.
    pub acts_for: Option<OrganisationId>,
    /// Since when they wait to be let in (REG-3).
    pub waits_since: Option<Instant>,
    /// Why they were not.
    pub turned_away: Option<String>,
}

/// Somebody who waits to be let in, or was turned away (REG-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub person: PersonId,
    pub name: String,
    pub address: Option<String>,
    pub since: Instant,
    pub turned_away: Option<(Instant, String)>,
}

/// Those who wait and those who were turned away, the longest first.
pub async fn waiting(conn: &Handle) -> Result<Vec<Waiting>> {
    conn.rows(
        "SELECT p.id, p.name, p.waits_since, p.turned_away_at, p.turned_away_why, \
         (SELECT a.written FROM address a WHERE a.person_id = p.id ORDER BY a.id LIMIT 1) AS address \
         FROM person p WHERE p.waits_since IS NOT NULL AND p.erased_at IS NULL ORDER BY p.waits_since, p.id",
        values![],
        |row| {
            let why: Option<String> = row.get("turned_away_why")?;
            Ok(Waiting {
                person: row.id("id", PersonId)?,
                name: row.get("name")?,
                address: row.get("address")?,
                since: row.instant("waits_since")?,
                turned_away: row.maybe_instant("turned_away_at")?.zip(why),
            })
        },
    )
    .await
}

/// Somebody waits from now on.
pub async fn wait(tx: &Tx, id: PersonId, now: Instant) -> Result<()> {
    tx.run("UPDATE person SET waits_since = $2 WHERE id = $1", values![id, now]).await.map(drop)
}

/// Lets somebody in who waits or was turned away; `false` for everybody else.
pub async fn admit(tx: &Tx, id: PersonId) -> Result<bool> {
    let sql = "UPDATE person SET waits_since = NULL, turned_away_at = NULL, turned_away_why = NULL \
               WHERE id = $1 AND waits_since IS NOT NULL AND erased_at IS NULL";
    Ok(tx.run(sql, values![id]).await? > 0)
}

/// Does not let somebody in who waits; `false` for everybody else.
pub async fn turn_away(tx: &Tx, id: PersonId, why: &str, now: Instant) -> Result<bool> {
    let sql = "UPDATE person SET turned_away_at = $2, turned_away_why = $3 \
               WHERE id = $1 AND waits_since IS NOT NULL AND turned_away_at IS NULL AND erased_at IS NULL";
    Ok(tx.run(sql, values![id, now, why]).await? > 0)
}

/// What a `Reader` is read from, of `person p`, beside its `person_id`.
pub(crate) const READER: &str = "p.name, p.zone, p.erased_at, p.acts_for, p.waits_since, p.turned_away_why, \
    (SELECT string_agg(g.word, ' ') FROM staff_grant g WHERE g.person_id = p.id) AS grants, \
    (SELECT a.written FROM address a WHERE a.person_id = p.id ORDER BY a.id LIMIT 1) AS address, \
    (SELECT a.doubted_at FROM address a WHERE a.person_id = p.id ORDER BY a.id LIMIT 1) AS doubted_at, \
    (SELECT COUNT(*) FROM draft d WHERE d.person_id = p.id) AS drafts";

pub async fn reader(conn: &Handle, id: PersonId) -> Result<Reader> {
    conn.one(&format!("SELECT p.id AS person_id, {READER} FROM person p WHERE p.id = $1"), values![id], read).await
}

pub(crate) fn read(row: &Row<'_>) -> Result<Reader> {
    let words: Option<String> = row.get("grants")?;
    let grants: Option<Vec<Grant>> =
        words.iter().flat_map(|words| words.split(' ')).map(|word| word.parse().ok()).collect();
    Ok(Reader {
        person: row.id("person_id", PersonId)?,
        name: row.get("name")?,
        zone: row.get("zone")?,
        erased_at: row.maybe_instant("erased_at")?,
        grants: grants.ok_or_else(|| Error::broken("a grant of a kind that nobody knows"))?,
        address: row.get("address")?,
        drafts: row.get("drafts")?,
        doubted_at: row.maybe_instant("doubted_at")?,
        acts_for: row.maybe_id("acts_for", OrganisationId)?,
        waits_since: row.maybe_instant("waits_since")?,
        turned_away: row.get("turned_away_why")?,
    })
}

fn person(row: &Row<'_>) -> Result<Person> {
    Ok(Person {
        id: row.id("id", PersonId)?,
        name: row.get("name")?,
        zone: row.get("zone")?,
        created_at: row.instant("created_at")?,
        erased_at: row.maybe_instant("erased_at")?,
    })
}

pub async fn set_zone(tx: &Tx, id: PersonId, zone: &str) -> Result<()> {
    tx.run("UPDATE person SET zone = $2 WHERE id = $1", values![id, zone]).await.map(drop)
}

/// What their browser asked for last; none where it never said.
pub async fn language(conn: &Handle, id: PersonId) -> Result<Option<String>> {
    conn.one("SELECT language FROM person WHERE id = $1", values![id], |row| row.get("language")).await
}

pub async fn set_language(tx: &Tx, id: PersonId, language: &str) -> Result<()> {
    tx.run("UPDATE person SET language = $2 WHERE id = $1", values![id, language]).await.map(drop)
}

/// The languages of people of an organisation, of so many at most.
pub async fn languages_in(conn: &Handle, organisation: OrganisationId, most: i64) -> Result<Vec<String>> {
    let sql = "SELECT p.language FROM membership m JOIN person p ON p.id = m.person_id \
               WHERE m.organisation_id = $1 AND m.until_at IS NULL AND p.language IS NOT NULL LIMIT $2";
    conn.rows(sql, values![organisation, most], |row| row.get("language")).await
}

/// For which of their organisations somebody files from now on.
pub async fn act_for(tx: &Tx, id: PersonId, organisation: OrganisationId) -> Result<()> {
    tx.run("UPDATE person SET acts_for = $2 WHERE id = $1", values![id, organisation]).await.map(drop)
}

pub async fn insert_address(tx: &Tx, address: &Address) -> Result<()> {
    tx.run(
        "INSERT INTO address (person_id, written, canonical, verified_at) VALUES ($1, $2, $3, $4)",
        values![address.person, address.written, address.canonical, address.verified_at],
    )
    .await
    .map(drop)
}

/// An address whose proof is old.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unproven {
    pub person: PersonId,
    pub written: String,
    pub canonical: String,
    /// Whether its person belongs to an organisation now, and is not staff.
    pub is_member: bool,
}

/// Addresses that were proven last at `before` or earlier and are not in doubt yet, the oldest first.
pub async fn unproven(conn: &Handle, before: Instant, limit: i64) -> Result<Vec<Unproven>> {
    conn.rows(
        "SELECT a.person_id, a.written, a.canonical, \
         (EXISTS (SELECT 1 FROM membership m WHERE m.person_id = a.person_id AND m.until_at IS NULL) \
         AND NOT EXISTS (SELECT 1 FROM staff_grant g WHERE g.person_id = a.person_id)) AS is_member \
         FROM address a WHERE a.doubted_at IS NULL AND a.verified_at <= $1 ORDER BY a.verified_at, a.id LIMIT $2",
        values![before, limit],
        |row| {
            Ok(Unproven {
                person: row.id("person_id", PersonId)?,
                written: row.get("written")?,
                canonical: row.get("canonical")?,
                is_member: row.get("is_member")?,
            })
        },
    )
    .await
}

/// Casts doubt on an address unless it was proven since `before`; how many it were.
pub async fn doubt_before(tx: &Tx, canonical: &str, before: Instant, now: Instant) -> Result<u64> {
    let sql = "UPDATE address SET doubted_at = $3 WHERE canonical = $1 AND doubted_at IS NULL AND verified_at <= $2";
    tx.run(sql, values![canonical, before, now]).await
}

/// A mail to a person's first address came back: casts doubt on it; how many it were.
pub async fn doubt_bounced(tx: &Tx, person: PersonId, now: Instant) -> Result<u64> {
    let sql = "UPDATE address SET doubted_at = $2 WHERE doubted_at IS NULL \
               AND id = (SELECT MIN(id) FROM address WHERE person_id = $1)";
    tx.run(sql, values![person, now]).await
}

/// The address was proven to be its person's.
pub async fn prove(tx: &Tx, canonical: &str, now: Instant) -> Result<()> {
    let sql = "UPDATE address SET verified_at = $2, doubted_at = NULL WHERE canonical = $1";
    tx.run(sql, values![canonical, now]).await.map(drop)
}

/// Whose address that is.
pub async fn by_address(conn: &Handle, canonical: &str) -> Result<Option<PersonId>> {
    conn.maybe("SELECT person_id FROM address WHERE canonical = $1", values![canonical], |row| {
        row.id("person_id", PersonId)
    })
    .await
}

/// A person's addresses, the first proven first: mail goes to that one.
pub async fn addresses(conn: &Handle, person: PersonId) -> Result<Vec<Address>> {
    conn.rows(
        "SELECT person_id, written, canonical, verified_at FROM address WHERE person_id = $1 ORDER BY id",
        values![person],
        |row| {
            Ok(Address {
                person: row.id("person_id", PersonId)?,
                written: row.get("written")?,
                canonical: row.get("canonical")?,
                verified_at: row.instant("verified_at")?,
            })
        },
    )
    .await
}

/// The stored hash of a person's password.
pub async fn password(conn: &Handle, person: PersonId) -> Result<Option<String>> {
    conn.maybe("SELECT secret FROM identity WHERE person_id = $1 AND kind = 'password'", values![person], |row| {
        row.get("secret")
    })
    .await
}

pub async fn set_password(tx: &Tx, person: PersonId, hash: &str, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO identity (person_id, kind, secret, changed_at) VALUES ($1, 'password', $2, $3) \
         ON CONFLICT (person_id, kind) DO UPDATE SET secret = excluded.secret, changed_at = excluded.changed_at",
        values![person, hash, now],
    )
    .await
    .map(drop)
}

pub async fn grants(conn: &Handle, person: PersonId) -> Result<Vec<Grant>> {
    conn.rows("SELECT word FROM staff_grant WHERE person_id = $1 ORDER BY word", values![person], |row| {
        row.word("word")
    })
    .await
}

/// Replaces a person's grants.
pub async fn set_grants(tx: &Tx, person: PersonId, grants: &[Grant], now: Instant) -> Result<()> {
    tx.run("DELETE FROM staff_grant WHERE person_id = $1", values![person]).await?;
    for grant in grants {
        tx.run(
            "INSERT INTO staff_grant (person_id, word, since_at) VALUES ($1, $2, $3)",
            values![person, crate::engine::word(grant), now],
        )
        .await?;
    }
    Ok(())
}

/// Everybody who holds one of these grants, by name.
pub async fn with_any_grant(conn: &Handle, grants: &[Grant]) -> Result<Vec<Person>> {
    let sql = format!(
        "SELECT p.id, p.name, p.zone, p.created_at, p.erased_at FROM staff_grant g JOIN person p ON p.id = g.person_id \
         WHERE g.word IN ({}) AND p.erased_at IS NULL",
        crate::engine::slots(1, grants.len())
    );
    let words = grants.iter().map(|grant| crate::engine::ToValue::to_value(&crate::engine::word(grant))).collect();
    let mut people = conn.rows(&sql, words, person).await?;
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    people.dedup_by_key(|person| person.id);
    Ok(people)
}

/// Names of several people, for a page.
pub async fn names(conn: &Handle, ids: &[PersonId]) -> Result<std::collections::HashMap<PersonId, String>> {
    let mut names = std::collections::HashMap::new();
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    for chunk in wanted.chunks(100) {
        let sql = format!("SELECT id, name FROM person WHERE id IN ({})", crate::engine::slots(1, chunk.len()));
        let rows = conn
            .rows(&sql, chunk.iter().map(crate::engine::ToValue::to_value).collect(), |row| {
                Ok((row.id("id", PersonId)?, row.get::<String>("name")?))
            })
            .await?;
        names.extend(rows);
    }
    Ok(names)
}
