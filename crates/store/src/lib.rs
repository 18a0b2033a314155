//! What is kept. The only crate that knows SQL and blobs, for SQLite and PostgreSQL.
//!
//! It selects and writes; it does not judge. Statements are written once, with `$1` for parameters, which
//! both engines take; what differs between them stands in `dialect`.

#[cfg(test)]
extern crate self as store;

pub mod advisories;
pub mod answers;
pub mod attachments;
pub mod audit;
pub mod away;
pub mod blobs;
pub mod bugs;
pub mod bulk;
pub mod bulk_jobs;
pub mod circulars;
pub mod copy;
mod dialect;
pub mod digests;
pub mod drafts;
mod engine;
pub mod erasure;
pub mod erasures;
mod error;
pub mod events;
pub mod exports;
pub mod figures;
pub mod health;
pub mod installed;
pub mod invitations;
pub mod jobs;
pub mod key_bindings;
pub mod licences;
mod list_beside;
pub mod masks;
pub mod merges;
pub mod messages;
mod migrations;
pub mod notifications;
pub mod open_requests;
pub mod organisations;
pub mod outgoing;
pub mod parked_reports;
pub mod people;
#[cfg(test)]
mod plans_test;
pub mod policy;
pub mod push;
pub mod quota;
pub mod redaction_list;
pub mod redactions;
pub mod releases;
pub mod replay;
pub mod reply_templates;
pub mod reports;
pub mod resales;
pub mod satisfaction;
pub mod saved_views;
pub mod search;
pub mod sessions;
pub mod simulations;
pub mod sla;
pub mod suggestions;
pub mod systems;
pub mod teams;
pub mod ticket_lists;
pub mod tickets;
pub mod ties;
pub mod tokens;
pub mod tools;
pub mod tracker;
mod upcoming;
pub mod upkeep;
pub mod uploads;
pub mod work;

pub use engine::{Calls, Disk, Handle, Place, Room, Said, Standing, Store, Tx, overheard, syncs_a_second};
pub use error::{Error, Result};
pub use upcoming::{Upcoming, upcoming};
