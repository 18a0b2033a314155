//! A line of the journal: who did it, when it happened, when it was written, and what caused it.

use serde::{Deserialize, Serialize};

use super::Event;
use crate::{
    ids::{PersonId, Seq},
    instant::Instant,
};

/// What kind of actor did it. Only a person's hand can give a first response (FRT-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    Person,
    Rule,
    Import,
    Integration,
    Bot,
    Model,
    /// In the audit alone: what the journal knows as a rule, told apart.
    Command,
    Job,
}

/// The actor of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    pub kind: ActorKind,
    /// The person, for people; `None` for what runs by itself.
    pub person: Option<PersonId>,
}

impl By {
    pub fn person(id: PersonId) -> Self {
        Self { kind: ActorKind::Person, person: Some(id) }
    }

    /// A program that came with a token.
    pub fn integration() -> Self {
        Self { kind: ActorKind::Integration, person: None }
    }

    pub fn rule() -> Self {
        Self { kind: ActorKind::Rule, person: None }
    }
}

/// An event as it is handed to the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    pub event: Event,
    pub by: By,
    /// When it happened (the press of "send", the arrival of a mail).
    pub occurred_at: Instant,
    /// When it was written down.
    pub recorded_at: Instant,
    /// The event that caused this one, for what follows by itself.
    pub cause: Option<Seq>,
    /// How many events stand before it in a chain of causes; automation stops at a limit.
    pub depth: u8,
}

/// An event as the journal holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub seq: Seq,
    pub event: Event,
    pub by: By,
    pub occurred_at: Instant,
    pub recorded_at: Instant,
    pub cause: Option<Seq>,
    pub depth: u8,
}
