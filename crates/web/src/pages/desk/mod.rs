//! The desk's pages: the queue, a request beside its evidence, the policy.

pub mod advisory;
pub mod alike;
pub mod ask;
pub mod audit;
pub mod evidence;
pub mod holidays;
pub mod keys;
pub mod licence;
pub mod licence_import;
pub mod merge;
pub mod migrations;
pub mod more;
pub mod notifications;
pub mod offers;
pub mod organisations;
pub mod palette;
pub mod person;
pub mod policy;
pub mod queue;
pub mod request;
pub mod sight;
pub mod templates;
pub mod tokens;
pub mod waiting;
