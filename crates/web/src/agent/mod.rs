//! The staff's door.

pub(crate) mod advisory;
mod conversion;
mod more;
pub(crate) mod queue;
pub(crate) mod request;
mod sheet;
pub(crate) mod ties;
