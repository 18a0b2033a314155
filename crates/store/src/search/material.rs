//! What is indexed of requests, read from the database as it is now: facts, and words by who may read them.

use std::collections::BTreeMap;

use rules::{
    events::Audience,
    ids::{PersonId, TicketId},
    instant::Instant,
    keys::DetailKey,
    logs::Kind,
    query::Moment,
};
use tantivy::TantivyDocument;

use super::fields::{Fields, KIND_TICKET};
use crate::{
    Handle, Result, Store,
    blobs::BlobId,
    engine::{ToValue, slots, values, word},
    tickets::{COLUMNS, Ticket, ticket},
};

/// Bytes of a request's texts that are indexed, at most, for each audience.
const MOST: usize = 1024 * 1024;
/// Bytes of a text file that are indexed: from its beginning, and from its end, where logs say what went wrong.
const BEGINNING: u64 = 64 * 1024;
const END: u64 = 192 * 1024;
/// Bytes of all files of a request for each audience, so that room stays for what people wrote.
const FILES: usize = 768 * 1024;

/// A request as the index takes it.
#[derive(Clone, Debug)]
pub(super) struct Material {
    pub id: TicketId,
    ticket: Ticket,
    participants: Vec<PersonId>,
    details: Vec<(DetailKey, String)>,
    public: String,
    internal: String,
    /// Bytes that files have taken, public and internal.
    files: (usize, usize),
    /// The end of the hold of a reply that customers have not been sent yet.
    pub held_until: Option<Instant>,
}

impl Material {
    pub(super) fn document(&self, fields: &Fields) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(fields.kind, KIND_TICKET);
        document.add_u64(fields.ticket, self.id.0.unsigned_abs());
        document.add_u64(fields.requester, self.ticket.requester.0.unsigned_abs());
        for person in &self.participants {
            document.add_u64(fields.person, person.0.unsigned_abs());
        }
        if let Some(organisation) = self.ticket.organisation {
            document.add_u64(fields.organisation, organisation.0.unsigned_abs());
        }
        if let Some(reseller) = self.ticket.reseller {
            document.add_u64(fields.reseller, reseller.0.unsigned_abs());
        }
        self.add_facts(&mut document, fields);
        document.add_text(fields.subject, &self.ticket.subject);
        document.add_text(fields.public, &self.public);
        if !self.internal.is_empty() {
            document.add_text(fields.internal, &self.internal);
        }
        document
    }

    fn add_facts(&self, document: &mut TantivyDocument, fields: &Fields) {
        document.add_text(fields.secrecy, word(&self.ticket.secrecy));
        let facts = self.ticket.facts(&self.details);
        for token in facts.tokens().iter() {
            document.add_text(fields.fact, token);
        }
        let moments = [
            (fields.filed, Moment::Filed),
            (fields.updated, Moment::Updated),
            (fields.since, Moment::StateSince),
            (fields.due, Moment::Due),
        ];
        for (field, moment) in moments {
            if let Some(at) = facts.at(moment) {
                document.add_i64(field, at.micros());
            }
        }
        if let Some(place) = self.ticket.queue {
            document.add_u64(fields.bucket, place.bucket as u64);
            document.add_i64(fields.queue_at, place.at.micros());
        }
    }

    fn add_file(&mut self, audience: Audience, text: &str) {
        let taken = if audience == Audience::Public { &mut self.files.0 } else { &mut self.files.1 };
        if *taken + text.len() <= FILES {
            *taken += text.len();
            self.add(audience, text);
        }
    }

    fn add(&mut self, audience: Audience, text: &str) {
        let place = if audience == Audience::Public { &mut self.public } else { &mut self.internal };
        if place.len() + text.len() < MOST {
            place.push('\n');
            place.push_str(text);
        }
    }
}

/// Of those of the requests that exist; in the order of their numbers.
pub(super) async fn of(store: &Store, tickets: &[TicketId], now: Instant) -> Result<Vec<Material>> {
    let conn = store.read();
    let mut all = Vec::with_capacity(tickets.len());
    for chunk in tickets.chunks(500) {
        let mut found = facts(conn, chunk).await?;
        participants(conn, chunk, &mut found).await?;
        details(conn, chunk, &mut found).await?;
        messages(conn, chunk, now, &mut found).await?;
        files(store, chunk, &mut found).await?;
        all.extend(found.into_values());
    }
    Ok(all)
}

type Materials = BTreeMap<TicketId, Material>;

fn of_chunk(chunk: &[TicketId]) -> (String, Vec<sea_orm::Value>) {
    (slots(1, chunk.len()), chunk.iter().map(ToValue::to_value).collect())
}

