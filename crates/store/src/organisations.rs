//! Organisations, their domains and their members.

use std::collections::HashMap;

use rules::{
    access::{Confirmed, OrganisationView, Reach, Role, Sharing},
    ids::{DomainNoteId, OrganisationId, PersonId},
    instant::Instant,
    keys::RegionKey,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, slots, values},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: OrganisationId,
    pub name: String,
    pub sharing: Sharing,
    /// `None`: opened by its first member, not looked at by staff yet (REG-5).
    pub confirmed_at: Option<Instant>,
    /// The one in which it ended (VIS-4).
    pub merged_into: Option<OrganisationId>,
    pub created_at: Instant,
    /// When its name and texts were erased (PRV-1).
    pub erased_at: Option<Instant>,
    /// The region of the policy that it belongs to (PLN-3).
    pub region: Option<RegionKey>,
}

impl Organisation {
    /// As far as seeing depends on it.
    pub fn view(&self) -> OrganisationView {
        let confirmed = if self.confirmed_at.is_some() { Confirmed::Yes } else { Confirmed::No };
        OrganisationView { organisation: self.id, confirmed, sharing: self.sharing }
    }
}

/// A person's place in an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub person: PersonId,
    pub organisation: Organisation,
    pub role: Role,
    pub since: Instant,
    pub until: Option<Instant>,
    /// Colleagues' requests filed before are not seen by it: it came with a merge.
    pub filed_from: Option<Instant>,
}

impl Membership {
    /// As `rules::access` reads it.
    pub fn rule(&self) -> rules::access::Membership {
        let Membership { role, since, until, filed_from, .. } = *self;
        let new = rules::access::Membership::new(self.organisation.id, role, since);
        rules::access::Membership { until, filed_from, ..new }
    }
}

pub async fn insert(tx: &Tx, name: &str, confirmed_at: Option<Instant>, now: Instant) -> Result<OrganisationId> {
    tx.insert(
        "INSERT INTO organisation (name, name_key, confirmed_at, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
        values![name, name.to_lowercase(), confirmed_at, now],
    )
    .await
    .map(OrganisationId)
}

/// Says which region it belongs to.
pub async fn set_region(tx: &Tx, id: OrganisationId, region: Option<&RegionKey>) -> Result<()> {
    tx.run("UPDATE organisation SET region = $2 WHERE id = $1", values![id, region]).await?;
    Ok(())
}

pub async fn get(conn: &Handle, id: OrganisationId) -> Result<Organisation> {
    conn.one(
        "SELECT o.id AS organisation_id, o.name, o.managers_from, o.members_from, o.confirmed_at, o.merged_into_id, \
         o.created_at, o.erased_at, o.region FROM organisation o WHERE o.id = $1",
        values![id],
        organisation,
    )
    .await
}

fn organisation(row: &Row<'_>) -> Result<Organisation> {
    Ok(Organisation {
        id: row.id("organisation_id", OrganisationId)?,
        name: row.get("name")?,
        sharing: Sharing { managers: reach(row.get("managers_from")?)?, members: reach(row.get("members_from")?)? },
        confirmed_at: row.maybe_instant("confirmed_at")?,
        merged_into: row.maybe_id("merged_into_id", OrganisationId)?,
        created_at: row.instant("created_at")?,
        erased_at: row.maybe_instant("erased_at")?,
        region: row.get::<Option<String>>("region")?.map(RegionKey),
    })
}

/// In the column of a reach: all requests, whenever filed.
const EVERYTHING: i64 = i64::MIN;

pub(crate) fn reach(column: Option<i64>) -> Result<Option<Reach>> {
    column
        .map(|from| match from {
            EVERYTHING => Ok(Reach::Everything),
            from => Instant::from_micros(from).map(Reach::FiledFrom).map_err(Error::broken),
        })
        .transpose()
}

pub(crate) fn column(reach: Option<Reach>) -> Option<i64> {
    reach.map(|reach| match reach {
        Reach::Everything => EVERYTHING,
        Reach::FiledFrom(from) => from.micros(),
    })
}

/// Which organisations a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed<'a> {
    All,
    /// Opened by their first member, not looked at by staff yet (REG-5).
    Unconfirmed,
    /// Whose names begin so, in whatever case.
    Named(&'a str),
}

