//! Lists of requests: what a scope shows, in pages by row values. One place writes each list's statement, so that
//! a test can explain every plan and the random worlds can compare them with the single check (VIS-3).
//!
//! Limits stand in the text, not among the parameters: SQLite plans by the limit, and would prepare a statement anew each
//! time that it is bound.

use rules::{
    access::{Colleagues, Former, Scope, Staff},
    events::State,
    ids::{OrganisationId, PersonId, TicketId},
    instant::Instant,
    tickets::QueuePlace,
};
use sea_orm::Value;

use crate::{
    Handle, Result,
    engine::{Row, ToValue, values, word},
    tickets::{COLUMNS, Ticket, ticket},
};

/// A view of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// TRN-2: late, then due, then ours.
    NeedsAnswer,
    Unassigned,
    Mine(PersonId),
    /// By state, the longest in it first.
    InState(State),
}

/// Where a page of a list begins: behind this row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The list's own sort column: bucket (0 elsewhere) and instant.
    pub bucket: i64,
    pub at: i64,
    pub id: TicketId,
}

impl After {
    /// Behind a row of a view.
    pub fn row(view: View, ticket: &Ticket) -> Self {
        let at = match view {
            View::NeedsAnswer | View::Unassigned => ticket.queue.map_or(0, |QueuePlace { at, .. }| at.micros()),
            View::Mine(_) => ticket.updated_at.micros(),
            View::InState(_) => ticket.state_since.micros(),
        };
        Self { bucket: ticket.queue.map_or(0, |q| q.bucket as i64), at, id: ticket.id }
    }
}

/// A list's statement and its parameters.
struct List {
    sql: String,
    values: Vec<Value>,
}

/// A page of a desk's view, for staff. Empty for a scope without the desk.
pub async fn desk(conn: &Handle, scope: &Scope, view: View, after: Option<After>, limit: i64) -> Result<Vec<Ticket>> {
    if scope.staff == Staff::None {
        return Ok(vec![]);
    }
    let list = desk_list(scope, view, after, limit);
    conn.rows(&list.sql, list.values, ticket).await
}

/// How many each of these views holds, counted up to `most`.
pub async fn counts<const N: usize>(conn: &Handle, scope: &Scope, views: [View; N], most: i64) -> Result<[i64; N]> {
    if scope.staff == Staff::None {
        return Ok([0; N]);
    }
    let list = counts_list(scope, &views, most);
    conn.one(&list.sql, list.values, |row| {
        let mut counts = [0; N];
        for (at, count) in counts.iter_mut().enumerate() {
            *count = row.get(&format!("n{at}"))?;
        }
        Ok(counts)
    })
    .await
}

/// An order in which the database keeps all requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    Filed,
    FiledFirst,
    Updated,
    UpdatedFirst,
}

/// The next requests of all, whoever may see them, each with its place: for who asks of each whether it is meant.
pub async fn walk(conn: &Handle, walk: Walk, after: Option<After>, limit: usize) -> Result<Vec<After>> {
    let (key, direction, behind) = match walk {
        Walk::Filed => ("filed_at", "DESC", "<"),
        Walk::FiledFirst => ("filed_at", "", ">"),
        Walk::Updated => ("updated_at", "DESC", "<"),
        Walk::UpdatedFirst => ("updated_at", "", ">"),
    };
    // Before the first of all, so that every page is searched for in the same way.
    let first = if direction.is_empty() { i64::MIN } else { i64::MAX };
    let (at, id) = after.map_or((first, first), |after| (after.at, after.id.0));
    let sql = format!(
        "SELECT id, {key} AS moment FROM ticket WHERE ({key}, id) {behind} ($1, $2) AND deleted_at IS NULL \
         ORDER BY {key} {direction}, id {direction} LIMIT {limit}"
    );
    let place = |row: &Row<'_>| Ok(After { bucket: 0, at: row.get("moment")?, id: row.id("id", TicketId)? });
    conn.rows(&sql, values![at, id], place).await
}

