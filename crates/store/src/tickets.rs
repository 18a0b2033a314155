//! Requests: the row, its details and participants, and the places where it is found one by one.
//! Lists are in `ticket_lists`, so that all paging stands together.

use std::collections::HashMap;

use rules::{
    access::TicketFacts,
    events::{Channel, Secrecy, State},
    ids::{OrganisationId, PersonId, PolicyVersionId, TeamId, TicketId},
    instant::Instant,
    keys::{DetailKey, EntryKey, PlanKey, PriorityKey, TickKey, TypeKey},
    query::Facts,
    tickets::{Bucket, QueuePlace, Turn, Whose},
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, ToValue, slots, values, word},
};

/// A request as it stands.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub id: TicketId,
    pub request_type: TypeKey,
    pub subject: String,
    pub requester: PersonId,
    pub organisation: Option<OrganisationId>,
    /// Who filed it for the organisation, by its grant (ENT-4).
    pub reseller: Option<OrganisationId>,
    pub channel: Channel,
    pub parent: Option<TicketId>,
    pub assignee: Option<PersonId>,
    pub team: Option<TeamId>,
    pub state: State,
    pub state_since: Instant,
    /// When the customer was reminded in this state (REQ-9).
    pub reminded_at: Option<Instant>,
    pub wish: PriorityKey,
    pub priority: PriorityKey,
    /// Whether an agent has decided the priority (PRI-2).
    pub priority_decided: bool,
    pub plan: Option<PlanKey>,
    pub terms: PolicyVersionId,
    pub secrecy: Secrecy,
    pub filed_at: Instant,
    pub updated_at: Instant,
    pub turn: Turn,
    pub queue: Option<QueuePlace>,
    /// The request that goes on for it (FRT-5).
    pub merged_into: Option<TicketId>,
    /// Until when a next word is promised and not late yet (FRT-7).
    pub next_word_at: Option<Instant>,
    /// The entry of the scope under which it was closed (SCO-1).
    pub scope_entry: Option<EntryKey>,
    /// Since when it counts as escalated (PLN-3).
    pub escalated_at: Option<Instant>,
}

impl Ticket {
    /// As conditions of the filter language see it, with its details.
    pub fn facts<'a>(&'a self, details: &'a [(DetailKey, String)]) -> Facts<'a> {
        Facts {
            request_type: &self.request_type,
            priority: &self.priority,
            state: self.state,
            state_since: self.state_since,
            whose: self.turn.whose,
            channel: self.channel,
            plan: self.plan.as_ref(),
            secrecy: self.secrecy,
            organisation: self.organisation,
            requester: self.requester,
            agent: self.assignee,
            team: self.team,
            queue: self.queue,
            filed_at: self.filed_at,
            updated_at: self.updated_at,
            is_escalated: self.escalated_at.is_some(),
            is_merged: self.merged_into.is_some(),
            details,
        }
    }
}

/// A request about to be kept.
#[derive(Clone, Debug)]
pub struct NewTicket<'a> {
    pub request_type: &'a TypeKey,
    pub subject: &'a str,
    pub requester: PersonId,
    pub organisation: Option<OrganisationId>,
    pub reseller: Option<OrganisationId>,
    pub product: &'a str,
    pub channel: Channel,
    pub parent: Option<TicketId>,
    pub wish: &'a PriorityKey,
    pub priority: &'a PriorityKey,
    pub plan: Option<&'a PlanKey>,
    pub terms: PolicyVersionId,
    pub secrecy: Secrecy,
    pub filed_at: Instant,
    /// The form that it was sent by, where it was one.
    pub sent_form: Option<&'a str>,
}

pub(crate) const COLUMNS: &str = "t.id, t.request_type, t.subject, t.requester_id, t.organisation_id, t.reseller_id, t.channel, \
    t.parent_id, t.assignee_id, t.state, t.state_since, t.reminded_at, t.wish, t.priority, t.priority_decided, t.plan, t.terms, \
    t.secrecy, t.filed_at, t.updated_at, t.turn, t.turn_since, t.queue_bucket, t.queue_at, t.merged_into_id, t.next_word_at, t.scope_entry, \
    t.escalated_at, t.team_id";

