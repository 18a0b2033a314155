//! The requests that joined a bug.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rules::{
    ids::{BugId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    keys::PlanKey,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, ToValue, slots, values},
};

/// A request about to join.
#[derive(Clone, Copy, Debug)]
pub struct NewReport<'a> {
    pub ticket: TicketId,
    pub bug: BugId,
    pub requester: PersonId,
    pub organisation: Option<OrganisationId>,
    pub plan: Option<&'a PlanKey>,
}

/// One that joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    pub ticket: TicketId,
    pub requester: PersonId,
    pub organisation: Option<OrganisationId>,
    pub joined_at: Instant,
}

/// How many reported one, by plan; requests without an organisation stand with none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    pub reports: i64,
    /// Each once, of whatever plan.
    pub organisations: i64,
    pub plans: Vec<(Option<PlanKey>, i64)>,
}

fn report(row: &Row<'_>) -> Result<Report> {
    Ok(Report {
        ticket: row.id("ticket_id", TicketId)?,
        requester: row.id("requester_id", PersonId)?,
        organisation: row.maybe_id("organisation_id", OrganisationId)?,
        joined_at: row.instant("joined_at")?,
    })
}

const REPORT: &str = "SELECT ticket_id, requester_id, organisation_id, joined_at FROM bug_report";

/// It joins.
///
/// # Errors
/// A conflict where it is in one.
pub async fn add_report(tx: &Tx, new: NewReport<'_>, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO bug_report (ticket_id, bug_id, requester_id, organisation_id, plan, joined_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        values![new.ticket, new.bug, new.requester, new.organisation, new.plan, now],
    )
    .await
    .map(drop)
}

/// It leaves its bug, with what it was asked.
pub async fn part(tx: &Tx, ticket: TicketId) -> Result<()> {
    tx.run("DELETE FROM bug_asked WHERE ticket_id = $1", values![ticket]).await?;
    tx.run("DELETE FROM bug_report WHERE ticket_id = $1", values![ticket]).await.map(drop)
}

/// The bug that a request is a report of.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Option<BugId>> {
    let sql = "SELECT bug_id FROM bug_report WHERE ticket_id = $1";
    conn.maybe(sql, values![ticket], |row| row.id("bug_id", BugId)).await
}

/// The same of several.
pub async fn of_tickets(conn: &Handle, tickets: &[TicketId]) -> Result<HashMap<TicketId, BugId>> {
    let mut all = HashMap::new();
    for chunk in tickets.chunks(100) {
        let sql = format!("SELECT ticket_id, bug_id FROM bug_report WHERE ticket_id IN ({})", slots(1, chunk.len()));
        let values = chunk.iter().map(ToValue::to_value).collect();
        all.extend(
            conn.rows(&sql, values, |row| Ok((row.id("ticket_id", TicketId)?, row.id("bug_id", BugId)?))).await?,
        );
    }
    Ok(all)
}

/// Who of these organisations reported which bug, or follows which one as a member.
pub async fn concerned(conn: &Handle, organisations: &[OrganisationId]) -> Result<BTreeSet<(BugId, PersonId)>> {
    let mut all = BTreeSet::new();
    for chunk in organisations.chunks(100) {
        let these = slots(1, chunk.len());
        let sql = format!(
            "SELECT bug_id, requester_id AS person_id FROM bug_report WHERE organisation_id IN ({these}) UNION ALL \
             SELECT f.bug_id, f.person_id FROM membership m JOIN bug_follow f ON f.person_id = m.person_id \
             WHERE m.until_at IS NULL AND m.organisation_id IN ({these})"
        );
        let row = |row: &Row<'_>| Ok((row.id("bug_id", BugId)?, row.id("person_id", PersonId)?));
        all.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), row).await?);
    }
    Ok(all)
}

/// The reports of a bug, by who filed.
pub async fn reports(conn: &Handle, bug: BugId, limit: i64) -> Result<Vec<Report>> {
    reports_behind(conn, bug, PersonId(0), limit).await
}

/// The reports of those behind a person, by who filed.
pub async fn reports_behind(conn: &Handle, bug: BugId, behind: PersonId, limit: i64) -> Result<Vec<Report>> {
    let sql = format!("{REPORT} WHERE bug_id = $1 AND requester_id > $2 ORDER BY requester_id, ticket_id LIMIT $3");
    conn.rows(&sql, values![bug, behind, limit], report).await
}

/// The reports that one person filed.
pub async fn reports_of(conn: &Handle, bug: BugId, requester: PersonId) -> Result<Vec<Report>> {
    let sql = format!("{REPORT} WHERE bug_id = $1 AND requester_id = $2 ORDER BY ticket_id");
    conn.rows(&sql, values![bug, requester], report).await
}

/// How many there are.
pub async fn total(conn: &Handle, bug: BugId) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM bug_report WHERE bug_id = $1", values![bug], |row| row.get("n")).await
}

/// How many reported each of these.
pub async fn counted(conn: &Handle, bugs: &[BugId]) -> Result<HashMap<BugId, Counted>> {
    let mut all: HashMap<BugId, Counted> = HashMap::new();
    for bug in bugs {
        let sql = "SELECT plan, organisation_id, COUNT(*) AS reports FROM bug_report WHERE bug_id = $1 \
                   GROUP BY plan, organisation_id";
        let row = |row: &Row<'_>| {
            let plan: Option<String> = row.get("plan")?;
            Ok((plan.map(PlanKey), row.get::<Option<i64>>("organisation_id")?, row.get::<i64>("reports")?))
        };
        let rows = conn.rows(sql, values![bug], row).await?;
        if rows.is_empty() {
            continue;
        }
        let (mut plans, mut organisations) = (BTreeMap::new(), BTreeSet::new());
        let counted = all.entry(*bug).or_default();
        for (plan, organisation, reports) in rows {
            counted.reports += reports;
            *plans.entry(plan).or_insert(0) += i64::from(organisation.is_some());
            organisations.extend(organisation);
        }
        counted.plans = plans.into_iter().collect();
        counted.organisations = i64::try_from(organisations.len()).map_err(crate::Error::broken)?;
    }
    Ok(all)
}