async fn facts(conn: &Handle, chunk: &[TicketId]) -> Result<Materials> {
    let (ids, values) = of_chunk(chunk);
    let sql = format!("SELECT {COLUMNS} FROM ticket t WHERE t.id IN ({ids}) AND t.deleted_at IS NULL");
    let rows = conn.rows(&sql, values, |row| {
        let ticket = ticket(row)?;
        let id = ticket.id;
        let material = Material {
            id,
            participants: vec![],
            details: vec![],
            public: ticket.subject.clone(),
            ticket,
            internal: String::new(),
            files: (0, 0),
            held_until: None,
        };
        Ok((id, material))
    });
    Ok(rows.await?.into_iter().collect())
}

async fn participants(conn: &Handle, chunk: &[TicketId], found: &mut Materials) -> Result<()> {
    let (ids, values) = of_chunk(chunk);
    let sql = format!("SELECT ticket_id, person_id FROM participant WHERE ticket_id IN ({ids})");
    let read = conn.rows(&sql, values, |row| Ok((row.id("ticket_id", TicketId)?, row.id("person_id", PersonId)?)));
    for (ticket, person) in read.await? {
        if let Some(material) = found.get_mut(&ticket) {
            material.participants.push(person);
        }
    }
    Ok(())
}

async fn details(conn: &Handle, chunk: &[TicketId], found: &mut Materials) -> Result<()> {
    let (ids, values) = of_chunk(chunk);
    let sql = format!("SELECT ticket_id, detail, value FROM ticket_detail WHERE ticket_id IN ({ids})");
    let read = conn.rows(&sql, values, |row| {
        Ok((row.id("ticket_id", TicketId)?, DetailKey(row.get("detail")?), row.get::<String>("value")?))
    });
    for (ticket, key, value) in read.await? {
        if let Some(material) = found.get_mut(&ticket) {
            material.add(Audience::Public, &value);
            material.details.push((key, value));
        }
    }
    Ok(())
}

/// A reply within its hold is not said yet, so only staff find it.
async fn messages(conn: &Handle, chunk: &[TicketId], now: Instant, found: &mut Materials) -> Result<()> {
    let (ids, values) = of_chunk(chunk);
    let sql = format!(
        "SELECT ticket_id, audience, body, send_at FROM message WHERE ticket_id IN ({ids}) AND taken_back_at IS NULL"
    );
    let read = conn.rows(&sql, values, |row| {
        let said = (row.word::<Audience>("audience")?, row.get::<String>("body")?, row.instant("send_at")?);
        Ok((row.id("ticket_id", TicketId)?, said))
    });
    for (ticket, (audience, body, send_at)) in read.await? {
        let Some(material) = found.get_mut(&ticket) else { continue };
        if send_at > now {
            material.held_until = material.held_until.max(Some(send_at));
            material.add(Audience::Internal, &body);
        } else {
            material.add(audience, &body);
        }
    }
    Ok(())
}

/// The names of files, and what is written in texts; one of a message is for those who may read that.
async fn files(store: &Store, chunk: &[TicketId], found: &mut Materials) -> Result<()> {
    let (ids, mut values) = of_chunk(chunk);
    values.extend(values![word(&Audience::Public)]);
    let sql = format!(
        "SELECT a.ticket_id, a.name, a.kind, a.blob, COALESCE(m.audience, ${}) AS audience FROM attachment a \
         LEFT JOIN message m ON m.id = a.message_id \
         WHERE a.ticket_id IN ({ids}) AND a.removed_at IS NULL AND m.taken_back_at IS NULL",
        values.len()
    );
    let read = store.read().rows(&sql, values, |row| {
        let kind = row.get::<Option<String>>("kind")?.and_then(|kind| Kind::read(&kind));
        let blob = BlobId::read(&row.get::<String>("blob")?).filter(|_| kind.is_some_and(Kind::is_text));
        Ok((row.id("ticket_id", TicketId)?, row.word::<Audience>("audience")?, row.get::<String>("name")?, blob))
    });
    for (ticket, audience, name, blob) in read.await? {
        let Some(material) = found.get_mut(&ticket) else { continue };
        material.add(audience, &name);
        if let Some(blob) = blob {
            material.add_file(audience, &store.indexed_part(&blob).await?.join("\n"));
        }
    }
    Ok(())
}

impl Store {
    /// What of a text file is in the index, of what people read of it (LOG-3): its beginning, and its end where it is long.
    /// Nothing of a file that is not there any more.
    pub async fn indexed_part(&self, blob: &BlobId) -> Result<Vec<String>> {
        let ends = self.blobs().ends(blob, BEGINNING, END).await?;
        Ok(ends.iter().map(|part| String::from_utf8_lossy(part).into_owned()).collect())
    }
}

/// The requests that a person filed, wrote in, or gave files to.
pub(super) async fn of_person(conn: &Handle, person: PersonId) -> Result<Vec<TicketId>> {
    let sql = "SELECT id AS ticket FROM ticket WHERE requester_id = $1 \
               UNION ALL SELECT ticket_id AS ticket FROM message WHERE author_id = $1 \
               UNION ALL SELECT ticket_id AS ticket FROM attachment WHERE owner_id = $1 AND ticket_id IS NOT NULL";
    conn.rows(sql, values![person], |row| row.id("ticket", TicketId)).await
}
