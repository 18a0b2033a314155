//! Organisations that ended in others (VIS-4): what came with each, and how it is given back.
//!
//! What a merge moves is written down row by row before it moves; what is given back is that, as far as it is still where
//! the merge put it.

use std::collections::{BTreeSet, HashMap};

use rules::{
    access::{Role, Sharing},
    ids::{MergeId, OrganisationId, PersonId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
    organisations::{column, reach, role},
};

/// A merge that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    pub id: MergeId,
    pub from: OrganisationId,
    pub into: OrganisationId,
    pub at: Instant,
    pub by: Option<PersonId>,
    /// What each shared before, and the survivor right after.
    pub from_before: Sharing,
    pub into_before: Sharing,
    pub into_after: Sharing,
}

/// What there is of an organisation, or what came with a merge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub domains: Vec<String>,
    pub licences: i64,
    pub invitations: i64,
    /// Who becomes a member of the survivor, or became one.
    pub members: Vec<(PersonId, String, Role)>,
}

const MERGE: &str = "SELECT id, from_id, into_id, at, by_id, from_managers, from_members, into_managers, into_members, \
    after_managers, after_members FROM organisation_merge";

fn merge(row: &Row<'_>) -> Result<Merge> {
    let sharing = |managers: &str, members: &str| {
        Ok::<_, crate::Error>(Sharing { managers: reach(row.get(managers)?)?, members: reach(row.get(members)?)? })
    };
    Ok(Merge {
        id: row.id("id", MergeId)?,
        from: row.id("from_id", OrganisationId)?,
        into: row.id("into_id", OrganisationId)?,
        at: row.instant("at")?,
        by: row.maybe_id("by_id", PersonId)?,
        from_before: sharing("from_managers", "from_members")?,
        into_before: sharing("into_managers", "into_members")?,
        into_after: sharing("after_managers", "after_members")?,
    })
}

/// A merge about to be.
#[derive(Clone, Copy, Debug)]
pub struct NewMerge {
    pub from: (OrganisationId, Sharing),
    pub into: (OrganisationId, Sharing),
    pub after: Sharing,
    pub by: Option<PersonId>,
    pub now: Instant,
}

/// Writes it down, and moves everything that goes along.
pub async fn insert(tx: &Tx, new: NewMerge) -> Result<MergeId> {
    let (from, before) = new.from;
    let (into, into_before) = new.into;
    let id = tx
        .insert(
            "INSERT INTO organisation_merge (from_id, into_id, at, by_id, from_managers, from_members, into_managers, \
             into_members, after_managers, after_members) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
            values![
                from,
                into,
                new.now,
                new.by,
                column(before.managers),
                column(before.members),
                column(into_before.managers),
                column(into_before.members),
                column(new.after.managers),
                column(new.after.members),
            ],
        )
        .await
        .map(MergeId)?;
    tx.run("UPDATE organisation SET merged_into_id = $2 WHERE id = $1", values![from, into]).await?;
    move_members(tx, id, (from, into), new.now).await?;
    move_domains(tx, id, (from, into), new.now).await?;
    move_rest(tx, id, (from, into)).await?;
    Ok(id)
}

/// Who is in both stays in the survivor as they are.
async fn move_members(
    tx: &Tx,
    id: MergeId,
    (from, into): (OrganisationId, OrganisationId),
    now: Instant,
) -> Result<()> {
    tx.run(
        "INSERT INTO membership (person_id, organisation_id, role, since_at, filed_from) \
         SELECT m.person_id, $2, m.role, $3, $3 FROM membership m WHERE m.organisation_id = $1 AND m.until_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM membership o WHERE o.organisation_id = $2 AND o.until_at IS NULL \
         AND o.person_id = m.person_id)",
        values![from, into, now],
    )
    .await?;
    tx.run(
        "INSERT INTO organisation_merge_part (merge_id, kind, part_id) SELECT $1, 'member', m.id FROM membership m \
         WHERE m.organisation_id = $3 AND m.until_at IS NULL AND m.filed_from = $4 AND m.since_at = $4 \
         AND EXISTS (SELECT 1 FROM membership o WHERE o.organisation_id = $2 AND o.until_at IS NULL \
         AND o.person_id = m.person_id) AND NOT EXISTS (SELECT 1 FROM organisation_merge_part p \
         WHERE p.kind = 'member' AND p.part_id = m.id)",
        values![id, from, into, now],
    )
    .await
    .map(drop)
}

