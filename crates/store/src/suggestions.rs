//! What was shown under a subject while it was typed, and what became of it (REQ-7). Ids and counts, no words of anybody.

use rules::{
    ids::{PersonId, TicketId},
    instant::Instant,
    search::Target,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// The form that something is typed into, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet<'a> {
    pub person: PersonId,
    pub form: &'a str,
}

/// An answer that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub target: Target,
    /// How often it was opened.
    pub opened: i64,
    /// When its reader said that it is something else.
    pub waved_away_at: Option<Instant>,
}

/// Writes down that these were shown; those that were before stay as they are.
pub async fn show(tx: &Tx, sheet: Sheet<'_>, targets: &[Target], now: Instant) -> Result<()> {
    for target in targets {
        tx.run(
            "INSERT INTO suggestion (person_id, form, target, shown_at, opened) VALUES ($1, $2, $3, $4, 0) \
             ON CONFLICT (person_id, form, target) DO NOTHING",
            values![sheet.person, sheet.form, target.to_string(), now],
        )
        .await?;
    }
    Ok(())
}

/// Counts an opening; `false` for what was never shown there.
pub async fn open(tx: &Tx, sheet: Sheet<'_>, target: &Target) -> Result<bool> {
    let sql = "UPDATE suggestion SET opened = opened + 1 WHERE person_id = $1 AND form = $2 AND target = $3";
    Ok(tx.run(sql, values![sheet.person, sheet.form, target.to_string()]).await? > 0)
}

/// Its reader said that it is something else; `false` for what was never shown there.
pub async fn wave_away(tx: &Tx, sheet: Sheet<'_>, target: &Target, now: Instant) -> Result<bool> {
    let sql = "UPDATE suggestion SET waved_away_at = COALESCE(waved_away_at, $4) \
               WHERE person_id = $1 AND form = $2 AND target = $3";
    Ok(tx.run(sql, values![sheet.person, sheet.form, target.to_string(), now]).await? > 0)
}

/// What the form showed belongs to the request that it filed.
pub async fn tie(tx: &Tx, sheet: Sheet<'_>, ticket: TicketId) -> Result<()> {
    let sql = "UPDATE suggestion SET ticket_id = $3 WHERE person_id = $1 AND form = $2";
    tx.run(sql, values![sheet.person, sheet.form, ticket]).await.map(drop)
}

/// What a form has shown.
pub async fn of_form(conn: &Handle, sheet: Sheet<'_>) -> Result<Vec<Shown>> {
    let sql = "SELECT target, opened, waved_away_at FROM suggestion WHERE person_id = $1 AND form = $2";
    Ok(conn.rows(sql, values![sheet.person, sheet.form], shown).await?.into_iter().flatten().collect())
}

/// What was shown before a request was filed.
pub async fn of_ticket(conn: &Handle, ticket: TicketId) -> Result<Vec<Shown>> {
    let sql = "SELECT target, opened, waved_away_at FROM suggestion WHERE ticket_id = $1";
    Ok(conn.rows(sql, values![ticket], shown).await?.into_iter().flatten().collect())
}

/// What no release knows any more is no answer.
fn shown(row: &Row<'_>) -> Result<Option<Shown>> {
    let Ok(target) = row.get::<String>("target")?.parse() else { return Ok(None) };
    let (opened, waved_away_at) = (row.get("opened")?, row.maybe_instant("waved_away_at")?);
    Ok(Some(Shown { target, opened, waved_away_at }))
}

/// Throws away what belongs to forms that nobody has sent since then.
pub async fn sweep(tx: &Tx, before: Instant) -> Result<u64> {
    tx.run("DELETE FROM suggestion WHERE ticket_id IS NULL AND shown_at < $1", values![before]).await
}
