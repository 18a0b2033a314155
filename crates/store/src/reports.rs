//! What reports count: facts of requests, as `rules::reports` read them off, found by their kind and instant; and who wants a
//! report by mail.

use jiff::SignedDuration;
use rules::{
    access::{Scope, Staff},
    ids::{OrganisationId, PersonId, TeamId, TicketId},
    instant::Instant,
    keys::{PriorityKey, TypeKey},
    reports::{Fact, How, Kind, Span},
    tickets::Whose,
};
use sea_orm::Value;

use crate::{
    Handle, Result, Tx,
    engine::{Row, ToValue, values, word},
    ticket_lists::seen_by_staff,
};

/// Rows that are read at once, so that others get their turn in between.
const AT_ONCE: usize = 5_000;

/// By what a report is broken down, as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub request_type: TypeKey,
    pub priority: PriorityKey,
    pub assignee: Option<PersonId>,
    pub team: Option<TeamId>,
    pub organisation: Option<OrganisationId>,
}

/// One group of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Type(TypeKey),
    Priority(PriorityKey),
    /// Nobody's where there is none.
    Assignee(Option<PersonId>),
    Team(Option<TeamId>),
    Organisation(Option<OrganisationId>),
}

/// Brings the facts of a request up to what is told. What stays is not written again.
pub async fn replace(tx: &Tx, ticket: TicketId, facts: &[Fact]) -> Result<()> {
    let kept = of_ticket(tx, ticket).await?;
    for (place, fact) in (0_i64..).zip(facts) {
        if usize::try_from(place).ok().and_then(|at| kept.get(at)) == Some(fact) {
            continue;
        }
        tx.run(
            "INSERT INTO report_fact (ticket_id, place, kind, how, at, worked, passed) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (ticket_id, place) DO UPDATE SET kind = excluded.kind, how = excluded.how, at = excluded.at, \
             worked = excluded.worked, passed = excluded.passed",
            row(ticket, place, fact),
        )
        .await?;
    }
    if kept.len() > facts.len() {
        let count = i64::try_from(facts.len()).map_err(crate::Error::broken)?;
        tx.run("DELETE FROM report_fact WHERE ticket_id = $1 AND place >= $2", values![ticket, count]).await?;
    }
    Ok(())
}

/// The columns of a fact, as `replace` writes them.
pub(crate) fn row(ticket: TicketId, place: i64, fact: &Fact) -> Vec<Value> {
    let micros = |length: Option<SignedDuration>| length.and_then(|it| i64::try_from(it.as_micros()).ok());
    let how = fact.how.map(|how| word(&how));
    values![ticket, place, word(&fact.kind), how, fact.at, micros(fact.worked), micros(fact.passed)]
}

/// A request's facts as they are kept, in their order.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<Fact>> {
    let sql = "SELECT kind, how, at, worked, passed FROM report_fact WHERE ticket_id = $1 ORDER BY place";
    conn.rows(sql, values![ticket], fact).await
}

fn fact(row: &Row<'_>) -> Result<Fact> {
    let length = |column: &str| Ok::<_, crate::Error>(row.get::<Option<i64>>(column)?.map(SignedDuration::from_micros));
    Ok(Fact {
        kind: row.word("kind")?,
        how: row.maybe_word("how")?,
        at: row.instant("at")?,
        worked: length("worked")?,
        passed: length("passed")?,
    })
}

/// What the columns of a request say of its groups.
fn kept(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        request_type: TypeKey(row.get("request_type")?),
        priority: PriorityKey(row.get("priority")?),
        assignee: row.maybe_id("assignee_id", PersonId)?,
        team: row.maybe_id("team_id", TeamId)?,
        organisation: row.maybe_id("organisation_id", OrganisationId)?,
    })
}

/// Every fact of a kind in a span of which its reader sees the request, with its groups, the earliest first.
pub async fn each(
    conn: &Handle,
    scope: &Scope,
    (kind, span): (Kind, Span),
    mut take: impl FnMut(&Fact, &Kept),
) -> Result<()> {
    if scope.staff == Staff::None {
        return Ok(());
    }
    let mut after = (span.from, TicketId(-1), -1);
    loop {
        let mut values = values![word(&kind), after.0, after.1, after.2, span.until];
        let seen = seen_by_staff(scope, &mut values);
        let sql = format!(
            "SELECT f.kind, f.how, f.at, f.worked, f.passed, f.ticket_id, f.place, t.request_type, t.priority, \
             t.assignee_id, t.team_id, t.organisation_id FROM report_fact f JOIN ticket t ON t.id = f.ticket_id \
             WHERE f.kind = $1 AND (f.at, f.ticket_id, f.place) > ($2, $3, $4) AND f.at < $5 AND {seen} \
             ORDER BY f.at, f.ticket_id, f.place LIMIT {AT_ONCE}"
        );
        let rows = conn.rows(&sql, values, |row| {
            Ok((fact(row)?, row.id("ticket_id", TicketId)?, row.get::<i64>("place")?, kept(row)?))
        });
        let rows = rows.await?;
        rows.iter().for_each(|(fact, _, _, kept)| take(fact, kept));
        match rows.last() {
            Some((fact, ticket, place, _)) if rows.len() == AT_ONCE => after = (fact.at, *ticket, *place),
            _ => return Ok(()),
        }
    }
}