/// What a member of staff's scope comes to, as a condition that goes on behind `values` (VIS-2): of what is too secret for
/// it only one's own and those one was added to, unless its organisation was left.
pub(crate) fn seen_by_staff(scope: &Scope, values: &mut Vec<Value>) -> String {
    let covered = match scope.staff {
        Staff::None => "FALSE",
        Staff::Open => "t.secrecy = 'open'",
        Staff::Confidential => "t.secrecy <> 'security'",
        Staff::Security => return "t.deleted_at IS NULL".to_owned(),
    };
    values.push(scope.person.to_value());
    let person = values.len();
    let present = not_former(scope, values);
    format!(
        "t.deleted_at IS NULL AND ({covered} OR t.requester_id = ${person} OR EXISTS (SELECT 1 FROM \
         participant p WHERE p.ticket_id = t.id AND p.person_id = ${person}){present})"
    )
}

/// That a participant has not left the request's organisation (REG-7).
fn not_former(scope: &Scope, values: &mut Vec<Value>) -> String {
    let (back, left): (Vec<Former>, Vec<Former>) = scope.former.iter().partition(|it| it.filed_before.is_some());
    let mut condition = String::new();
    if !left.is_empty() {
        let slots = crate::engine::slots(values.len() + 1, left.len());
        values.extend(left.iter().map(|it| it.organisation.to_value()));
        condition = format!(" AND (t.organisation_id IS NULL OR t.organisation_id NOT IN ({slots}))");
    }
    for Former { organisation, filed_before } in back {
        values.extend([organisation.to_value(), filed_before.to_value()]);
        let (of, at) = (values.len() - 1, values.len());
        condition += &format!(" AND (t.organisation_id IS NULL OR t.organisation_id <> ${of} OR t.filed_at >= ${at})");
    }
    condition
}

fn desk_list(scope: &Scope, view: View, after: Option<After>, limit: i64) -> List {
    let (from, order, behind, mut values) = match view {
        View::NeedsAnswer => ("t.queue_bucket IS NOT NULL", QUEUE_ORDER, QUEUE_BEHIND, queue_from(after)),
        View::Unassigned => {
            ("t.queue_bucket IS NOT NULL AND t.assignee_id IS NULL", QUEUE_ORDER, QUEUE_BEHIND, queue_from(after))
        }
        View::Mine(person) => {
            let newest = after.map_or((i64::MAX, i64::MAX), |a| (a.at, a.id.0));
            (
                "t.assignee_id = $3 AND t.state NOT IN ('solved', 'closed')",
                "t.updated_at DESC, t.id DESC",
                "(t.updated_at, t.id) < ($1, $2)",
                values![newest.0, newest.1, person],
            )
        }
        View::InState(state) => {
            let first = after.map_or((i64::MIN, i64::MIN), |a| (a.at, a.id.0));
            (
                "t.state = $3",
                "t.state_since, t.id",
                "(t.state_since, t.id) > ($1, $2)",
                values![first.0, first.1, word(&state)],
            )
        }
    };
    let seen = seen_by_staff(scope, &mut values);
    List {
        sql: format!(
            "SELECT {COLUMNS} FROM ticket t WHERE {from} AND {behind} AND {seen} ORDER BY {order} LIMIT {limit}"
        ),
        values,
    }
}

const QUEUE_ORDER: &str = "t.queue_bucket, t.queue_at, t.id";
const QUEUE_BEHIND: &str = "(t.queue_bucket, t.queue_at, t.id) > ($1, $2, $3)";

fn queue_from(after: Option<After>) -> Vec<Value> {
    let from = after.map_or((-1, i64::MIN, i64::MIN), |a| (a.bucket, a.at, a.id.0));
    values![from.0, from.1, from.2]
}

fn counts_list(scope: &Scope, views: &[View], most: i64) -> List {
    let mut values = vec![];
    let counts: Vec<String> = views
        .iter()
        .enumerate()
        .map(|(at, view)| format!("({}) AS n{at}", count(scope, *view, most, &mut values)))
        .collect();
    List { sql: format!("SELECT {}", counts.join(", ")), values }
}

