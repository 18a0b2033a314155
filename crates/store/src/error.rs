//! What can go wrong while keeping things, as four kinds.

use sea_orm::{DbErr, RuntimeErr};
use sqlx::error::DatabaseError;

/// The outcome of a store call.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no such row")]
    NotFound,
    /// A unique constraint, by the name that both engines share: `address_canonical_key`.
    #[error("{0} is taken")]
    Conflict(String),
    /// The database was locked or out of reach for too long; trying again may help.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// It did not fit on the disk; nothing of it is kept, and it may fit later.
    #[error("there is no room to write: {0}")]
    Full(String),
    /// The disk refused what was written before: nothing more is written until a new start.
    #[error("{0}")]
    Stopped(String),
    /// Anything else: a fault of ours, of the disk or of the database.
    #[error("the database failed: {0}")]
    Broken(String),
}

impl Error {
    pub(crate) fn broken(what: impl std::fmt::Display) -> Self {
        Self::Broken(what.to_string())
    }

    /// A fault of the disk below `folder`.
    pub(crate) fn from_io(error: &std::io::Error, folder: &std::path::Path) -> Self {
        let said = format!("{}: {error}", folder.display());
        if is_full(error) { Self::Full(said) } else { Self::Broken(said) }
    }

    /// Whether it is a conflict on that constraint.
    pub fn is_conflict(&self, constraint: &str) -> bool {
        matches!(self, Error::Conflict(name) if name == constraint)
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) => Self::Busy(error.to_string()),
            DbErr::Conn(RuntimeErr::SqlxError(cause))
            | DbErr::Exec(RuntimeErr::SqlxError(cause))
            | DbErr::Query(RuntimeErr::SqlxError(cause)) => Self::from(cause.as_ref()),
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<&sqlx::Error> for Error {
    fn from(error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::Conflict(constraint(cause.as_ref())),
            sqlx::Error::Database(cause) if is_busy(cause.as_ref()) => Self::Busy(error.to_string()),
            sqlx::Error::Database(cause) if no_room(cause.as_ref()) => Self::Full(error.to_string()),
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => Self::Busy(error.to_string()),
            _ => Self::Broken(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::from(&error)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(cause, message) = &error else { return Self::Broken(error.to_string()) };
        match cause.extended_code {
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
                Self::Conflict(named_by_columns(message.as_deref().unwrap_or_default()))
            }
            code => match code & 0xff {
                rusqlite::ffi::SQLITE_BUSY | rusqlite::ffi::SQLITE_LOCKED => Self::Busy(error.to_string()),
                rusqlite::ffi::SQLITE_FULL => Self::Full(error.to_string()),
                _ => Self::Broken(error.to_string()),
            },
        }
    }
}

/// Whether the same statement may succeed when it is tried again.
fn is_busy(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    match error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
        // SQLITE_BUSY and SQLITE_LOCKED; what stands above the lowest byte only says which kind of them.
        Some(_) => code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6)),
        // Connection lost, serialization failure, deadlock, lock timeout, shutdown, too many connections.
        None => {
            code.starts_with("08")
                || matches!(code.as_ref(), "40001" | "40P01" | "55P03" | "57P01" | "57P02" | "57P03" | "53300")
        }
    }
}

/// Whether the disk under the database is full.
fn no_room(error: &dyn DatabaseError) -> bool {
    let code = error.code().unwrap_or_default();
    match error.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
        // SQLITE_FULL.
        Some(_) => code.parse::<u32>().is_ok_and(|code| code & 0xff == 13),
        None => code == "53100",
    }
}

/// Whether a file did not fit, on the disk or into what its owner may use of it.
pub(crate) fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

/// The constraint's name: PostgreSQL says it, SQLite lists the columns in its message.
fn constraint(error: &dyn DatabaseError) -> String {
    error.constraint().map_or_else(|| named_by_columns(error.message()), str::to_owned)
}

/// `UNIQUE constraint failed: identity.person_id, identity.kind`, as PostgreSQL would name it.
fn named_by_columns(message: &str) -> String {
    let columns = message.rsplit("failed: ").next().unwrap_or(message);
    let mut name = String::new();
    for column in columns.split(", ") {
        match column.split_once('.') {
            Some((table, column)) if name.is_empty() => name = format!("{table}_{column}"),
            Some((_, column)) => name = format!("{name}_{column}"),
            None => {}
        }
    }
    name + "_key"
}

#[cfg(test)]
mod tests {
    use super::named_by_columns;

    #[test]
    fn a_list_of_columns_names_a_constraint_as_postgres_does() {
        let sqlite = "UNIQUE constraint failed: identity.person_id, identity.kind";
        assert_eq!(named_by_columns(sqlite), "identity_person_id_kind_key");
    }
}
