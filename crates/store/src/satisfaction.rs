//! What people say after their request was closed.

use rules::{
    events::Verdict,
    ids::{PersonId, TicketId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{values, word},
};

/// How it went, and what was written with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub verdict: Verdict,
    pub words: String,
    pub said_at: Instant,
}

/// Keeps what a person says, in place of what they said before.
pub async fn say(tx: &Tx, (ticket, person): (TicketId, PersonId), said: &Said) -> Result<()> {
    tx.run(
        "INSERT INTO satisfaction (ticket_id, person_id, verdict, words, said_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (ticket_id, person_id) DO UPDATE SET verdict = excluded.verdict, words = excluded.words, \
         said_at = excluded.said_at",
        values![ticket, person, word(&said.verdict), said.words, said.said_at],
    )
    .await
    .map(drop)
}

/// What was said of a request, by whom.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<(PersonId, Said)>> {
    conn.rows(
        "SELECT person_id, verdict, words, said_at FROM satisfaction WHERE ticket_id = $1 ORDER BY person_id",
        values![ticket],
        |row| {
            let said =
                Said { verdict: row.word("verdict")?, words: row.get("words")?, said_at: row.instant("said_at")? };
            Ok((row.id("person_id", PersonId)?, said))
        },
    )
    .await
}
