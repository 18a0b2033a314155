//! What happens: the table of contents of the product. One folder per feature, one file per verb.
//!
//! Every verb is `async fn verb(desk, actor, input) -> Result<Output>`: may → check → write → settle. It decides the
//! order of things; what is true is `rules`', how it is kept is `store`'s, how it is said is `words`'.

pub mod actor;
pub mod attachments;
pub mod audit;
mod audited;
mod batch;
pub mod bugs;
pub mod bulk;
pub mod clocks;
mod desk;
pub mod drafts;
pub mod error;
pub mod exports;
pub mod health;
pub mod installed;
pub mod intake;
pub mod jobs;
pub mod licences;
pub mod live;
pub mod mail;
pub mod migration;
pub mod notifications;
pub mod opening;
pub mod organisations;
pub mod people;
pub mod policy;
pub mod ports;
pub mod programs;
pub mod proof;
pub mod push;
mod reactions;
pub mod releases;
pub mod reports;
mod run;
pub mod schedule;
mod scribe;
mod sealed;
pub mod search;
pub mod sla;
pub mod teams;
pub mod templates;
pub mod tickets;
pub mod tracker;
pub mod views;
pub mod work;

pub use actor::Actor;
pub use desk::{Desk, Kept, Policies, SecretMails, Settings};
pub use error::{Error, Result};
pub use run::Run;
pub use store::{Room, Standing};
