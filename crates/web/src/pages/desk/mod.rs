//! The desk's pages: the queue, a request beside its evidence, the policy.

pub mod advisory;
pub mod alike;
pub mod evidence;
pub mod holidays;
pub mod licence;
pub mod licence_import;
pub mod migrations;
pub mod more;
pub mod organisations;
pub mod policy;
pub mod queue;
pub mod request;