/// Keeps a new request; the requester is its first participant.
pub async fn insert(tx: &Tx, new: &NewTicket<'_>) -> Result<TicketId> {
    let id = tx
        .insert(
            "INSERT INTO ticket (request_type, subject, requester_id, organisation_id, product, channel, parent_id, \
             state, state_since, wish, priority, priority_decided, plan, terms, secrecy, filed_at, updated_at, turn, \
             turn_since, sent_form, reseller_id) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, FALSE, $12, $13, $14, $9, $9, $15, $9, $16, $17) \
             RETURNING id",
            values![
                new.request_type,
                new.subject,
                new.requester,
                new.organisation,
                new.product,
                new.channel,
                new.parent,
                State::New,
                new.filed_at,
                new.wish,
                new.priority,
                new.plan,
                new.terms,
                new.secrecy,
                word(&Whose::Ours),
                new.sent_form,
                new.reseller,
            ],
        )
        .await
        .map(TicketId)?;
    add_participant(tx, id, new.requester, new.filed_at).await?;
    Ok(id)
}

/// What this person has filed by that form already.
pub async fn by_form(conn: &Handle, person: PersonId, form: &str) -> Result<Option<TicketId>> {
    conn.maybe("SELECT id FROM ticket WHERE requester_id = $1 AND sent_form = $2", values![person, form], |row| {
        row.id("id", TicketId)
    })
    .await
}

/// The requests that go on with this one, the oldest first.
pub async fn follow_ups(conn: &Handle, id: TicketId) -> Result<Vec<TicketId>> {
    conn.rows("SELECT id FROM ticket WHERE parent_id = $1 AND deleted_at IS NULL ORDER BY id", values![id], |row| {
        row.id("id", TicketId)
    })
    .await
}

/// Those behind one, by number.
pub async fn behind(conn: &Handle, after: TicketId, limit: i64) -> Result<Vec<TicketId>> {
    let sql = "SELECT id FROM ticket WHERE id > $1 ORDER BY id LIMIT $2";
    conn.rows(sql, values![after, limit], |row| row.id("id", TicketId)).await
}

pub async fn get(conn: &Handle, id: TicketId) -> Result<Ticket> {
    conn.one(&format!("SELECT {COLUMNS} FROM ticket t WHERE t.id = $1 AND t.deleted_at IS NULL"), values![id], ticket)
        .await
}

pub(crate) fn ticket(row: &Row<'_>) -> Result<Ticket> {
    let bucket: Option<i64> = row.get("queue_bucket")?;
    let at = row.maybe_instant("queue_at")?;
    Ok(Ticket {
        id: row.id("id", TicketId)?,
        request_type: TypeKey(row.get("request_type")?),
        subject: row.get("subject")?,
        requester: row.id("requester_id", PersonId)?,
        organisation: row.maybe_id("organisation_id", OrganisationId)?,
        reseller: row.maybe_id("reseller_id", OrganisationId)?,
        channel: row.word("channel")?,
        parent: row.maybe_id("parent_id", TicketId)?,
        assignee: row.maybe_id("assignee_id", PersonId)?,
        team: row.maybe_id("team_id", TeamId)?,
        state: row.word("state")?,
        state_since: row.instant("state_since")?,
        reminded_at: row.maybe_instant("reminded_at")?,
        wish: PriorityKey(row.get("wish")?),
        priority: PriorityKey(row.get("priority")?),
        priority_decided: row.get("priority_decided")?,
        plan: row.get::<Option<String>>("plan")?.map(PlanKey),
        terms: row.id("terms", PolicyVersionId)?,
        secrecy: row.word("secrecy")?,
        filed_at: row.instant("filed_at")?,
        updated_at: row.instant("updated_at")?,
        turn: Turn { whose: row.word("turn")?, since: row.instant("turn_since")? },
        merged_into: row.maybe_id("merged_into_id", TicketId)?,
        next_word_at: row.maybe_instant("next_word_at")?,
        scope_entry: row.get::<Option<String>>("scope_entry")?.map(EntryKey),
        escalated_at: row.maybe_instant("escalated_at")?,
        queue: bucket
            .zip(at)
            .map(|(bucket, at)| QueuePlace { bucket: if bucket == 0 { Bucket::Due } else { Bucket::Ours }, at }),
    })
}

/// It counts as escalated since then, or no longer.
pub async fn set_escalated(tx: &Tx, id: TicketId, since: Option<Instant>) -> Result<()> {
    tx.run("UPDATE ticket SET escalated_at = $2 WHERE id = $1", values![id, since]).await?;
    Ok(())
}

