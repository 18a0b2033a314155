//! What can go wrong while keeping things, as four kinds.

use sea_orm::{DbErr, SqlErr};

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
    /// Anything else: a fault of ours, of the disk or of the database.
    #[error("the database failed: {0}")]
    Broken(String),
}

impl Error {
    pub(crate) fn broken(what: impl std::fmt::Display) -> Self {
        Self::Broken(what.to_string())
    }

    /// Whether it is a conflict on that constraint.
    pub fn is_conflict(&self, constraint: &str) -> bool {
        matches!(self, Error::Conflict(name) if name == constraint)
    }
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(message)) => Self::Conflict(constraint(&message)),
            _ => match &error {
                DbErr::ConnectionAcquire(_) => Self::Busy(error.to_string()),
                _ if error.to_string().contains("database is locked") => Self::Busy(error.to_string()),
                _ => Self::Broken(error.to_string()),
            },
        }
    }
}

/// The constraint's name out of either engine's message: PostgreSQL quotes it, SQLite lists the columns.
fn constraint(message: &str) -> String {
    if let Some(name) = message.split('"').nth(1) {
        return name.to_owned();
    }
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
    use super::constraint;

    #[test]
    fn both_engines_name_a_constraint_alike() {
        let sqlite = "UNIQUE constraint failed: identity.person_id, identity.kind";
        let postgres = r#"duplicate key value violates unique constraint "identity_person_id_kind_key""#;
        assert_eq!(constraint(sqlite), "identity_person_id_kind_key");
        assert_eq!(constraint(postgres), constraint(sqlite));
    }
}
