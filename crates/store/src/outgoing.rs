//! Mail on its way out: the intent with its bytes before it is sent, the outcome after.

use rules::{
    ids::{MessageId, OutgoingId, PersonId, TicketId},
    instant::Instant,
    mail::NotOwed,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values, word},
};

/// A mail.
#[derive(Clone, Debug)]
pub struct Outgoing {
    pub id: OutgoingId,
    /// What it is about, once: `reply/17/4`. Also the source of its Message-ID.
    pub key: String,
    pub kind: String,
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    pub person: Option<PersonId>,
    pub sender: String,
    pub recipient: String,
    pub subject: String,
    /// The whole mail; gone once sent, when it carried a secret link, and after an erasure.
    pub bytes: Option<Vec<u8>>,
    pub created_at: Instant,
    pub tries: u32,
    /// `sent`, `refused`, or `None` while under way.
    pub outcome: Option<String>,
    pub outcome_at: Option<Instant>,
    /// What the receiving server said.
    pub answer: Option<String>,
    /// What was owed, by ids; none in mails from before it was kept.
    pub ordered: Option<String>,
    /// When it was refused and somebody had it sent again.
    pub again_at: Option<Instant>,
    pub again_by: Option<PersonId>,
    /// Why it was not sent again after all.
    pub again_left: Option<NotOwed>,
}

/// A mail about to be sent.
#[derive(Clone, Debug)]
pub struct NewOutgoing<'a> {
    pub key: &'a str,
    pub kind: &'a str,
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    pub person: Option<PersonId>,
    pub sender: &'a str,
    pub recipient: &'a str,
    pub subject: &'a str,
    pub bytes: &'a [u8],
    pub ordered: &'a str,
    pub now: Instant,
}

pub(crate) const OUTGOING: &str = "SELECT id, key, kind, ticket_id, message_id, person_id, sender, recipient, subject, bytes, \
    created_at, tries, outcome, outcome_at, answer, ordered, again_at, again_by_id, again_left FROM outgoing";

pub async fn insert(tx: &Tx, new: &NewOutgoing<'_>) -> Result<OutgoingId> {
    tx.insert(
        "INSERT INTO outgoing (key, kind, ticket_id, message_id, person_id, sender, recipient, subject, bytes, created_at, tries, ordered) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11) RETURNING id",
        values![
            new.key,
            new.kind,
            new.ticket,
            new.message,
            new.person,
            new.sender,
            new.recipient,
            new.subject,
            new.bytes,
            new.now,
            new.ordered
        ],
    )
    .await
    .map(OutgoingId)
}

pub async fn by_key(conn: &Handle, key: &str) -> Result<Option<Outgoing>> {
    conn.maybe(&format!("{OUTGOING} WHERE key = $1"), values![key], outgoing).await
}

pub async fn get(conn: &Handle, id: OutgoingId) -> Result<Outgoing> {
    conn.one(&format!("{OUTGOING} WHERE id = $1"), values![id], outgoing).await
}

/// The mails about a request, in the order in which they were written.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<Outgoing>> {
    let mut mails = conn.rows(&format!("{OUTGOING} WHERE ticket_id = $1"), values![ticket], outgoing).await?;
    mails.sort_by_key(|mail| mail.id);
    Ok(mails)
}

/// A try begins: counted before, so that a copy after a crash is counted too.
pub async fn trying(tx: &Tx, id: OutgoingId) -> Result<()> {
    tx.run("UPDATE outgoing SET tries = tries + 1 WHERE id = $1", values![id]).await.map(drop)
}

/// How it ended; what ended before, by an erasure too, stays as it is. `forget_bytes` is for mails that carry a secret
/// link.
pub async fn settle(tx: &Tx, id: OutgoingId, end: End<'_>) -> Result<()> {
    tx.run(
        "UPDATE outgoing SET outcome = $2, outcome_at = $3, answer = $4 WHERE id = $1 AND outcome IS NULL",
        values![id, end.outcome, end.at, end.answer],
    )
    .await?;
    if end.forget_bytes {
        tx.run("UPDATE outgoing SET bytes = NULL WHERE id = $1", values![id]).await?;
    }
    Ok(())
}

/// A refused one is sent again; `false` where it was before, or is not refused, or it is not known what was owed.
pub async fn send_again(tx: &Tx, id: OutgoingId, (by, at): (PersonId, Instant)) -> Result<bool> {
    let sql = "UPDATE outgoing SET again_by_id = $2, again_at = $3 WHERE id = $1 AND outcome = 'refused' \
               AND again_at IS NULL AND ordered IS NOT NULL";
    Ok(tx.run(sql, values![id, by, at]).await? > 0)
}

/// It is not sent again after all.
pub async fn leave_again(tx: &Tx, id: OutgoingId, why: NotOwed) -> Result<()> {
    tx.run("UPDATE outgoing SET again_left = $2 WHERE id = $1", values![id, word(&why)]).await.map(drop)
}

/// What the mails about a request said is kept no longer. One that waits is written anew, as it may be said now: its key
/// stays, and so does its Message-ID.
pub async fn hush(tx: &Tx, ticket: TicketId) -> Result<()> {
    tx.run("DELETE FROM outgoing WHERE ticket_id = $1 AND outcome IS NULL", values![ticket]).await?;
    tx.run("UPDATE outgoing SET subject = '', bytes = NULL WHERE ticket_id = $1", values![ticket]).await.map(drop)
}

/// The end of a mail.
#[derive(Clone, Debug)]
pub struct End<'a> {
    pub outcome: &'a str,
    pub at: Instant,
    pub answer: &'a str,
    pub forget_bytes: bool,
}

/// The mails before `before`, the newest first.
pub async fn newest(conn: &Handle, before: Option<OutgoingId>, limit: i64) -> Result<Vec<Outgoing>> {
    conn.rows(
        &format!("{OUTGOING} WHERE id < $1 ORDER BY id DESC LIMIT $2"),
        values![before.unwrap_or(OutgoingId(i64::MAX)), limit],
        outgoing,
    )
    .await
}

pub(crate) fn outgoing(row: &Row<'_>) -> Result<Outgoing> {
    Ok(Outgoing {
        id: row.id("id", OutgoingId)?,
        key: row.get("key")?,
        kind: row.get("kind")?,
        ticket: row.maybe_id("ticket_id", TicketId)?,
        message: row.maybe_id("message_id", MessageId)?,
        person: row.maybe_id("person_id", PersonId)?,
        sender: row.get("sender")?,
        recipient: row.get("recipient")?,
        subject: row.get("subject")?,
        bytes: row.get("bytes")?,
        created_at: row.instant("created_at")?,
        tries: u32::try_from(row.get::<i64>("tries")?).map_err(crate::Error::broken)?,
        outcome: row.get("outcome")?,
        outcome_at: row.maybe_instant("outcome_at")?,
        answer: row.get("answer")?,
        ordered: row.get("ordered")?,
        again_at: row.maybe_instant("again_at")?,
        again_by: row.maybe_id("again_by_id", PersonId)?,
        again_left: row.maybe_word("again_left")?,
    })
}
