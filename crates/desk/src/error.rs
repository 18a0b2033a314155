//! The one error of the desk. Doors translate it, each once.

use rules::{
    instant::Instant,
    refusal::{FieldFault, Refusal},
};

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not there for this person (VIS-3).
    #[error("not found")]
    NotFound,
    /// A rule says no, and which.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// What is wrong with a form, field by field.
    #[error("invalid: {0:?}")]
    Invalid(Vec<FieldFault>),
    /// Somebody was faster.
    #[error("changed meanwhile")]
    Conflict,
    /// Too many attempts (REG-2); `until` says when the next may come.
    #[error("limited until {until}")]
    Limited { until: Instant },
    /// Nothing can be written for now: the disk is full, or has refused what was written before. Nothing was changed.
    #[error("nothing can be written: {0}")]
    Unwritable(String),
    /// A fault of ours, or of what we stand on.
    #[error("broken: {0}")]
    Broken(String),
}

impl Error {
    pub fn broken(what: impl std::fmt::Display) -> Self {
        Self::Broken(what.to_string())
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            store::Error::Conflict(_) => Self::Conflict,
            store::Error::Full(why) | store::Error::Stopped(why) => Self::Unwritable(why),
            other => Self::broken(other),
        }
    }
}
