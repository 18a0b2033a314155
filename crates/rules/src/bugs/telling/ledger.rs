//! What was told and asked before, as rows: the last word on a bug to each person about each of their concerns, and the fix that each
//! request was asked to confirm.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Act, Of, Plan};
use crate::{
    ids::{PersonId, TicketId},
    releases::Version,
};

/// The last word; of which of the bug's rounds it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    Fixed { version: Version, round: usize },
    NeedsLicence { version: Version, round: usize },
    TakenBack { version: Version, round: usize },
}

/// What a request was asked to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub version: Version,
    pub round: usize,
}

/// All that was told of a bug.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    told: BTreeMap<(Of, PersonId), Told>,
    asked: BTreeMap<TicketId, Asked>,
}

/// A row to be written, in the place of the one of the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noted {
    Told {
        of: Of,
        to: PersonId,
        told: Told,
    },
    Asked {
        ticket: TicketId,
        asked: Asked,
    },
    /// The row goes.
    NotAsked {
        ticket: TicketId,
    },
}

impl Noted {
    pub(super) fn told(of: Of, to: PersonId, told: Told) -> Self {
        Self::Told { of, to, told }
    }

    /// `is_gone`: what it was asked to confirm is not so any more.
    pub(super) fn asked(ticket: TicketId, act: &Act, round: usize, is_gone: bool) -> Option<Self> {
        match act {
            Act::Ask { version } | Act::AskAgain { version, .. } => {
                Some(Self::Asked { ticket, asked: Asked { version: version.clone(), round } })
            }
            Act::Reopen { .. } => Some(Self::NotAsked { ticket }),
            Act::Nothing(_) => is_gone.then_some(Self::NotAsked { ticket }),
        }
    }
}

impl Ledger {
    /// Of rows that were written.
    pub fn of(rows: impl IntoIterator<Item = Noted>) -> Self {
        let mut ledger = Self::default();
        rows.into_iter().for_each(|row| ledger.note(row));
        ledger
    }

    /// Once its letters are ordered and its acts are done.
    pub fn apply(&mut self, plan: &Plan) {
        plan.noted.iter().cloned().for_each(|row| self.note(row));
    }

    pub fn told(&self, of: Of, to: PersonId) -> Option<&Told> {
        self.told.get(&(of, to))
    }

    pub fn asked(&self, ticket: TicketId) -> Option<&Asked> {
        self.asked.get(&ticket)
    }

    /// Whether somebody knows it already, by whichever concern.
    pub(super) fn knows(&self, person: PersonId, told: &Told) -> bool {
        self.told.iter().any(|((_, to), known)| *to == person && known == told)
    }

    fn note(&mut self, row: Noted) {
        match row {
            Noted::Told { of, to, told } => {
                self.told.insert((of, to), told);
            }
            Noted::Asked { ticket, asked } => {
                self.asked.insert(ticket, asked);
            }
            Noted::NotAsked { ticket } => {
                self.asked.remove(&ticket);
            }
        }
    }
}
