//! Whole requests at once, many rows a statement: for worlds of a million requests. What stands in the rows is the
//! caller's; nothing is told from them here.

use rules::{
    events::{Author, Entry},
    ids::{MessageId, OutgoingId, Seq, TicketId},
    keys::{DetailKey, TickKey},
    reports::Fact,
};
use sea_orm::Value;

use crate::{
    Handle, Result, Tx, dialect,
    engine::{slots, values, word},
    events, messages,
    messages::{Delivery, Message},
    outgoing,
    outgoing::Outgoing,
    reports, sla,
    sla::ClockRow,
    tickets,
    tickets::Ticket,
};

/// A request with everything that is kept of it; its requester is its only participant.
#[derive(Clone, Debug)]
pub struct Whole {
    pub ticket: Ticket,
    pub product: String,
    pub details: Vec<(DetailKey, String)>,
    pub ticks: Vec<TickKey>,
    pub messages: Vec<Message>,
    pub deliveries: Vec<Delivery>,
    pub journal: Vec<Entry>,
    pub clocks: Vec<ClockRow>,
    /// What reports count.
    pub facts: Vec<Fact>,
    pub mails: Vec<Outgoing>,
}

/// The next numbers of the tables whose rows come numbered.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    pub ticket: TicketId,
    pub message: MessageId,
    pub seq: Seq,
    pub mail: OutgoingId,
}

pub async fn numbers(conn: &Handle) -> Result<Numbers> {
    let next = async |table: &str, column: &str| {
        let sql = format!("SELECT COALESCE(MAX({column}), 0) + 1 AS next FROM {table}");
        conn.one(&sql, values![], |row| row.get::<i64>("next")).await
    };
    Ok(Numbers {
        ticket: TicketId(next("ticket", "id").await?),
        message: MessageId(next("message", "id").await?),
        seq: Seq(next("journal", "seq").await?),
        mail: OutgoingId(next("outgoing", "id").await?),
    })
}

/// Reads one, as it would have been handed to `write`.
pub async fn read(conn: &Handle, id: TicketId) -> Result<Whole> {
    Ok(Whole {
        ticket: tickets::get(conn, id).await?,
        product: conn.one("SELECT product FROM ticket WHERE id = $1", values![id], |row| row.get("product")).await?,
        details: tickets::details(conn, id).await?,
        ticks: tickets::ticks(conn, id).await?,
        messages: messages::of_ticket(conn, id).await?,
        deliveries: messages::deliveries(conn, id).await?,
        journal: events::of_ticket(conn, id).await?,
        clocks: sla::of_ticket(conn, id).await?,
        facts: reports::of_ticket(conn, id).await?,
        mails: outgoing::of_ticket(conn, id).await?,
    })
}

/// Writes them all, each table in the order of its numbers.
pub async fn write(tx: &Tx, requests: &[Whole]) -> Result<()> {
    many(tx, TICKET, requests.iter().map(|request| ticket(&request.ticket, &request.product))).await?;
    many(tx, PARTICIPANT, requests.iter().map(|request| participant(&request.ticket))).await?;
    many(tx, DETAIL, requests.iter().flat_map(details)).await?;
    many(tx, TICK, requests.iter().flat_map(ticks)).await?;
    let mut said: Vec<&Message> = requests.iter().flat_map(|request| &request.messages).collect();
    said.sort_by_key(|message| message.id);
    many(tx, MESSAGE, said.into_iter().map(message)).await?;
    let mut arrived: Vec<&Delivery> = requests.iter().flat_map(|request| &request.deliveries).collect();
    arrived.sort_by_key(|delivery| delivery.at);
    many(tx, DELIVERY, arrived.into_iter().map(delivery)).await?;
    let mut journal: Vec<&Entry> = requests.iter().flat_map(|request| &request.journal).collect();
    journal.sort_by_key(|entry| entry.seq);
    let journal: Vec<Vec<Value>> = journal.into_iter().map(events::row).collect::<Result<_>>()?;
    many(tx, events::COLUMNS, journal.into_iter()).await?;
    many(tx, CLOCK, requests.iter().flat_map(clocks)).await?;
    many(tx, FACT, requests.iter().flat_map(facts)).await?;
    let mut mails: Vec<&Outgoing> = requests.iter().flat_map(|request| &request.mails).collect();
    mails.sort_by_key(|mail| mail.id);
    many(tx, MAIL, mails.into_iter().map(mail)).await
}

/// Has the numbered tables count on behind what was written.
pub async fn count_on(tx: &Tx) -> Result<()> {
    for (table, column) in [("ticket", "id"), ("message", "id"), ("journal", "seq"), ("outgoing", "id")] {
        if let Some(statement) = dialect::count_on(tx.backend(), table, column) {
            tx.maybe(&statement, values![], |_| Ok(())).await?;
        }
    }
    Ok(())
}

/// Gives every clock a mark, so that a world has as many that run as there are: for measuring what they cost the sweep.
pub async fn mark_every_clock(tx: &Tx, at: rules::instant::Instant) -> Result<u64> {
    tx.run("UPDATE clock SET mark_at = $1 + ticket_id WHERE mark_at IS NULL", values![at]).await
}

