//! Systems that the migration tool does not read, and who asked for them (REQ-6): one voice for an organisation, or for a
//! person who stands alone.

use rules::{
    ids::{OrganisationId, PersonId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// Somebody asks for a system.
#[derive(Clone, Copy, Debug)]
pub struct NewVoice<'a> {
    /// As it is counted.
    pub system: &'a str,
    /// As it was written.
    pub written: &'a str,
    pub person: PersonId,
    pub organisation: Option<OrganisationId>,
    pub now: Instant,
}

/// A system and how many asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// One of the ways in which it was written.
    pub written: String,
    pub voices: i64,
    pub last_at: Instant,
}

/// Counts it, once for an organisation; `false` when it was counted before.
pub async fn ask(tx: &Tx, new: NewVoice<'_>) -> Result<bool> {
    let voice = match new.organisation {
        Some(organisation) => format!("organisation/{organisation}"),
        None => format!("person/{}", new.person),
    };
    let counted = tx
        .run(
            "INSERT INTO asked_system (system, voice, written, person_id, asked_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (system, voice) DO NOTHING",
            values![new.system, voice, new.written, new.person, new.now],
        )
        .await?;
    Ok(counted > 0)
}

/// All of them with their counts, the most wanted first. Each is one of few: nobody comes from thousands of systems.
pub async fn asked(conn: &Handle) -> Result<Vec<Asked>> {
    let sql = "SELECT MIN(written) AS written, COUNT(*) AS voices, MAX(asked_at) AS last_at FROM asked_system \
               GROUP BY system";
    let mut asked = conn
        .rows(sql, values![], |row: &Row<'_>| {
            let (written, voices) = (row.get("written")?, row.get("voices")?);
            Ok(Asked { written, voices, last_at: row.instant("last_at")? })
        })
        .await?;
    asked.sort_by(|a, b| b.voices.cmp(&a.voices).then_with(|| a.written.cmp(&b.written)));
    Ok(asked)
}
