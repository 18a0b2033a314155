//! What is true. Pure decisions about requests, clocks, people and the support policy.
//!
//! Nothing in here reads a clock, draws a random number, touches a file, a socket or the environment,
//! or writes a sentence for a person: instants and chance come in as arguments, decisions and refusals
//! go out as values, and `words` finds the sentence.

pub mod access;
pub mod audit;
pub mod bugs;
pub mod bulk;
pub mod calendar;
pub mod entitlement;
pub mod events;
pub mod files;
pub mod health;
pub mod holidays;
pub mod ids;
pub mod installed;
pub mod instant;
pub mod keymap;
pub mod keys;
pub mod live;
pub mod logs;
pub mod mail;
pub mod migration;
pub mod notices;
pub mod opening;
pub mod outgoing;
pub mod people;
pub mod policy;
pub mod priority;
pub mod programs;
pub mod push;
pub mod query;
pub mod redaction;
pub mod references;
pub mod refusal;
pub mod releases;
pub mod reports;
pub mod scope;
pub mod search;
pub mod sla;
pub mod table;
pub mod teams;
pub mod templates;
pub mod tickets;
pub mod tracker;