/// A count as a subquery that goes on behind `values`.
fn count(scope: &Scope, view: View, most: i64, values: &mut Vec<Value>) -> String {
    let mut next = |value: Value| {
        values.push(value);
        values.len()
    };
    let from = match view {
        View::NeedsAnswer => "t.queue_bucket IS NOT NULL".to_owned(),
        View::Unassigned => "t.queue_bucket IS NOT NULL AND t.assignee_id IS NULL".to_owned(),
        View::Mine(person) => {
            format!("t.assignee_id = ${} AND t.state NOT IN ('solved', 'closed')", next(person.to_value()))
        }
        View::InState(state) => format!("t.state = ${}", next(word(&state).to_value())),
    };
    let seen = seen_by_staff(scope, values);
    format!("SELECT COUNT(*) FROM (SELECT 1 AS one FROM ticket t WHERE {from} AND {seen} LIMIT {most}) AS counted")
}

/// A person's own requests and those they were added to, the newest first, behind `before`.
pub async fn own(conn: &Handle, scope: &Scope, before: Option<TicketId>, limit: i64) -> Result<Vec<Ticket>> {
    let list = own_list(scope, None, before, limit);
    conn.rows(&list.sql, list.values, ticket).await
}

/// Those of them that are of these organisations, and those that are of none.
pub async fn own_for(
    conn: &Handle,
    scope: &Scope,
    organisations: &[OrganisationId],
    before: Option<TicketId>,
    limit: i64,
) -> Result<Vec<Ticket>> {
    let list = own_list(scope, Some(organisations), before, limit);
    conn.rows(&list.sql, list.values, ticket).await
}

fn own_list(scope: &Scope, only: Option<&[OrganisationId]>, before: Option<TicketId>, limit: i64) -> List {
    let mut values = values![scope.person, before.unwrap_or(TicketId(i64::MAX))];
    let present = not_former(scope, &mut values);
    let of = match only {
        Some(organisations) => {
            let slots = crate::engine::slots(values.len() + 1, organisations.len());
            values.extend(organisations.iter().map(ToValue::to_value));
            format!(" AND (t.organisation_id IN ({slots}) OR t.organisation_id IS NULL)")
        }
        None => String::new(),
    };
    List {
        sql: format!(
            "SELECT {COLUMNS} FROM participant p JOIN ticket t ON t.id = p.ticket_id \
             WHERE p.person_id = $1 AND p.ticket_id < $2 AND t.deleted_at IS NULL \
             AND (t.requester_id = $1 OR (TRUE{present})){of} \
             ORDER BY p.ticket_id DESC LIMIT {limit}"
        ),
        values,
    }
}

/// What colleagues of one organisation share with this person, the newest first, behind `before`. Empty for an
/// organisation that the scope does not name.
pub async fn colleagues(
    conn: &Handle,
    scope: &Scope,
    organisation: OrganisationId,
    before: Option<TicketId>,
    limit: i64,
) -> Result<Vec<Ticket>> {
    let shared: Vec<Colleagues> = scope.colleagues.iter().filter(|c| c.organisation == organisation).copied().collect();
    if shared.is_empty() {
        return Ok(vec![]);
    }
    let list = colleagues_list(organisation, &shared, before, limit);
    conn.rows(&list.sql, list.values, ticket).await
}

/// `shared`: the lines of a scope about this organisation.
fn colleagues_list(organisation: OrganisationId, shared: &[Colleagues], before: Option<TicketId>, limit: i64) -> List {
    let mut values = values![organisation, before.unwrap_or(TicketId(i64::MAX))];
    let lines: Vec<String> = shared
        .iter()
        .map(|line| {
            values.push(line.filed_from.map_or(i64::MIN, Instant::micros).to_value());
            let from = format!("t.filed_at >= ${}", values.len());
            let Some(reseller) = line.filed_by else { return from };
            values.push(reseller.to_value());
            format!("({from} AND t.reseller_id = ${})", values.len())
        })
        .collect();
    let shared = lines.join(" OR ");
    List {
        sql: format!(
            "SELECT {COLUMNS} FROM ticket t WHERE t.organisation_id = $1 AND t.id < $2 AND t.secrecy = 'open' \
             AND ({shared}) AND t.deleted_at IS NULL ORDER BY t.id DESC LIMIT {limit}"
        ),
        values,
    }
}

