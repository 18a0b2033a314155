//! The staff's door.

pub(crate) mod advisory;
pub(crate) mod alike;
mod ask;
pub(crate) mod audit;
pub(crate) mod column;
mod conversion;
pub(crate) mod holidays;
pub(crate) mod keys;
pub(crate) mod licence_import;
pub(crate) mod licences;
pub(crate) mod merge;
pub(crate) mod migrations;
mod more;
pub(crate) mod notifications;
pub(crate) mod organisations;
pub(crate) mod palette;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod queue;
pub(crate) mod request;
pub(crate) mod saved_views;
pub(crate) mod search;
mod sheet;
pub(crate) mod sight;
pub(crate) mod ties;
pub(crate) mod tokens;
pub(crate) mod waiting;