/// What `rules::access` needs to know of a request.
pub async fn facts(conn: &Handle, id: TicketId) -> Result<TicketFacts> {
    let takes_part = take_part(conn, &[id]).await?;
    conn.one(
        "SELECT requester_id, organisation_id, reseller_id, filed_at, secrecy FROM ticket WHERE id = $1 AND deleted_at IS NULL",
        values![id],
        |row| {
            Ok(TicketFacts {
                requester: row.id("requester_id", PersonId)?,
                organisation: row.maybe_id("organisation_id", OrganisationId)?,
                reseller: row.maybe_id("reseller_id", OrganisationId)?,
                filed_at: row.instant("filed_at")?,
                secrecy: row.word("secrecy")?,
                participants: takes_part.iter().map(|(_, person, _)| *person).collect(),
                heirs: takes_part.iter().filter(|(_, _, heir)| *heir).map(|(_, person, _)| *person).collect(),
            })
        },
    )
    .await
}

/// What some requests are about, as far as they are there.
pub async fn subjects(conn: &Handle, ids: &[TicketId]) -> Result<HashMap<TicketId, String>> {
    let mut subjects = HashMap::new();
    for chunk in ids.chunks(100) {
        let sql = format!("SELECT id, subject FROM ticket WHERE id IN ({})", slots(1, chunk.len()));
        let values = chunk.iter().map(ToValue::to_value).collect();
        subjects
            .extend(conn.rows(&sql, values, |row| Ok((row.id("id", TicketId)?, row.get::<String>("subject")?))).await?);
    }
    Ok(subjects)
}

/// The same of several at once, as far as they are there.
pub async fn facts_of(conn: &Handle, ids: &[TicketId]) -> Result<HashMap<TicketId, TicketFacts>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let (slots, values) = (slots(1, ids.len()), || ids.iter().map(ToValue::to_value).collect());
    let sql = format!(
        "SELECT id, requester_id, organisation_id, reseller_id, filed_at, secrecy FROM ticket WHERE id IN ({slots}) AND deleted_at IS NULL"
    );
    let rows = conn.rows(&sql, values(), |row| {
        let facts = TicketFacts {
            requester: row.id("requester_id", PersonId)?,
            organisation: row.maybe_id("organisation_id", OrganisationId)?,
            reseller: row.maybe_id("reseller_id", OrganisationId)?,
            filed_at: row.instant("filed_at")?,
            secrecy: row.word("secrecy")?,
            participants: vec![],
            heirs: vec![],
        };
        Ok((row.id("id", TicketId)?, facts))
    });
    let mut facts: HashMap<TicketId, TicketFacts> = rows.await?.into_iter().collect();
    for (ticket, person, heir) in take_part(conn, ids).await? {
        if let Some(facts) = facts.get_mut(&ticket) {
            facts.participants.push(person);
            facts.heirs.extend(heir.then_some(person));
        }
    }
    Ok(facts)
}

/// Who takes part in requests, and whether as heir.
async fn take_part(conn: &Handle, ids: &[TicketId]) -> Result<Vec<(TicketId, PersonId, bool)>> {
    let slots = slots(1, ids.len());
    let sql = format!("SELECT ticket_id, person_id, heir FROM participant WHERE ticket_id IN ({slots})");
    let values = ids.iter().map(ToValue::to_value).collect();
    conn.rows(&sql, values, |row| {
        Ok((row.id("ticket_id", TicketId)?, row.id("person_id", PersonId)?, row.get("heir")?))
    })
    .await
}

/// The requester and everybody added.
pub async fn participants(conn: &Handle, id: TicketId) -> Result<Vec<PersonId>> {
    conn.rows("SELECT person_id FROM participant WHERE ticket_id = $1 ORDER BY person_id", values![id], |row| {
        row.id("person_id", PersonId)
    })
    .await
}

pub async fn add_participant(tx: &Tx, id: TicketId, person: PersonId, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO participant (ticket_id, person_id, since_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values![id, person, now],
    )
    .await
    .map(drop)
}

