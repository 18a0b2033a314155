//! Stories: what people do and what they see then, through the verbs, each on both engines.

mod accounts;
mod answers;
mod clocks;
mod erasure;
mod files;
mod mails;
mod states;
mod visibility;
