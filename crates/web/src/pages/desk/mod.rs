//! The desk's pages: the queue, and a request beside its evidence.

pub mod evidence;
pub mod queue;
pub mod request;
