//! Messages of a conversation, and what became of them for each recipient.

use rules::{
    events::{Audience, Author, Channel, Via},
    ids::{BulkJobId, MessageId, PersonId, TicketId},
    instant::Instant,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values, word},
};

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: MessageId,
    pub ticket: TicketId,
    pub author: Author,
    pub audience: Audience,
    /// Sent by a person's hand.
    pub human: bool,
    /// Drafted by a program, sent by a person.
    pub assisted: bool,
    pub channel: Channel,
    /// Markdown as written; empty once redacted or erased.
    pub body: String,
    pub posted_at: Instant,
    /// The end of its hold: before it only staff see it.
    pub send_at: Instant,
    pub taken_back_at: Option<Instant>,
    /// With which job in bulk it was written.
    pub bulk: Option<BulkJobId>,
}

/// A message about to be kept.
#[derive(Clone, Debug)]
pub struct NewMessage<'a> {
    pub ticket: TicketId,
    pub author: Author,
    pub audience: Audience,
    pub human: bool,
    pub assisted: bool,
    pub channel: Channel,
    pub body: &'a str,
    pub posted_at: Instant,
    pub send_at: Instant,
    pub bulk: Option<BulkJobId>,
}

const MESSAGE: &str = "SELECT id, ticket_id, author_kind, author_id, audience, human, assisted, channel, body, posted_at, \
    send_at, taken_back_at, bulk_job_id FROM message";

pub async fn insert(tx: &Tx, new: &NewMessage<'_>) -> Result<MessageId> {
    let (kind, person) = match new.author {
        Author::Customer(person) => ("customer", Some(person)),
        Author::Staff(person) => ("staff", Some(person)),
        Author::Machine => ("machine", None),
    };
    tx.insert(
        "INSERT INTO message (ticket_id, author_kind, author_id, audience, human, assisted, channel, body, posted_at, send_at, \
         bulk_job_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
        values![
            new.ticket,
            kind,
            person,
            new.audience,
            new.human,
            new.assisted,
            new.channel,
            new.body,
            new.posted_at,
            new.send_at,
            new.bulk
        ],
    )
    .await
    .map(MessageId)
}

pub async fn get(conn: &Handle, id: MessageId) -> Result<Message> {
    conn.one(&format!("{MESSAGE} WHERE id = $1"), values![id], message).await
}

/// A request's messages in the order in which they were posted.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<Message>> {
    conn.rows(&format!("{MESSAGE} WHERE ticket_id = $1 ORDER BY id"), values![ticket], message).await
}

/// Its newest message; 0 where there is none.
pub async fn newest(conn: &Handle, ticket: TicketId) -> Result<MessageId> {
    let newest = "SELECT COALESCE(MAX(id), 0) AS id FROM message WHERE ticket_id = $1";
    conn.one(newest, values![ticket], |row| row.id("id", MessageId)).await
}

/// How many messages a request has.
pub async fn count(conn: &Handle, ticket: TicketId) -> Result<usize> {
    let count: i64 =
        conn.one("SELECT COUNT(*) AS n FROM message WHERE ticket_id = $1", values![ticket], |row| row.get("n")).await?;
    usize::try_from(count).map_err(Error::broken)
}

fn message(row: &Row<'_>) -> Result<Message> {
    let person = row.maybe_id("author_id", PersonId)?;
    let author = match (row.get::<String>("author_kind")?.as_str(), person) {
        ("customer", Some(person)) => Author::Customer(person),
        ("staff", Some(person)) => Author::Staff(person),
        ("machine", _) => Author::Machine,
        (kind, _) => return Err(Error::broken(format!("a message by {kind} without a person"))),
    };
    Ok(Message {
        id: row.id("id", MessageId)?,
        ticket: row.id("ticket_id", TicketId)?,
        author,
        audience: row.word("audience")?,
        human: row.get("human")?,
        assisted: row.get("assisted")?,
        channel: row.word("channel")?,
        body: row.get("body")?,
        posted_at: row.instant("posted_at")?,
        send_at: row.instant("send_at")?,
        taken_back_at: row.maybe_instant("taken_back_at")?,
        bulk: row.maybe_id("bulk_job_id", BulkJobId)?,
    })
}

