//! The histories of many requests, to tell their clocks by another policy (POL-4): read in pages by the instant of filing,
//! where the clocks themselves do not say enough, and of the journal only what clocks depend on.

use std::collections::BTreeMap;

use rules::{
    access::Scope,
    events::{By, Entry, Event},
    ids::{PersonId, Seq, TicketId},
    instant::Instant,
    sla::{About, Answered, Once, WOULD_MOVE},
};

use crate::{
    Handle, Result,
    dialect::in_the_order_of_writing,
    engine::{Row, ToValue, slots, values},
    ticket_lists::seen_by_staff,
};

/// Kinds of events that no clock depends on.
const WITHOUT_CLOCKS: &str = "'ticket.assigned', 'ticket.attached', 'ticket.participant_added', \
    'ticket.participant_removed', 'ticket.reminded', 'ticket.secrecy_set', 'ticket.warned', 'ticket.wish_raised'";

/// Requests of one statement.
const AT_ONCE: usize = 2000;

/// Where a page ends: the instant of filing and the number.
pub type Filed = (Instant, TicketId);

/// What is asked for: all requests, or those that a member of staff sees, from an instant of filing on.
#[derive(Clone, Debug)]
pub struct Asked {
    pub scope: Option<Scope>,
    pub since: Instant,
}

impl Asked {
    fn condition(&self, values: &mut Vec<sea_orm::Value>) -> String {
        match &self.scope {
            Some(scope) => seen_by_staff(scope, values),
            None => "t.deleted_at IS NULL".to_owned(),
        }
    }
}

/// How many there are.
pub async fn count(conn: &Handle, asked: &Asked) -> Result<i64> {
    let mut values = values![asked.since];
    let condition = asked.condition(&mut values);
    let sql = format!("SELECT COUNT(*) AS n FROM ticket t WHERE t.filed_at >= $1 AND {condition}");
    conn.one(&sql, values, |row| row.get("n")).await
}

/// The next of them behind `after`, in the order of filing.
pub async fn filed(conn: &Handle, asked: &Asked, after: Option<Filed>, limit: usize) -> Result<Vec<Filed>> {
    let (at, id) = after.unwrap_or((asked.since, TicketId(-1)));
    let mut values = values![at, id];
    let condition = asked.condition(&mut values);
    let sql = format!(
        "SELECT t.filed_at, t.id FROM ticket t WHERE (t.filed_at, t.id) > ($1, $2) AND {condition} \
         ORDER BY t.filed_at, t.id LIMIT {limit}"
    );
    conn.rows(&sql, values, |row| Ok((row.instant("filed_at")?, row.id("id", TicketId)?))).await
}

/// Those of these requests whose clocks nothing moved, with what a trial needs of them.
pub async fn unmoved(conn: &Handle, tickets: &[TicketId]) -> Result<Vec<(TicketId, Once)>> {
    let moved = WOULD_MOVE.map(|kind| format!("'{kind}'")).join(", ");
    let mut found = vec![];
    for chunk in tickets.chunks(AT_ONCE) {
        let asked = slots(1, chunk.len());
        let sql = format!(
            "SELECT t.id, t.request_type, t.priority, t.plan, c.started_at, c.ended_at, c.standing FROM ticket t \
             LEFT JOIN clock c ON c.ticket_id = t.id AND c.target = 'first_response' WHERE t.id IN ({asked}) \
             AND (c.place IS NULL OR c.cycle = 0 AND c.standing IN ('met', 'breached') AND c.ended_at IS NOT NULL) \
             AND NOT EXISTS (SELECT 1 FROM clock o \
             WHERE o.ticket_id = t.id AND o.target = 'first_response' AND o.place <> c.place) \
             AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.ticket_id = t.id AND j.kind IN ({moved}))"
        );
        found.extend(conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), once).await?);
    }
    Ok(found)
}

fn once(row: &Row<'_>) -> Result<(TicketId, Once)> {
    let about = About {
        request_type: row.get::<String>("request_type")?.as_str().into(),
        priority: row.get::<String>("priority")?.as_str().into(),
        plan: row.get::<Option<String>>("plan")?.map(|plan| plan.as_str().into()),
        region: None,
        escalated: false,
        reopened: false,
    };
    let was_late = row.get::<Option<String>>("standing")?.is_some_and(|standing| standing == "breached");
    let ran = row.maybe_instant("started_at")?.zip(row.maybe_instant("ended_at")?);
    let answered = ran.map(|(started, at)| Answered { started, at, was_late });
    Ok((row.id("id", TicketId)?, Once { about, answered }))
}

/// What happened to these requests, as far as clocks depend on it.
pub async fn histories(conn: &Handle, tickets: &[TicketId]) -> Result<BTreeMap<TicketId, Vec<Entry>>> {
    let mut histories: BTreeMap<TicketId, Vec<Entry>> = BTreeMap::new();
    for chunk in tickets.chunks(AT_ONCE) {
        let asked = slots(1, chunk.len());
        let of_these = in_the_order_of_writing(conn.backend(), &format!("ticket_id IN ({asked})"));
        let sql = format!(
            "SELECT ticket_id, seq, payload, occurred_at, actor_kind, actor_id FROM journal \
             WHERE {of_these} AND kind NOT IN ({WITHOUT_CLOCKS})"
        );
        for (ticket, entry) in conn.rows(&sql, chunk.iter().map(ToValue::to_value).collect(), entry).await? {
            histories.entry(ticket).or_default().push(entry);
        }
    }
    for history in histories.values_mut() {
        history.sort_unstable_by_key(|entry| entry.seq);
    }
    Ok(histories)
}

/// What a clock reads of an entry; when it was written down and what caused it, it does not.
fn entry(row: &Row<'_>) -> Result<(TicketId, Entry)> {
    let (event, at): (Event, _) = (row.json("payload")?, row.instant("occurred_at")?);
    let entry = Entry {
        seq: row.id("seq", Seq)?,
        event,
        by: By { kind: row.word("actor_kind")?, person: row.maybe_id("actor_id", PersonId)? },
        occurred_at: at,
        recorded_at: at,
        cause: None,
        depth: 0,
    };
    Ok((row.id("ticket_id", TicketId)?, entry))
}
