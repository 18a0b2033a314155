//! The staff's door.

pub(crate) mod migrations;
pub(crate) mod policy;
pub(crate) mod queue;
pub(crate) mod request;
mod sheet;
