//! The staff's door.

pub(crate) mod queue;
pub(crate) mod request;
mod sheet;
