//! Which secret has which mask, in a draft or in a request (LOG-3). Of a secret only a keyed digest is kept.

use rules::{
    ids::{DraftId, TicketId},
    logs::mask::{Digest, Known, Secret},
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, values},
};

/// Whose masks they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Draft(DraftId),
    Ticket(TicketId),
}

pub async fn of(conn: &Handle, whose: Of) -> Result<Vec<Known>> {
    match whose {
        Of::Draft(draft) => {
            conn.rows("SELECT digest, secret, number FROM mask WHERE draft_id = $1", values![draft], known).await
        }
        Of::Ticket(ticket) => {
            conn.rows("SELECT digest, secret, number FROM mask WHERE ticket_id = $1", values![ticket], known).await
        }
    }
}

/// Keeps new ones; `Conflict` where another text gave a number away meanwhile.
pub async fn insert(tx: &Tx, whose: Of, fresh: &[Known]) -> Result<()> {
    let (draft, ticket) = match whose {
        Of::Draft(draft) => (Some(draft), None),
        Of::Ticket(ticket) => (None, Some(ticket)),
    };
    for known in fresh {
        tx.run(
            "INSERT INTO mask (draft_id, ticket_id, digest, secret, number) VALUES ($1, $2, $3, $4, $5)",
            values![draft, ticket, hex(&known.digest), known.secret.as_str(), i64::from(known.number)],
        )
        .await?;
    }
    Ok(())
}

/// A draft's masks become those of the request that it was sent as.
pub async fn hand_over(tx: &Tx, draft: DraftId, ticket: TicketId) -> Result<()> {
    tx.run("UPDATE mask SET draft_id = NULL, ticket_id = $2 WHERE draft_id = $1", values![draft, ticket]).await?;
    Ok(())
}

/// The masks of one request, for another that goes on with a part of it: the same secrets keep their numbers.
pub async fn copy(tx: &Tx, from: TicketId, to: TicketId) -> Result<()> {
    tx.run(
        "INSERT INTO mask (ticket_id, digest, secret, number) \
         SELECT $2, digest, secret, number FROM mask WHERE ticket_id = $1",
        values![from, to],
    )
    .await
    .map(drop)
}

fn hex(digest: &Digest) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn known(row: &Row<'_>) -> Result<Known> {
    let (digest, secret, number): (String, String, i64) = (row.get("digest")?, row.get("secret")?, row.get("number")?);
    let mut bytes = Digest::default();
    for (at, byte) in bytes.iter_mut().enumerate() {
        let pair = digest.get(2 * at..2 * at + 2).unwrap_or_default();
        *byte = u8::from_str_radix(pair, 16).map_err(|_| Error::broken("a mask's digest is no digest"))?;
    }
    let secret = Secret::read(&secret).ok_or_else(|| Error::broken(format!("`{secret}` is no kind of secret")))?;
    Ok(Known { digest: bytes, secret, number: u32::try_from(number).map_err(Error::broken)? })
}
