//! The programs' door.

pub(crate) mod licences;
