//! The staff's door.

pub(crate) mod queue;
pub(crate) mod request;
pub(crate) mod search;
mod sheet;