/// Takes a message back; `false` when its hold is over or it was taken back before.
pub async fn take_back(tx: &Tx, id: MessageId, now: Instant) -> Result<bool> {
    let taken = tx
        .run(
            "UPDATE message SET taken_back_at = $2 WHERE id = $1 AND send_at > $2 AND taken_back_at IS NULL",
            values![id, now],
        )
        .await?;
    Ok(taken > 0)
}

/// What became of a message for a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub message: MessageId,
    pub to: PersonId,
    pub via: Via,
    pub outcome: Outcome,
    pub at: Instant,
}

/// Writes a delivery down; `false` when one by the same way was written before.
pub async fn deliver(tx: &Tx, delivery: Delivery) -> Result<bool> {
    let Delivery { message, to, via, outcome, at } = delivery;
    let new = tx
        .run(
            "INSERT INTO delivery (message_id, person_id, via, outcome, at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (message_id, person_id, via) DO NOTHING",
            values![message, to, via, word(&outcome), at],
        )
        .await?;
    Ok(new > 0)
}

/// One that was refused by this way arrived when it was sent again; `false` where it had not been refused.
pub async fn arrived_after_all(tx: &Tx, delivery: Delivery) -> Result<bool> {
    let Delivery { message, to, via, at, .. } = delivery;
    let (arrived, refused) = (word(&Outcome::Arrived), word(&Outcome::Refused));
    let sql = "UPDATE delivery SET outcome = $4, at = $5 WHERE message_id = $1 AND person_id = $2 AND via = $3 \
               AND outcome = $6";
    Ok(tx.run(sql, values![message, to, via, arrived, at, refused]).await? > 0)
}

/// What became of a request's messages, in the order of messages and recipients.
pub async fn deliveries(conn: &Handle, ticket: TicketId) -> Result<Vec<Delivery>> {
    let mut deliveries = conn
        .rows(
            "SELECT d.message_id, d.person_id, d.via, d.outcome, d.at FROM message m \
             JOIN delivery d ON d.message_id = m.id WHERE m.ticket_id = $1",
            values![ticket],
            |row| {
                Ok(Delivery {
                    message: row.id("message_id", MessageId)?,
                    to: row.id("person_id", PersonId)?,
                    via: row.word("via")?,
                    outcome: row.word("outcome")?,
                    at: row.instant("at")?,
                })
            },
        )
        .await?;
    deliveries.sort_by_key(|delivery| (delivery.message, delivery.to, delivery.at));
    Ok(deliveries)
}

/// How a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Arrived,
    Refused,
    Bounced,
}

/// Public messages of these requests that are within their hold.
pub async fn held(conn: &Handle, tickets: &[TicketId], now: Instant) -> Result<Vec<(TicketId, MessageId)>> {
    if tickets.is_empty() {
        return Ok(vec![]);
    }
    let mut values = values![now];
    values.extend(tickets.iter().map(ToValue::to_value));
    let sql = format!(
        "SELECT ticket_id, id FROM message WHERE ticket_id IN ({}) AND audience = 'public' AND send_at > $1 \
         AND taken_back_at IS NULL ORDER BY ticket_id, id",
        slots(2, tickets.len())
    );
    conn.rows(&sql, values, |row| Ok((row.id("ticket_id", TicketId)?, row.id("id", MessageId)?))).await
}

/// Messages of a request that this person has not been sent yet by the portal.
pub async fn unseen(conn: &Handle, ticket: TicketId, person: PersonId, now: Instant) -> Result<Vec<MessageId>> {
    conn.rows(
        "SELECT m.id FROM message m WHERE m.ticket_id = $1 AND m.audience = 'public' AND m.author_kind <> 'customer' \
         AND m.send_at <= $3 AND m.taken_back_at IS NULL AND NOT EXISTS \
         (SELECT 1 FROM delivery d WHERE d.message_id = m.id AND d.person_id = $2 AND d.via = 'portal') ORDER BY m.id",
        values![ticket, person, now],
        |row| row.id("id", MessageId),
    )
    .await
}