async fn move_domains(
    tx: &Tx,
    id: MergeId,
    (from, into): (OrganisationId, OrganisationId),
    now: Instant,
) -> Result<()> {
    tx.run(
        "INSERT INTO organisation_merge_part (merge_id, kind, domain, filed_from) \
         SELECT $1, 'domain', domain, filed_from FROM organisation_domain WHERE organisation_id = $2",
        values![id, from],
    )
    .await?;
    let sql = "UPDATE organisation_domain SET organisation_id = $2, filed_from = $3 WHERE organisation_id = $1";
    tx.run(sql, values![from, into, now]).await.map(drop)
}

/// Licences, invitations, and for whom people file.
async fn move_rest(tx: &Tx, id: MergeId, (from, into): (OrganisationId, OrganisationId)) -> Result<()> {
    for (part, moved) in [
        (
            "SELECT $1, 'licence', id FROM licence WHERE organisation_id = $2",
            "UPDATE licence SET organisation_id = $2 WHERE organisation_id = $1",
        ),
        (
            "SELECT $1, 'acting', id FROM person WHERE acts_for = $2",
            "UPDATE person SET acts_for = $2 WHERE acts_for = $1",
        ),
    ] {
        let sql = format!("INSERT INTO organisation_merge_part (merge_id, kind, part_id) {part}");
        tx.run(&sql, values![id, from]).await?;
        tx.run(moved, values![from, into]).await?;
    }
    // Whom both asked is asked by the survivor.
    tx.run(
        "INSERT INTO organisation_merge_part (merge_id, kind, part_id) SELECT $1, 'invitation', i.id FROM invitation i \
         WHERE i.organisation_id = $2 AND NOT EXISTS (SELECT 1 FROM invitation o WHERE o.organisation_id = $3 \
         AND o.canonical = i.canonical)",
        values![id, from, into],
    )
    .await?;
    let sql = "UPDATE invitation SET organisation_id = $2 WHERE id IN \
               (SELECT part_id FROM organisation_merge_part WHERE merge_id = $1 AND kind = 'invitation')";
    tx.run(sql, values![id, into]).await.map(drop)
}

/// Gives back what came with it, as far as it is still where it came to, and ends the merge.
pub async fn undo(tx: &Tx, merge: &Merge, by: Option<PersonId>, now: Instant) -> Result<()> {
    let Merge { id, from, into, .. } = *merge;
    tx.run(
        "UPDATE organisation_domain SET organisation_id = $3, filed_from = (SELECT p.filed_from \
         FROM organisation_merge_part p WHERE p.merge_id = $1 AND p.domain = organisation_domain.domain) \
         WHERE organisation_id = $2 AND domain IN \
         (SELECT domain FROM organisation_merge_part WHERE merge_id = $1 AND kind = 'domain')",
        values![id, into, from],
    )
    .await?;
    for (table, column, key, kind) in [
        ("licence", "organisation_id", "id", "licence"),
        ("invitation", "organisation_id", "id", "invitation"),
        ("person", "acts_for", "id", "acting"),
    ] {
        let sql = format!(
            "UPDATE {table} SET {column} = $3 WHERE {column} = $2 AND {key} IN \
             (SELECT part_id FROM organisation_merge_part WHERE merge_id = $1 AND kind = '{kind}')"
        );
        tx.run(&sql, values![id, into, from]).await?;
    }
    let sql = "UPDATE membership SET until_at = $2 WHERE until_at IS NULL AND id IN \
               (SELECT part_id FROM organisation_merge_part WHERE merge_id = $1 AND kind = 'member')";
    tx.run(sql, values![id, now]).await?;
    tx.run("UPDATE organisation SET merged_into_id = NULL WHERE id = $1", values![from]).await?;
    let sql = "UPDATE organisation_merge SET undone_at = $2, undone_by_id = $3 WHERE id = $1";
    tx.run(sql, values![id, now, by]).await.map(drop)
}

