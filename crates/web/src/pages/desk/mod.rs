//! The desk's pages: the queue, a request beside its evidence, the policy.

pub mod advisory;
pub mod alike;
pub mod ask;
pub mod audit;
pub mod evidence;
pub mod health;
pub mod holidays;
pub mod licence;
pub mod licence_import;
pub mod merge;
pub mod migrations;
pub mod more;
pub mod offers;
pub mod organisations;
pub mod person;
pub mod policy;
pub mod queue;
pub mod report;
pub mod request;
pub mod sight;
pub mod tokens;
pub mod waiting;
pub mod work;