/// Adds who goes on with it in the place of its requester (REG-7).
pub async fn add_heir(tx: &Tx, id: TicketId, person: PersonId, now: Instant) -> Result<()> {
    tx.run(
        "INSERT INTO participant (ticket_id, person_id, since_at, heir) VALUES ($1, $2, $3, TRUE) \
         ON CONFLICT (ticket_id, person_id) DO UPDATE SET heir = TRUE",
        values![id, person, now],
    )
    .await
    .map(drop)
}

/// The requests that somebody filed for an organisation, or as one of its people for another (ENT-4), that are not over and open to who goes on with them: what was told in
/// confidence stays with who told it (VIS-2).
pub async fn to_hand_over(conn: &Handle, person: PersonId, organisation: OrganisationId) -> Result<Vec<TicketId>> {
    let sql = "SELECT id FROM ticket WHERE requester_id = $1 AND (organisation_id = $2 OR reseller_id = $2) AND secrecy = 'open' \
               AND state NOT IN ('solved', 'closed') AND deleted_at IS NULL ORDER BY id";
    conn.rows(sql, values![person, organisation], |row| row.id("id", TicketId)).await
}

pub async fn remove_participant(tx: &Tx, id: TicketId, person: PersonId) -> Result<()> {
    tx.run("DELETE FROM participant WHERE ticket_id = $1 AND person_id = $2", values![id, person]).await.map(drop)
}

pub async fn set_state(tx: &Tx, id: TicketId, state: State, now: Instant) -> Result<()> {
    tx.run(
        "UPDATE ticket SET state = $2, state_since = $3, reminded_at = NULL, \
         scope_entry = CASE WHEN $2 IN ('solved', 'closed') THEN scope_entry END WHERE id = $1",
        values![id, state, now],
    )
    .await
    .map(drop)
}

/// The customer is reminded now, once in this state.
pub async fn remind(tx: &Tx, id: TicketId, now: Instant) -> Result<()> {
    tx.run("UPDATE ticket SET reminded_at = $2 WHERE id = $1", values![id, now]).await.map(drop)
}

pub async fn set_assignee(tx: &Tx, id: TicketId, assignee: Option<PersonId>) -> Result<()> {
    tx.run("UPDATE ticket SET assignee_id = $2 WHERE id = $1", values![id, assignee]).await.map(drop)
}

pub async fn set_wish(tx: &Tx, id: TicketId, wish: &PriorityKey) -> Result<()> {
    tx.run("UPDATE ticket SET wish = $2 WHERE id = $1", values![id, wish]).await.map(drop)
}

/// The priority follows the wish; no agent has decided.
pub async fn set_priority(tx: &Tx, id: TicketId, priority: &PriorityKey) -> Result<()> {
    tx.run("UPDATE ticket SET priority = $2 WHERE id = $1", values![id, priority]).await.map(drop)
}

/// Sets the priority, decided by an agent from now on.
pub async fn decide_priority(tx: &Tx, id: TicketId, priority: &PriorityKey) -> Result<()> {
    tx.run("UPDATE ticket SET priority = $2, priority_decided = TRUE WHERE id = $1", values![id, priority])
        .await
        .map(drop)
}

/// It is of another type now.
pub async fn convert(tx: &Tx, id: TicketId, to: &TypeKey, priority: &PriorityKey) -> Result<()> {
    tx.run("UPDATE ticket SET request_type = $2, priority = $3 WHERE id = $1", values![id, to, priority])
        .await
        .map(drop)
}

pub async fn set_secrecy(tx: &Tx, id: TicketId, secrecy: Secrecy) -> Result<()> {
    tx.run("UPDATE ticket SET secrecy = $2 WHERE id = $1", values![id, word(&secrecy)]).await.map(drop)
}

/// What is read off the events of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadOff {
    pub turn: Turn,
    pub queue: Option<QueuePlace>,
    /// Until when a next word is promised and not late yet (FRT-7).
    pub next_word_at: Option<Instant>,
}

/// Sets what is read off the events.
pub async fn set_read_off(tx: &Tx, id: TicketId, read: ReadOff, now: Instant) -> Result<()> {
    let ReadOff { turn, queue, next_word_at } = read;
    tx.run(
        "UPDATE ticket SET turn = $2, turn_since = $3, queue_bucket = $4, queue_at = $5, next_word_at = $6, \
         updated_at = $7 WHERE id = $1",
        values![
            id,
            word(&turn.whose),
            turn.since,
            queue.map(|q| q.bucket as i64),
            queue.map(|q| q.at),
            next_word_at,
            now
        ],
    )
    .await
    .map(drop)
}

