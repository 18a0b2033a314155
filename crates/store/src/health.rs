//! What a database says of itself to whoever looks after it: its version, whether it is whole, how it waits for its disk,
//! and what time it has. Reads only, and brings nothing up to date.

use rules::instant::Instant;

use crate::{
    Handle, Place, Result, Store, copy, dialect,
    engine::{open, values},
};

/// What it said.
#[derive(Clone, Debug)]
pub struct Health {
    pub version: String,
    /// The steps of its schema.
    pub steps: Vec<String>,
    /// What it finds wrong with itself; a PostgreSQL server is not asked.
    pub faults: Vec<String>,
    /// Settings that decide whether what is written lasts: name and value.
    pub lasting: Vec<(&'static str, String)>,
    /// The server's clock and zone; none for a database without a server.
    pub clock: Option<(Instant, String)>,
}

/// Whether there is a database to ask.
pub fn is_there(place: &Place) -> bool {
    place.embedded().is_none_or(|folder| folder.join(open::FILE).exists())
}

/// Its version, as it says it.
pub async fn version(conn: &Handle) -> Result<String> {
    word(conn, dialect::health(conn.backend()).version).await
}

/// Asks it.
pub async fn ask(place: &Place) -> Result<Health> {
    let conn = Store::look(place)?;
    let asked = of(&conn).await;
    conn.close().await?;
    asked
}

async fn of(conn: &Handle) -> Result<Health> {
    let questions = dialect::health(conn.backend());
    let mut lasting = Vec::new();
    for (name, question) in questions.lasting {
        lasting.push((*name, word(conn, question).await?));
    }
    let mut faults = Vec::new();
    for question in questions.faults {
        faults.extend(conn.rows(question, values![], |row| row.get::<String>("said")).await?);
    }
    let clock = match questions.clock {
        Some(question) => Some(conn.one(question, values![], |row| Ok((row.instant("now")?, row.get("zone")?))).await?),
        None => None,
    };
    Ok(Health {
        version: word(conn, questions.version).await?,
        steps: copy::steps(conn).await?,
        faults,
        lasting,
        clock,
    })
}

async fn word(conn: &Handle, question: &str) -> Result<String> {
    conn.one(question, values![], |row| row.get("said")).await
}
