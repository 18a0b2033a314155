//! What people read: values of `rules` become sentences, Markdown, HTML and SVG in a language.
//! Decides wording and form, never facts; reads and writes nothing.

pub mod audit;
pub mod bugs;
pub mod bulk;
pub mod chart;
pub mod clock;
pub mod deadline;
pub mod erasure;
pub mod forms;
pub mod health;
pub mod holidays;
pub mod hours;
pub mod installed;
pub mod joining;
pub mod keymap;
pub mod lacks;
pub mod lang;
pub mod languages;
pub mod licence;
pub mod licence_table;
pub mod live;
pub mod logs;
pub mod mail;
pub mod markdown;
pub mod migration;
mod names;
pub mod notices;
pub mod policy_effect;
pub mod push;
pub mod query;
pub mod redaction;
pub mod refusal;
pub mod releases;
pub mod report;
pub mod sight;
pub mod size;
pub mod strip;
pub mod support_page;
pub mod table;
pub mod teams;
pub mod templates;
pub mod time;
pub mod tracker;
pub mod work;

pub use names::domain;
