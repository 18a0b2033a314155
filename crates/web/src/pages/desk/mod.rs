//! The desk's pages: the queue, and a request beside its evidence.

pub mod advisory;
pub mod evidence;
pub mod more;
pub mod queue;
pub mod request;
