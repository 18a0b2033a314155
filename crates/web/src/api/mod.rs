//! The programs' door.

pub(crate) mod licences;
pub(crate) mod requests;