/// Everything that is not over and that its reader sees: whose turn it is, and its groups.
pub async fn waiting(conn: &Handle, scope: &Scope) -> Result<Vec<(Whose, Kept)>> {
    if scope.staff == Staff::None {
        return Ok(vec![]);
    }
    let mut waiting = vec![];
    for whose in [Whose::Ours, Whose::Theirs] {
        let mut after = TicketId(-1);
        loop {
            let mut values = values![word(&whose), after];
            let seen = seen_by_staff(scope, &mut values);
            let sql = format!(
                "SELECT t.id, t.request_type, t.priority, t.assignee_id, t.team_id, t.organisation_id FROM ticket t \
                 WHERE t.state NOT IN ('solved', 'closed') AND t.turn = $1 AND t.id > $2 AND {seen} \
                 ORDER BY t.id LIMIT {AT_ONCE}"
            );
            let rows = conn.rows(&sql, values, |row| Ok((row.id("id", TicketId)?, kept(row)?))).await?;
            let (last, is_full) = (rows.last().map(|(id, _)| *id), rows.len() == AT_ONCE);
            waiting.extend(rows.into_iter().map(|(_, kept)| (whose, kept)));
            match last {
                Some(last) if is_full => after = last,
                _ => break,
            }
        }
    }
    Ok(waiting)
}

/// The requests behind a figure, by their facts.
#[derive(Clone, Debug)]
pub struct Behind {
    pub kind: Kind,
    pub how: Option<How>,
    pub group: Option<Group>,
    pub span: Span,
}

/// Where a page of facts begins: behind this one.
pub type AfterFact = (Instant, TicketId, i64);

/// A page of the facts behind a figure, the newest first.
pub async fn behind(
    conn: &Handle,
    scope: &Scope,
    asked: &Behind,
    after: Option<AfterFact>,
    limit: i64,
) -> Result<Vec<(Fact, AfterFact)>> {
    if scope.staff == Staff::None {
        return Ok(vec![]);
    }
    let after = after.unwrap_or((asked.span.until, TicketId(-1), -1));
    let mut values = values![word(&asked.kind), asked.span.from, after.0, after.1, after.2];
    let how = asked.how.map_or_else(String::new, |how| {
        values.push(word(&how).to_value());
        format!(" AND f.how = ${}", values.len())
    });
    let group = asked.group.as_ref().map_or_else(String::new, |group| in_group(group, &mut values));
    let seen = seen_by_staff(scope, &mut values);
    let sql = format!(
        "SELECT f.kind, f.how, f.at, f.worked, f.passed, f.ticket_id, f.place FROM report_fact f \
         JOIN ticket t ON t.id = f.ticket_id WHERE f.kind = $1 AND f.at >= $2 \
         AND (f.at, f.ticket_id, f.place) < ($3, $4, $5){how}{group} AND {seen} \
         ORDER BY f.at DESC, f.ticket_id DESC, f.place DESC LIMIT {limit}"
    );
    conn.rows(&sql, values, |row| {
        let fact = fact(row)?;
        Ok((fact, (fact.at, row.id("ticket_id", TicketId)?, row.get("place")?)))
    })
    .await
}

/// A page of what is not over and is somebody's turn, the newest first.
pub async fn waiting_page(
    conn: &Handle,
    scope: &Scope,
    (whose, group): (Whose, Option<&Group>),
    before: Option<TicketId>,
    limit: i64,
) -> Result<Vec<TicketId>> {
    if scope.staff == Staff::None {
        return Ok(vec![]);
    }
    let mut values = values![word(&whose), before.unwrap_or(TicketId(i64::MAX))];
    let group = group.map_or_else(String::new, |group| in_group(group, &mut values));
    let seen = seen_by_staff(scope, &mut values);
    let sql = format!(
        "SELECT t.id FROM ticket t WHERE t.state NOT IN ('solved', 'closed') AND t.turn = $1 AND t.id < $2{group} \
         AND {seen} ORDER BY t.id DESC LIMIT {limit}"
    );
    conn.rows(&sql, values, |row| row.id("id", TicketId)).await
}

fn in_group(group: &Group, values: &mut Vec<Value>) -> String {
    let number = |id: Option<i64>| id.unwrap_or(NOBODY).to_value();
    let (column, nothing, value) = match group {
        Group::Type(key) => ("request_type", "''", key.0.to_value()),
        Group::Priority(key) => ("priority", "''", key.0.to_value()),
        Group::Assignee(person) => ("assignee_id", "-1", number(person.map(|id| id.0))),
        Group::Team(team) => ("team_id", "-1", number(team.map(|id| id.0))),
        Group::Organisation(organisation) => ("organisation_id", "-1", number(organisation.map(|id| id.0))),
    };
    values.push(value);
    // Sieved, never looked up: the order is the index' of the span.
    format!(" AND COALESCE(t.{column}, {nothing}) = ${}", values.len())
}

/// A number that nobody has.
const NOBODY: i64 = -1;

/// Who wants the report of each month.
pub async fn readers(conn: &Handle) -> Result<Vec<PersonId>> {
    conn.rows("SELECT person_id FROM report_reader ORDER BY person_id", values![], |row| row.id("person_id", PersonId))
        .await
}

pub async fn is_reader(conn: &Handle, person: PersonId) -> Result<bool> {
    let sql = "SELECT person_id FROM report_reader WHERE person_id = $1";
    Ok(conn.maybe(sql, values![person], |row| row.id("person_id", PersonId)).await?.is_some())
}

pub async fn want(tx: &Tx, person: PersonId, now: Instant) -> Result<()> {
    let sql = "INSERT INTO report_reader (person_id, since_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    tx.run(sql, values![person, now]).await.map(drop)
}

pub async fn want_no_more(tx: &Tx, person: PersonId) -> Result<()> {
    tx.run("DELETE FROM report_reader WHERE person_id = $1", values![person]).await.map(drop)
}