/// Merged into another from now on, or no more.
pub async fn set_merged(tx: &Tx, id: TicketId, into: Option<TicketId>) -> Result<()> {
    tx.run("UPDATE ticket SET merged_into_id = $2 WHERE id = $1", values![id, into]).await.map(drop)
}

/// The entry of the scope under which it was closed.
pub async fn set_scope_entry(tx: &Tx, id: TicketId, entry: Option<&EntryKey>) -> Result<()> {
    tx.run("UPDATE ticket SET scope_entry = $2 WHERE id = $1", values![id, entry]).await.map(drop)
}

/// Keeps the answers to the form's questions, in the form's order.
pub async fn set_details(tx: &Tx, id: TicketId, details: &[(DetailKey, String)]) -> Result<()> {
    place_details(tx, id, 0, details).await
}

/// Keeps further answers after those that are there.
pub async fn add_details(tx: &Tx, id: TicketId, details: &[(DetailKey, String)]) -> Result<()> {
    let count = "SELECT COALESCE(MAX(place), -1) + 1 AS next FROM ticket_detail WHERE ticket_id = $1";
    let first = tx.one(count, values![id], |row| row.get("next")).await?;
    place_details(tx, id, first, details).await
}

async fn place_details(tx: &Tx, id: TicketId, first: i64, details: &[(DetailKey, String)]) -> Result<()> {
    for (place, (detail, value)) in (first..).zip(details) {
        tx.run(
            "INSERT INTO ticket_detail (ticket_id, detail, place, value) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (ticket_id, detail) DO UPDATE SET value = excluded.value",
            values![id, detail, place, value],
        )
        .await?;
    }
    Ok(())
}

pub async fn details(conn: &Handle, id: TicketId) -> Result<Vec<(DetailKey, String)>> {
    let mut rows = conn
        .rows("SELECT detail, value, place FROM ticket_detail WHERE ticket_id = $1", values![id], |row| {
            Ok((row.get::<i64>("place")?, DetailKey(row.get("detail")?), row.get::<String>("value")?))
        })
        .await?;
    rows.sort_by_key(|(place, _, _)| *place);
    Ok(rows.into_iter().map(|(_, detail, value)| (detail, value)).collect())
}

/// The answers to the forms' questions of several requests, in no order.
pub async fn details_of(conn: &Handle, ids: &[TicketId]) -> Result<HashMap<TicketId, Vec<(DetailKey, String)>>> {
    let mut found: HashMap<TicketId, Vec<(DetailKey, String)>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let sql =
        format!("SELECT ticket_id, detail, value FROM ticket_detail WHERE ticket_id IN ({})", slots(1, ids.len()));
    let rows = conn.rows(&sql, ids.iter().map(ToValue::to_value).collect(), |row| {
        Ok((row.id("ticket_id", TicketId)?, DetailKey(row.get("detail")?), row.get::<String>("value")?))
    });
    for (ticket, key, value) in rows.await? {
        found.entry(ticket).or_default().push((key, value));
    }
    Ok(found)
}

pub async fn set_ticks(tx: &Tx, id: TicketId, ticks: &[TickKey]) -> Result<()> {
    for tick in ticks {
        tx.run("INSERT INTO ticket_tick (ticket_id, tick) VALUES ($1, $2) ON CONFLICT DO NOTHING", values![id, tick])
            .await?;
    }
    Ok(())
}

pub async fn ticks(conn: &Handle, id: TicketId) -> Result<Vec<TickKey>> {
    conn.rows("SELECT tick FROM ticket_tick WHERE ticket_id = $1 ORDER BY tick", values![id], |row| {
        Ok(TickKey(row.get("tick")?))
    })
    .await
}

/// The number of the newest request; 0 where there is none.
pub async fn newest(conn: &Handle) -> Result<i64> {
    conn.one("SELECT COALESCE(MAX(id), 0) AS id FROM ticket", values![], |row| row.get("id")).await
}

/// Every request that was ever filed, for a check of the whole.
pub async fn all(conn: &Handle) -> Result<Vec<TicketId>> {
    conn.rows("SELECT id FROM ticket ORDER BY id", values![], |row| row.id("id", TicketId)).await
}
