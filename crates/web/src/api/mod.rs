//! The programs' door.

pub(crate) mod hooks;
pub(crate) mod installed;
pub(crate) mod licences;
pub(crate) mod releases;
pub(crate) mod requests;
