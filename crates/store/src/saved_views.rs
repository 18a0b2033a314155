//! Questions that staff keep as views.

use rules::{
    ids::{PersonId, SavedViewId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// A view as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    pub id: SavedViewId,
    pub owner: PersonId,
    pub name: String,
    /// In the filter language, as it was written.
    pub question: String,
    /// Whether all of the desk sees it.
    pub shared: bool,
}

const VIEW: &str = "SELECT id, owner_id, name, question, shared FROM saved_view";

fn view(row: &Row<'_>) -> Result<SavedView> {
    Ok(SavedView {
        id: row.id("id", SavedViewId)?,
        owner: row.id("owner_id", PersonId)?,
        name: row.get("name")?,
        question: row.get("question")?,
        shared: row.get("shared")?,
    })
}

/// Keeps it; `names` are the people whom its question names.
pub async fn insert(tx: &Tx, new: &SavedView, names: &[PersonId], now: Instant) -> Result<SavedViewId> {
    let insert = tx.insert(
        "INSERT INTO saved_view (owner_id, name, question, shared, changed_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        values![new.owner, &new.name, &new.question, new.shared, now],
    )
    ;
    let id = insert.await.map(SavedViewId)?;
    set_names(tx, id, names).await?;
    Ok(id)
}

async fn set_names(tx: &Tx, id: SavedViewId, names: &[PersonId]) -> Result<()> {
    tx.run("DELETE FROM saved_view_person WHERE view_id = $1", values![id]).await?;
    for person in names {
        let sql = "INSERT INTO saved_view_person (view_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        tx.run(sql, values![id, person]).await?;
    }
    Ok(())
}

/// Its name, its question, whom that names and who sees it are these now.
pub async fn change(tx: &Tx, changed: &SavedView, names: &[PersonId], now: Instant) -> Result<()> {
    tx.run(
        "UPDATE saved_view SET name = $2, question = $3, shared = $4, changed_at = $5 WHERE id = $1",
        values![changed.id, &changed.name, &changed.question, changed.shared, now],
    )
    .await?;
    set_names(tx, changed.id, names).await
}

pub async fn remove(tx: &Tx, id: SavedViewId) -> Result<()> {
    tx.run("DELETE FROM saved_view WHERE id = $1", values![id]).await.map(drop)
}

pub async fn get(conn: &Handle, id: SavedViewId) -> Result<SavedView> {
    conn.one(&format!("{VIEW} WHERE id = $1"), values![id], view).await
}

/// Those of a person, in the order in which they were made.
pub async fn of(conn: &Handle, owner: PersonId) -> Result<Vec<SavedView>> {
    conn.rows(&format!("{VIEW} WHERE owner_id = $1 ORDER BY id"), values![owner], view).await
}

/// Those that all of the desk sees, in the order in which they were made.
pub async fn shared(conn: &Handle) -> Result<Vec<SavedView>> {
    conn.rows(&format!("{VIEW} WHERE shared ORDER BY id"), values![], view).await
}
