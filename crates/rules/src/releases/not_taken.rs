//! Why something said of releases was not taken: nothing of it was.

use jiff::civil::Date;

use super::{NoName, NoVersion, NotReleased, Version, import::ImportFault};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// A file that cannot be read: all that is wrong, by line.
    Faulty(Vec<ImportFault>),
    /// A file of which this cannot be taken as it is, by line.
    Refused(Vec<(usize, NotReleased)>),
    Version(NoVersion),
    Name(NoName),
    /// It does not fit what there is.
    NotReleased(NotReleased),
    /// A release of a day to come: "latest" goes by what can be had.
    Ahead {
        version: Version,
        on: Date,
        today: Date,
    },
}

impl From<NoVersion> for NotTaken {
    fn from(refused: NoVersion) -> Self {
        Self::Version(refused)
    }
}

impl From<NoName> for NotTaken {
    fn from(refused: NoName) -> Self {
        Self::Name(refused)
    }
}

impl From<NotReleased> for NotTaken {
    fn from(refused: NotReleased) -> Self {
        Self::NotReleased(refused)
    }
}

impl From<Vec<ImportFault>> for NotTaken {
    fn from(faults: Vec<ImportFault>) -> Self {
        Self::Faulty(faults)
    }
}