/// The merge by which an organisation ended in another, where it did.
pub async fn of(conn: &Handle, from: OrganisationId) -> Result<Option<Merge>> {
    conn.maybe(&format!("{MERGE} WHERE from_id = $1 AND undone_at IS NULL"), values![from], merge).await
}

/// Those that ended in it, the oldest first.
pub async fn into(conn: &Handle, into: OrganisationId) -> Result<Vec<Merge>> {
    conn.rows(&format!("{MERGE} WHERE into_id = $1 AND undone_at IS NULL ORDER BY id"), values![into], merge).await
}

/// What would go along.
pub async fn to_move(conn: &Handle, from: OrganisationId, into: OrganisationId) -> Result<Parts> {
    let members = conn.rows(
        "SELECT m.person_id, p.name, m.role FROM membership m JOIN person p ON p.id = m.person_id \
         WHERE m.organisation_id = $1 AND m.until_at IS NULL AND NOT EXISTS (SELECT 1 FROM membership o \
         WHERE o.organisation_id = $2 AND o.until_at IS NULL AND o.person_id = m.person_id) ORDER BY m.person_id",
        values![from, into],
        member,
    );
    Ok(Parts {
        domains: crate::organisations::domains_of(conn, from).await?,
        licences: count(conn, "SELECT COUNT(*) AS n FROM licence WHERE organisation_id = $1", from.0).await?,
        invitations: count(conn, "SELECT COUNT(*) AS n FROM invitation WHERE organisation_id = $1", from.0).await?,
        members: members.await?,
    })
}

/// What came with a merge and would go back now.
pub async fn to_give_back(conn: &Handle, merge: &Merge) -> Result<Parts> {
    let Merge { id, into, .. } = *merge;
    let domains = conn.rows(
        "SELECT d.domain FROM organisation_merge_part p JOIN organisation_domain d ON d.domain = p.domain \
         WHERE p.merge_id = $1 AND p.kind = 'domain' AND d.organisation_id = $2",
        values![id, into],
        |row| row.get("domain"),
    );
    let mut domains: Vec<String> = domains.await?;
    domains.sort_unstable();
    let still = |table: &str, kind: &str| {
        format!(
            "SELECT COUNT(*) AS n FROM organisation_merge_part p JOIN {table} t ON t.id = p.part_id \
             WHERE p.merge_id = $1 AND p.kind = '{kind}' AND t.organisation_id = $2"
        )
    };
    let members = conn.rows(
        "SELECT m.person_id, w.name, m.role FROM organisation_merge_part p JOIN membership m ON m.id = p.part_id \
         JOIN person w ON w.id = m.person_id WHERE p.merge_id = $1 AND p.kind = 'member' AND m.until_at IS NULL",
        values![id],
        member,
    );
    let mut members = members.await?;
    members.sort_unstable_by_key(|(person, ..)| *person);
    let licences: i64 = conn.one(&still("licence", "licence"), values![id, into], |row| row.get("n")).await?;
    let invitations: i64 = conn.one(&still("invitation", "invitation"), values![id, into], |row| row.get("n")).await?;
    Ok(Parts { domains, licences, invitations, members })
}

fn member(row: &Row<'_>) -> Result<(PersonId, String, Role)> {
    Ok((row.id("person_id", PersonId)?, row.get("name")?, role(&row.get::<String>("role")?)?))
}

async fn count(conn: &Handle, sql: &str, id: i64) -> Result<i64> {
    conn.one(sql, values![id], |row| row.get("n")).await
}

/// How many of each kind came with a merge: domains, licences, invitations, members.
pub async fn came(conn: &Handle, id: MergeId) -> Result<HashMap<String, i64>> {
    let sql = "SELECT kind, COUNT(*) AS n FROM organisation_merge_part WHERE merge_id = $1 GROUP BY kind";
    let rows = conn.rows(sql, values![id], |row| Ok((row.get::<String>("kind")?, row.get::<i64>("n")?)));
    Ok(rows.await?.into_iter().collect())
}

