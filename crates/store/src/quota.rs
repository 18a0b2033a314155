//! How much room files take: summed where it is asked, by an index that holds nothing else. One transaction writes at a time,
//! so what a transaction reads here stays so until it ends.

use rules::{
    ids::{OrganisationId, PersonId},
    instant::Instant,
};

use crate::{Handle, Result, engine::values};

/// Whose room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomOf {
    Organisation(OrganisationId),
    /// Of somebody without an organisation.
    Person(PersonId),
}

/// What is taken of it, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// By files.
    pub files: i64,
    /// By files on their way, as large as they will be.
    pub reserved: i64,
    /// When the first of the files is removed by itself.
    pub frees_at: Option<Instant>,
}

impl Taken {
    pub fn bytes(self) -> i64 {
        self.files.saturating_add(self.reserved)
    }
}

const FILES: &str =
    "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes, MIN(expires_at) AS frees_at FROM attachment";
const UPLOADS: &str = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes FROM upload";

/// What is taken at an instant. A file whose time is over takes nothing, whenever the broom comes.
pub async fn taken(conn: &Handle, of: RoomOf, now: Instant) -> Result<Taken> {
    let (whose, id) = match of {
        RoomOf::Organisation(id) => ("organisation_id = $1", id.0),
        RoomOf::Person(id) => ("organisation_id IS NULL AND OWNER = $1", id.0),
    };
    let files = format!(
        "{FILES} WHERE {} AND removed_at IS NULL AND (expires_at IS NULL OR expires_at > $2)",
        whose.replace("OWNER", "owner_id")
    );
    let uploads = format!(
        "{UPLOADS} WHERE {} AND attachment_id IS NULL AND expires_at > $2",
        whose.replace("OWNER", "person_id")
    );
    let (files, frees_at) =
        conn.one(&files, values![id, now], |row| Ok((row.get("bytes")?, row.maybe_instant("frees_at")?))).await?;
    let reserved = conn.one(&uploads, values![id, now], |row| row.get("bytes")).await?;
    Ok(Taken { files, reserved, frees_at })
}
