//! Requests that may be meant while somebody writes "#" and what follows.

use rules::{access::Action, ids::TicketId};

use super::{Glance, glance};
use crate::{
    Actor, Desk, Result,
    tickets::{Row, seen, seen_rows},
};

/// Offered at once, at most.
const OFFERED: usize = 8;

/// By a number or words, in what is written in a request, which is none of them; what it has to do with where nothing was
/// typed.
pub async fn referable(desk: &Desk, actor: &Actor, id: TicketId, begun: &str) -> Result<Vec<Row>> {
    let signed = actor.staff(Action::UseDesk)?;
    let conn = desk.store.read();
    seen(conn, signed, id).await?;
    let linked = if begun.is_empty() { store::ties::links(conn, id).await? } else { vec![] };
    let mut rows = match linked.as_slice() {
        [] => {
            let Glance { requests, .. } = glance(desk, actor, begun).await?;
            requests
        }
        linked => seen_rows(desk, &signed.scope, linked).await?,
    };
    rows.retain(|row| row.ticket.id != id);
    rows.truncate(OFFERED);
    Ok(rows)
}