/// Rows of a statement: enough that parsing and passing it on cost little beside them.
const ROWS: usize = 100;

async fn many(tx: &Tx, into: &str, rows: impl Iterator<Item = Vec<Value>>) -> Result<()> {
    let mut rows = rows.peekable();
    let mut whole: Option<String> = None;
    while rows.peek().is_some() {
        let chunk: Vec<Vec<Value>> = rows.by_ref().take(ROWS).collect();
        let (count, width) = (chunk.len(), chunk[0].len());
        let statement = || {
            let groups: Vec<String> = (0..count).map(|row| format!("({})", slots(row * width + 1, width))).collect();
            format!("INSERT INTO {into} VALUES {}", groups.join(", "))
        };
        let values = chunk.into_iter().flatten().collect();
        match count {
            ROWS => tx.run(whole.get_or_insert_with(statement), values).await?,
            _ => tx.run(&statement(), values).await?,
        };
    }
    Ok(())
}

const TICKET: &str = "ticket (id, request_type, subject, requester_id, organisation_id, product, channel, parent_id, \
    assignee_id, state, state_since, reminded_at, wish, priority, priority_decided, plan, terms, secrecy, filed_at, updated_at, turn, \
    turn_since, queue_bucket, queue_at)";

fn ticket(ticket: &Ticket, product: &str) -> Vec<Value> {
    values![
        ticket.id,
        ticket.request_type,
        ticket.subject,
        ticket.requester,
        ticket.organisation,
        product,
        ticket.channel,
        ticket.parent,
        ticket.assignee,
        ticket.state,
        ticket.state_since,
        ticket.reminded_at,
        ticket.wish,
        ticket.priority,
        ticket.priority_decided,
        ticket.plan,
        ticket.terms,
        ticket.secrecy,
        ticket.filed_at,
        ticket.updated_at,
        word(&ticket.turn.whose),
        ticket.turn.since,
        ticket.queue.map(|place| place.bucket as i64),
        ticket.queue.map(|place| place.at),
    ]
}

const PARTICIPANT: &str = "participant (ticket_id, person_id, since_at)";

fn participant(ticket: &Ticket) -> Vec<Value> {
    values![ticket.id, ticket.requester, ticket.filed_at]
}

const DETAIL: &str = "ticket_detail (ticket_id, detail, place, value)";

fn details(request: &Whole) -> impl Iterator<Item = Vec<Value>> {
    let id = request.ticket.id;
    (0_i64..).zip(&request.details).map(move |(place, (detail, value))| values![id, detail, place, value])
}

const TICK: &str = "ticket_tick (ticket_id, tick)";

fn ticks(request: &Whole) -> impl Iterator<Item = Vec<Value>> {
    let id = request.ticket.id;
    request.ticks.iter().map(move |tick| values![id, tick])
}

const MESSAGE: &str = "message (id, ticket_id, author_kind, author_id, audience, human, assisted, channel, body, \
    posted_at, send_at, taken_back_at)";

fn message(message: &Message) -> Vec<Value> {
    let (kind, person) = match message.author {
        Author::Customer(person) => ("customer", Some(person)),
        Author::Staff(person) => ("staff", Some(person)),
        Author::Machine => ("machine", None),
    };
    values![
        message.id,
        message.ticket,
        kind,
        person,
        message.audience,
        message.human,
        message.assisted,
        message.channel,
        message.body,
        message.posted_at,
        message.send_at,
        message.taken_back_at,
    ]
}

const DELIVERY: &str = "delivery (message_id, person_id, via, outcome, at)";

fn delivery(delivery: &Delivery) -> Vec<Value> {
    values![delivery.message, delivery.to, delivery.via, word(&delivery.outcome), delivery.at]
}

const CLOCK: &str = "clock (ticket_id, place, target, cycle, started_at, due_at, standing, ended_at, worked, \
    mark_at)";

fn clocks(request: &Whole) -> impl Iterator<Item = Vec<Value>> {
    let id = request.ticket.id;
    (0_i64..).zip(&request.clocks).map(move |(place, clock)| sla::row(id, place, clock))
}

const FACT: &str = "report_fact (ticket_id, place, kind, how, at, worked, passed)";

fn facts(request: &Whole) -> impl Iterator<Item = Vec<Value>> {
    let id = request.ticket.id;
    (0_i64..).zip(&request.facts).map(move |(place, fact)| reports::row(id, place, fact))
}

const MAIL: &str = "outgoing (id, key, kind, ticket_id, message_id, person_id, sender, recipient, subject, bytes, \
    created_at, tries, outcome, outcome_at, answer, ordered)";

fn mail(mail: &Outgoing) -> Vec<Value> {
    values![
        mail.id,
        mail.key,
        mail.kind,
        mail.ticket,
        mail.message,
        mail.person,
        mail.sender,
        mail.recipient,
        mail.subject,
        mail.bytes,
        mail.created_at,
        mail.tries,
        mail.outcome,
        mail.outcome_at,
        mail.answer,
        mail.ordered,
    ]
}