/// A page of a list by name, after what its last row was.
pub async fn list(
    conn: &Handle,
    listed: Listed<'_>,
    after: Option<(&str, OrganisationId)>,
    limit: i64,
) -> Result<Vec<Organisation>> {
    let (only, prefix) = match listed {
        Listed::All => ("", String::new()),
        Listed::Unconfirmed => (" AND o.confirmed_at IS NULL AND o.merged_into_id IS NULL", String::new()),
        Listed::Named(prefix) => ("", prefix.to_lowercase()),
    };
    let (key, id) = after.map_or((prefix.clone(), OrganisationId(0)), |(name, id)| (name.to_lowercase(), id));
    // After the last character that there is, nothing begins with the prefix any more.
    let end = format!("{prefix}\u{10FFFF}");
    let sql = format!(
        "SELECT o.id AS organisation_id, o.name, o.managers_from, o.members_from, o.confirmed_at, o.merged_into_id, \
         o.created_at, o.erased_at, o.region FROM organisation o \
         WHERE (o.name_key, o.id) > ($1, $2) AND o.name_key < $3 AND o.erased_at IS NULL{only} ORDER BY o.name_key, o.id LIMIT $4"
    );
    conn.rows(&sql, values![key, id, end, limit], organisation).await
}

pub async fn confirm(tx: &Tx, id: OrganisationId, now: Instant) -> Result<u64> {
    tx.run("UPDATE organisation SET confirmed_at = $2 WHERE id = $1 AND confirmed_at IS NULL", values![id, now]).await
}

pub async fn rename(tx: &Tx, id: OrganisationId, name: &str) -> Result<()> {
    let sql = "UPDATE organisation SET name = $2, name_key = $3 WHERE id = $1";
    tx.run(sql, values![id, name, name.to_lowercase()]).await.map(drop)
}

/// Sets what the organisation's people see of each other's requests (VIS-1).
pub async fn set_sharing(tx: &Tx, id: OrganisationId, sharing: Sharing) -> Result<()> {
    tx.run(
        "UPDATE organisation SET managers_from = $2, members_from = $3 WHERE id = $1",
        values![id, column(sharing.managers), column(sharing.members)],
    )
    .await
    .map(drop)
}

pub async fn claim_domain(tx: &Tx, id: OrganisationId, domain: &str) -> Result<()> {
    tx.run("INSERT INTO organisation_domain (domain, organisation_id) VALUES ($1, $2)", values![domain, id])
        .await
        .map(drop)
}

/// The entries among `domains` (an address's domain and its parents).
pub async fn domains(conn: &Handle, domains: &[String]) -> Result<Vec<(String, OrganisationId)>> {
    if domains.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT domain, organisation_id FROM organisation_domain WHERE domain IN ({})",
        slots(1, domains.len())
    );
    let parameters = domains.iter().map(crate::engine::ToValue::to_value).collect();
    conn.rows(&sql, parameters, |row| Ok((row.get("domain")?, row.id("organisation_id", OrganisationId)?))).await
}

/// The entries by which an organisation is known (REG-4).
pub async fn domains_of(conn: &Handle, id: OrganisationId) -> Result<Vec<String>> {
    let sql = "SELECT domain FROM organisation_domain WHERE organisation_id = $1";
    let mut domains = conn.rows(sql, values![id], |row| row.get::<String>("domain")).await?;
    domains.sort_unstable();
    Ok(domains)
}

/// A page of those that have something in them: by name, after one of them.
pub async fn domains_page(
    conn: &Handle,
    id: OrganisationId,
    (has, after): (&str, &str),
    limit: i64,
) -> Result<Vec<String>> {
    let sql = "SELECT domain FROM organisation_domain WHERE organisation_id = $1 AND domain > $2 \
               AND domain LIKE $3 ESCAPE '!' ORDER BY domain LIMIT $4";
    let literal = ['!', '%', '_'].iter().fold(has.to_owned(), |text, sign| text.replace(*sign, &format!("!{sign}")));
    conn.rows(sql, values![id, after, format!("%{literal}%"), limit], |row| row.get("domain")).await
}

/// How many entries an organisation has.
pub async fn count_domains(conn: &Handle, id: OrganisationId) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM organisation_domain WHERE organisation_id = $1";
    conn.one(sql, values![id], |row| row.get("n")).await
}

/// Keeps a domain for the audit to name.
pub async fn note_domain(tx: &Tx, id: OrganisationId, domain: &str) -> Result<DomainNoteId> {
    let sql = "INSERT INTO audited_domain (organisation_id, domain) VALUES ($1, $2) RETURNING id";
    tx.insert(sql, values![id, domain]).await.map(DomainNoteId)
}

