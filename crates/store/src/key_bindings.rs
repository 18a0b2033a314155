//! Keys that members of staff have instead of everybody's.

use rules::ids::PersonId;

use crate::{Handle, Result, Tx, engine::values};

/// The acts and their keys; empty for none.
pub async fn of(conn: &Handle, person: PersonId) -> Result<Vec<(String, String)>> {
    conn.rows("SELECT act, pressed FROM key_binding WHERE person_id = $1 ORDER BY act", values![person], |row| {
        Ok((row.get("act")?, row.get("pressed")?))
    })
    .await
}

/// These, in place of those before.
pub async fn replace<'a>(tx: &Tx, person: PersonId, keys: impl Iterator<Item = (&'a str, &'a str)>) -> Result<()> {
    tx.run("DELETE FROM key_binding WHERE person_id = $1", values![person]).await?;
    for (act, pressed) in keys {
        let sql = "INSERT INTO key_binding (person_id, act, pressed) VALUES ($1, $2, $3)";
        tx.run(sql, values![person, act, pressed]).await?;
    }
    Ok(())
}