/// Who joined the survivor by an entry that came with a merge which was undone since, and still belongs to it alone: which
/// survivor, and who.
pub async fn joined_elsewhere(conn: &Handle, from: OrganisationId) -> Result<Vec<(OrganisationId, PersonId, String)>> {
    conn.rows(
        "SELECT g.into_id, m.person_id, p.name FROM organisation_merge g JOIN membership m ON m.organisation_id = g.into_id \
         AND m.filed_from = g.at AND m.until_at IS NULL JOIN person p ON p.id = m.person_id \
         WHERE g.from_id = $1 AND g.undone_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM membership o \
         WHERE o.person_id = m.person_id AND o.organisation_id = $1 AND o.until_at IS NULL)",
        values![from],
        |row| Ok((row.id("into_id", OrganisationId)?, row.id("person_id", PersonId)?, row.get("name")?)),
    )
    .await
}

/// How many joined by an entry that came with a merge, since then.
pub async fn joined_since(conn: &Handle, merge: &Merge) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM membership m WHERE m.organisation_id = $1 AND m.filed_from = $2 \
               AND m.until_at IS NULL AND m.since_at > $2";
    conn.one(sql, values![merge.into, merge.at], |row| row.get("n")).await
}

/// Who belongs to both.
pub async fn in_both(conn: &Handle, one: OrganisationId, other: OrganisationId) -> Result<Vec<String>> {
    conn.rows(
        "SELECT p.name FROM membership m JOIN membership o ON o.person_id = m.person_id AND o.organisation_id = $2 \
         AND o.until_at IS NULL JOIN person p ON p.id = m.person_id WHERE m.organisation_id = $1 \
         AND m.until_at IS NULL ORDER BY m.person_id",
        values![one, other],
        |row| row.get("name"),
    )
    .await
}

/// How many requests an organisation has, and those of them that were filed at or after an instant.
pub async fn filed(conn: &Handle, id: OrganisationId, from: Option<Instant>) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM ticket WHERE organisation_id = $1 AND filed_at >= $2 AND deleted_at IS NULL";
    conn.one(sql, values![id, from.map_or(i64::MIN, Instant::micros)], |row| row.get("n")).await
}

/// The organisations that ended in this one, also by way of others.
pub async fn family(conn: &Handle, id: OrganisationId) -> Result<Vec<OrganisationId>> {
    let (mut family, mut open) = (BTreeSet::new(), vec![id]);
    while let Some(into) = open.pop() {
        let sql = "SELECT id FROM organisation WHERE merged_into_id = $1";
        let ended = conn.rows(sql, values![into], |row| row.id("id", OrganisationId)).await?;
        open.extend(ended.into_iter().filter(|it| family.insert(*it)));
    }
    Ok(family.into_iter().collect())
}

/// Where each of these that ended in another goes on; those that go on as themselves are not among them.
pub async fn survivors(conn: &Handle, ids: &[OrganisationId]) -> Result<HashMap<OrganisationId, OrganisationId>> {
    let mut survivors: HashMap<OrganisationId, OrganisationId> = HashMap::new();
    let mut ends: Vec<OrganisationId> = ids.to_vec();
    loop {
        ends.sort_unstable();
        ends.dedup();
        let mut next: HashMap<OrganisationId, OrganisationId> = HashMap::new();
        for chunk in ends.chunks(100) {
            let sql = format!(
                "SELECT id, merged_into_id FROM organisation WHERE merged_into_id IS NOT NULL AND id IN ({})",
                slots(1, chunk.len())
            );
            let rows = conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), |row| {
                Ok((row.id("id", OrganisationId)?, row.id("merged_into_id", OrganisationId)?))
            });
            next.extend(rows.await?);
        }
        if next.is_empty() {
            return Ok(survivors);
        }
        for end in survivors.values_mut() {
            *end = next.get(end).copied().unwrap_or(*end);
        }
        for (from, into) in &next {
            survivors.entry(*from).or_insert(*into);
        }
        ends = next.into_values().collect();
    }
}

/// Where an organisation goes on: itself, unless it ended in another.
pub async fn survivor(conn: &Handle, id: OrganisationId) -> Result<OrganisationId> {
    Ok(survivors(conn, &[id]).await?.get(&id).copied().unwrap_or(id))
}
