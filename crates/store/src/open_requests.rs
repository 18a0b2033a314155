//! Requests that are not closed, counted by what a policy decides by (POL-5), and the first of such a group.

use rules::{
    access::Scope,
    ids::TicketId,
    keys::{PlanKey, PriorityKey, TypeKey},
    policy::OpenGroup,
};

use crate::{
    Handle, Result,
    engine::{Row, ToValue, values, word},
    ticket_lists::seen_by_staff,
};

/// All groups of those that a member of staff sees; of all requests without a scope.
pub async fn groups(conn: &Handle, scope: Option<&Scope>) -> Result<Vec<OpenGroup>> {
    let mut values = values![];
    let seen = seen(scope, &mut values);
    let sql = format!(
        "SELECT t.request_type, t.priority, t.plan, t.state, COUNT(*) AS n FROM ticket t \
         WHERE t.state <> 'closed' AND {seen} GROUP BY t.request_type, t.priority, t.plan, t.state"
    );
    conn.rows(&sql, values, group).await
}

/// The first ones of a group, by their numbers.
pub async fn first(conn: &Handle, scope: Option<&Scope>, group: &OpenGroup, limit: i64) -> Result<Vec<TicketId>> {
    let mut values = values![group.request_type, group.priority, word(&group.state), limit];
    let plan = match &group.plan {
        Some(plan) => {
            values.push(plan.to_value());
            "t.plan = $5"
        }
        None => "t.plan IS NULL",
    };
    let seen = seen(scope, &mut values);
    let sql = format!(
        "SELECT t.id FROM ticket t WHERE t.state <> 'closed' AND t.request_type = $1 AND t.priority = $2 AND {plan} \
         AND t.state = $3 AND {seen} ORDER BY t.id LIMIT $4"
    );
    conn.rows(&sql, values, |row| row.id("id", TicketId)).await
}

/// Requests that are not over, after one, by their numbers; as many as are worked on at once.
pub async fn not_over(conn: &Handle, after: TicketId) -> Result<Vec<TicketId>> {
    let sql = "SELECT t.id FROM ticket t WHERE t.id > $1 AND t.state NOT IN ('solved', 'closed') AND t.deleted_at IS NULL \
         ORDER BY t.id LIMIT 200";
    conn.rows(sql, values![after], |row| row.id("id", TicketId)).await
}

fn seen(scope: Option<&Scope>, values: &mut Vec<sea_orm::Value>) -> String {
    scope.map_or_else(|| "t.deleted_at IS NULL".to_owned(), |scope| seen_by_staff(scope, values))
}

fn group(row: &Row<'_>) -> Result<OpenGroup> {
    Ok(OpenGroup {
        request_type: TypeKey(row.get("request_type")?),
        priority: PriorityKey(row.get("priority")?),
        plan: row.get::<Option<String>>("plan")?.map(PlanKey),
        state: row.word("state")?,
        requests: u64::try_from(row.get::<i64>("n")?).unwrap_or_default(),
    })
}
