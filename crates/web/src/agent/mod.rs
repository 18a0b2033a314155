//! The staff's door.

mod conversion;
pub(crate) mod queue;
pub(crate) mod request;
mod sheet;