/// The domains that the audit names so; those of an organisation that was erased are not there any more.
pub async fn noted_domains(conn: &Handle, ids: &[DomainNoteId]) -> Result<HashMap<DomainNoteId, String>> {
    let mut noted = HashMap::new();
    for chunk in ids.chunks(100) {
        let sql = format!("SELECT id, domain FROM audited_domain WHERE id IN ({})", slots(1, chunk.len()));
        let parameters = chunk.iter().map(crate::engine::ToValue::to_value).collect();
        let read = |row: &Row<'_>| Ok((row.id("id", DomainNoteId)?, row.get::<String>("domain")?));
        noted.extend(conn.rows(&sql, parameters, read).await?);
    }
    Ok(noted)
}

/// Takes an entry away; how many it were.
pub async fn release_domain(tx: &Tx, id: OrganisationId, domain: &str) -> Result<u64> {
    tx.run("DELETE FROM organisation_domain WHERE domain = $2 AND organisation_id = $1", values![id, domain]).await
}

/// A member, for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub name: String,
    /// The first proven one; none for who was erased.
    pub address: Option<String>,
    pub role: Role,
    pub since: Instant,
}

/// What a `Member` is read from, of `membership m` and `person p`.
const MEMBER: &str = "SELECT m.person_id, p.name, m.role, m.since_at, \
    (SELECT a.written FROM address a WHERE a.person_id = p.id ORDER BY a.id LIMIT 1) AS address \
    FROM membership m JOIN person p ON p.id = m.person_id WHERE m.organisation_id = $1 AND m.until_at IS NULL";

fn member(row: &Row<'_>) -> Result<Member> {
    Ok(Member {
        person: row.id("person_id", PersonId)?,
        name: row.get("name")?,
        address: row.get("address")?,
        role: role(&row.get::<String>("role")?)?,
        since: row.instant("since_at")?,
    })
}

/// The members after one of them, in the order of their numbers.
pub async fn members(conn: &Handle, id: OrganisationId, after: PersonId, limit: i64) -> Result<Vec<Member>> {
    let sql = format!("{MEMBER} AND m.person_id > $2 ORDER BY m.person_id LIMIT $3");
    conn.rows(&sql, values![id, after, limit], member).await
}

/// Its managers, as members see them.
pub async fn managing(conn: &Handle, id: OrganisationId) -> Result<Vec<Member>> {
    let sql = format!("{MEMBER} AND m.role = 'manager' ORDER BY m.person_id");
    conn.rows(&sql, values![id], member).await
}

/// Its managers, by number.
pub async fn managers(conn: &Handle, id: OrganisationId) -> Result<Vec<PersonId>> {
    conn.rows(
        "SELECT person_id FROM membership WHERE organisation_id = $1 AND role = 'manager' AND until_at IS NULL \
         ORDER BY person_id",
        values![id],
        |row| row.id("person_id", PersonId),
    )
    .await
}

/// Whether anybody manages it, however many do.
pub async fn is_managed(conn: &Handle, id: OrganisationId) -> Result<bool> {
    let sql =
        "SELECT person_id FROM membership WHERE organisation_id = $1 AND role = 'manager' AND until_at IS NULL LIMIT 1";
    Ok(conn.maybe(sql, values![id], |row| row.id("person_id", PersonId)).await?.is_some())
}

/// The role of a current member; `None` for who is none.
pub async fn role_of(conn: &Handle, id: OrganisationId, person: PersonId) -> Result<Option<Role>> {
    let sql = "SELECT role FROM membership WHERE person_id = $2 AND organisation_id = $1 AND until_at IS NULL";
    conn.maybe(sql, values![id, person], |row| role(&row.get::<String>("role")?)).await
}

pub async fn set_role(tx: &Tx, id: OrganisationId, person: PersonId, role: Role) -> Result<u64> {
    let sql = "UPDATE membership SET role = $3 WHERE person_id = $2 AND organisation_id = $1 AND until_at IS NULL";
    tx.run(sql, values![id, person, role_word(role)]).await
}

/// Ends one membership; how many it were.
pub async fn leave(tx: &Tx, id: OrganisationId, person: PersonId, now: Instant) -> Result<u64> {
    let sql = "UPDATE membership SET until_at = $3 WHERE person_id = $2 AND organisation_id = $1 AND until_at IS NULL";
    tx.run(sql, values![id, person, now]).await
}

