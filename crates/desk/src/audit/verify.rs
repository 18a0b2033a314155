//! Whether the audit is whole, and its newest entry.

use rules::{access::Action, audit::Head};
use store::{Handle, audit::Verdict};

use crate::{Actor, Desk, Result};

/// The newest entry, for a note on paper.
pub async fn head(desk: &Desk, actor: &Actor) -> Result<Head> {
    actor.staff(Action::ReadAudit)?;
    Ok(store::audit::head(desk.store.read()).await?)
}

/// Counts all of it anew; the entries of `known` heads have to be there.
pub async fn verify(conn: &Handle, known: &[Head]) -> Result<Verdict> {
    Ok(store::audit::verify(conn, known).await?)
}