/// Requests of an organisation for staff, the newest first: what stands beside a request.
pub async fn beside(
    conn: &Handle,
    scope: &Scope,
    organisation: OrganisationId,
    except: TicketId,
    limit: i64,
) -> Result<Vec<Ticket>> {
    if scope.staff == Staff::None {
        return Ok(vec![]);
    }
    let list = beside_list(scope, organisation, except, limit);
    conn.rows(&list.sql, list.values, ticket).await
}

fn beside_list(scope: &Scope, organisation: OrganisationId, except: TicketId, limit: i64) -> List {
    let mut values = values![organisation, except];
    let seen = seen_by_staff(scope, &mut values);
    List {
        sql: format!(
            "SELECT {COLUMNS} FROM ticket t WHERE t.organisation_id = $1 AND t.id <> $2 AND {seen} \
             ORDER BY t.id DESC LIMIT {limit}"
        ),
        values,
    }
}

/// Requests that a person filed, for staff, the newest first.
pub async fn of_requester(conn: &Handle, scope: &Scope, requester: PersonId, limit: i64) -> Result<Vec<Ticket>> {
    if scope.staff == Staff::None {
        return Ok(vec![]);
    }
    let mut values = values![requester];
    let seen = seen_by_staff(scope, &mut values);
    // By who takes part, which the requester does: of that there is an index, whatever one may see.
    let sql = format!(
        "SELECT {COLUMNS} FROM participant p JOIN ticket t ON t.id = p.ticket_id \
         WHERE p.person_id = $1 AND t.requester_id = $1 AND {seen} ORDER BY p.ticket_id DESC LIMIT {limit}"
    );
    conn.rows(&sql, values, ticket).await
}

/// These requests, as far as they are there, in no order. Who may see them is asked of each (`tickets::facts_of`).
pub async fn these(conn: &Handle, ids: &[TicketId]) -> Result<Vec<Ticket>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let slots = crate::engine::slots(1, ids.len());
    let sql = format!("SELECT {COLUMNS} FROM ticket t WHERE t.id IN ({slots}) AND t.deleted_at IS NULL");
    conn.rows(&sql, ids.iter().map(ToValue::to_value).collect(), ticket).await
}

/// Requests that have waited for their customer since before `since`, who was not reminded yet (REQ-9).
pub async fn unreminded(conn: &Handle, since: Instant, limit: i64) -> Result<Vec<TicketId>> {
    conn.rows(
        "SELECT t.id FROM ticket t WHERE t.state = 'waiting_for_customer' AND t.reminded_at IS NULL \
         AND t.state_since <= $1 AND t.deleted_at IS NULL ORDER BY t.state_since, t.id LIMIT $2",
        values![since, limit],
        |row| row.id("id", TicketId),
    )
    .await
}

/// Requests whose promised word was due before `now` (FRT-7).
pub async fn overdue_words(conn: &Handle, now: Instant, limit: i64) -> Result<Vec<TicketId>> {
    conn.rows(
        "SELECT t.id FROM ticket t WHERE t.next_word_at < $1 ORDER BY t.next_word_at, t.id LIMIT $2",
        values![now, limit],
        |row| row.id("id", TicketId),
    )
    .await
}

/// Requests whose state has lasted since before `since`: what a timer of REQ-9 may have to move.
pub async fn lasting(conn: &Handle, state: State, since: Instant, limit: i64) -> Result<Vec<TicketId>> {
    let list = lasting_list(state, since, limit);
    conn.rows(&list.sql, list.values, |row| row.id("id", TicketId)).await
}

fn lasting_list(state: State, since: Instant, limit: i64) -> List {
    List {
        sql: format!(
            "SELECT t.id FROM ticket t WHERE t.state = $1 AND t.state_since <= $2 AND t.deleted_at IS NULL \
             ORDER BY t.state_since, t.id LIMIT {limit}"
        ),
        values: values![word(&state), since],
    }
}