pub async fn join(tx: &Tx, id: OrganisationId, person: PersonId, role: Role, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO membership (person_id, organisation_id, role, since_at) VALUES ($1, $2, $3, $4)",
        values![person, id, role_word(role), now],
    )
    .await
    .map(drop)
}

/// Joins by an entry that may have come with a merge: then nothing that was filed before becomes readable (VIS-4).
pub async fn join_by_entry(tx: &Tx, (id, entry): (OrganisationId, &str), person: PersonId, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO membership (person_id, organisation_id, role, since_at, filed_from) VALUES ($1, $2, $3, $4, \
         (SELECT filed_from FROM organisation_domain WHERE domain = $5))",
        values![person, id, role_word(Role::Member), now, entry],
    )
    .await
    .map(drop)
}

/// Ends all memberships of a person; they stay as former ones (REG-7).
pub async fn leave_all(tx: &Tx, person: PersonId, now: Instant) -> Result<u64> {
    tx.run("UPDATE membership SET until_at = $2 WHERE person_id = $1 AND until_at IS NULL", values![person, now]).await
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Contact => "contact",
        Role::Manager => "manager",
    }
}

pub(crate) fn role(word: &str) -> Result<Role> {
    [Role::Member, Role::Contact, Role::Manager]
        .into_iter()
        .find(|role| role_word(*role) == word)
        .ok_or_else(|| Error::broken(format!("{word} is no role of a member")))
}

/// A person's memberships, also ended ones, oldest first.
pub async fn memberships(conn: &Handle, person: PersonId) -> Result<Vec<Membership>> {
    conn.rows(
        "SELECT m.person_id, m.role, m.since_at, m.until_at, m.filed_from, m.organisation_id, o.name, o.managers_from, \
         o.members_from, o.confirmed_at, o.merged_into_id, o.created_at, o.erased_at, o.region \
         FROM membership m JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = $1 \
         ORDER BY m.since_at, m.id",
        values![person],
        |row| {
            Ok(Membership {
                person: row.id("person_id", PersonId)?,
                organisation: organisation(row)?,
                role: role(&row.get::<String>("role")?)?,
                since: row.instant("since_at")?,
                until: row.maybe_instant("until_at")?,
                filed_from: row.maybe_instant("filed_from")?,
            })
        },
    )
    .await
}

/// Where each of these people belongs now: of several, the organisation that they joined first.
pub async fn current(conn: &Handle, people: &[PersonId]) -> Result<HashMap<PersonId, OrganisationId>> {
    let mut current = HashMap::new();
    let mut wanted = people.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    for chunk in wanted.chunks(100) {
        let sql = format!(
            "SELECT person_id, organisation_id FROM membership WHERE until_at IS NULL AND person_id IN ({}) \
             ORDER BY person_id, since_at, id",
            slots(1, chunk.len())
        );
        let row = |row: &Row<'_>| Ok((row.id("person_id", PersonId)?, row.id("organisation_id", OrganisationId)?));
        for (person, organisation) in
            conn.rows(&sql, chunk.iter().map(crate::engine::ToValue::to_value).collect(), row).await?
        {
            current.entry(person).or_insert(organisation);
        }
    }
    Ok(current)
}

/// A current membership, for work that goes through all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub role: Role,
}

/// The current memberships of everybody after one of them, by person and organisation.
pub async fn memberships_after(conn: &Handle, after: (PersonId, OrganisationId), limit: i64) -> Result<Vec<Held>> {
    conn.rows(
        "SELECT person_id, organisation_id, role FROM membership WHERE until_at IS NULL \
         AND (person_id, organisation_id) > ($1, $2) ORDER BY person_id, organisation_id LIMIT $3",
        values![after.0, after.1, limit],
        |row| {
            Ok(Held {
                person: row.id("person_id", PersonId)?,
                organisation: row.id("organisation_id", OrganisationId)?,
                role: role(&row.get::<String>("role")?)?,
            })
        },
    )
    .await
}

/// Names of several organisations, for a page.
pub async fn names(conn: &Handle, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, String>> {
    let mut names = HashMap::new();
    let mut wanted = ids.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    for chunk in wanted.chunks(100) {
        let sql = format!("SELECT id, name FROM organisation WHERE id IN ({})", slots(1, chunk.len()));
        let rows = conn
            .rows(&sql, chunk.iter().map(crate::engine::ToValue::to_value).collect(), |row| {
                Ok((row.id("id", OrganisationId)?, row.get::<String>("name")?))
            })
            .await?;
        names.extend(rows);
    }
    Ok(names)
}
