//! Who is told that a fix shipped, or was taken back, and what becomes of their requests (BUG-4, BUG-7, ENT-2).
//!
//! It goes by what is true now and by what was told before, not by what happened last: published, rolled out, withdrawn, a licence
//! renewed, a request that joined the bug. So it can be asked again at any time, and tells nobody twice.
//!
//! - Whoever's release it is, in whose edition, on whose instance, is told once that it is fixed and in which version; who filed is
//!   asked to confirm.
//! - Whose licence had ended on the day of the release is told that the fix exists and what is needed, and their request stays as
//!   it is.
//! - When the release is withdrawn, rolled back, or was not fixed after all, all who were told are told, and confirmations reopen.

mod ledger;
mod shipped;

#[cfg(test)]
mod history_test;
#[cfg(test)]
mod telling_test;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub use ledger::{Asked, Ledger, Noted, Told};
pub use shipped::{NotYet, Shipped, shipped};

use super::Bug;
use crate::{
    entitlement::Licence,
    events::{Because, State},
    ids::{PersonId, TicketId},
    keys::DeploymentKey,
    policy::Policy,
    releases::{Catalogue, Place, Version},
};

/// What everything is read from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub policy: &'a Policy,
    pub catalogue: &'a Catalogue,
    pub bug: &'a Bug,
}

/// Whose bug it is: a request's, or that of somebody who follows it or voted for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    Request(TicketId),
    Follow(PersonId),
}

/// Somebody's interest in a bug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    pub of: Of,
    /// Of a request; nothing of one who only follows.
    pub request: Option<Request>,
    /// Besides who filed: those who take part. For one who only follows, them.
    pub people: BTreeSet<PersonId>,
    pub place: Place,
    pub installed: Option<Version>,
    /// Of the organisation, and which of them count for what it runs.
    pub licences: Vec<Licence>,
    pub deployment: Option<DeploymentKey>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request {
    pub requester: PersonId,
    pub state: State,
    /// It is solved, since its customer confirmed the fix.
    pub is_confirmed: bool,
}

/// What follows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// One for each request, in their order.
    pub acts: Vec<(TicketId, Act)>,
    /// At most one with the same word for each person.
    pub letters: Vec<Letter>,
    /// What is to be kept with it, in the same transaction.
    pub noted: Vec<Noted>,
}

/// What becomes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// To "fixed, please confirm".
    Ask {
        version: Version,
    },
    /// It is to be confirmed, in another version than before; `is_solved`: it was confirmed.
    AskAgain {
        version: Version,
        is_solved: bool,
    },
    /// The fix that it was asked to confirm is gone.
    Reopen {
        version: Version,
    },
    Nothing(Why),
}

/// Why nothing becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    NotYet(NotYet),
    /// The fix is not theirs; the request stays as it is.
    NeedsLicence,
    /// It was asked to confirm this fix, and did what it did.
    Asked,
    /// Nobody has answered it, and a program's word is no answer (FRT-2).
    Unanswered,
    /// It is solved or closed by itself.
    Done,
}

/// What somebody is told, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    pub to: PersonId,
    pub word: Word,
    /// What it is about, in order.
    pub about: Vec<Of>,
    /// Those of their requests that they are asked to confirm.
    pub confirm: Vec<TicketId>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// In this version: theirs to install, or already where they work.
    Fixed { version: Version },
    /// It exists, and their licence ended before it came.
    NeedsLicence { version: Version },
    /// What they were told of is gone; and what there is instead, if anything.
    TakenBack { version: Version, cause: Cause, now: Now },
}

/// Why a fix is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Withdrawn,
    /// An older version runs on their instance again.
    RolledBack,
    /// The version does not have it, after all.
    NotFixed,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Now {
    Nothing,
    Fixed { version: Version },
    NeedsLicence { version: Version },
}

impl Act {
    /// Where it moves a request, and why.
    pub fn step(&self) -> Option<(State, Because)> {
        match self {
            Self::Ask { .. } => Some((State::ToConfirm, Because::FixShipped)),
            Self::AskAgain { is_solved: true, .. } => Some((State::ToConfirm, Because::FixWithdrawn)),
            Self::Reopen { .. } => Some((State::WithDevelopers, Because::FixWithdrawn)),
            Self::AskAgain { is_solved: false, .. } | Self::Nothing(_) => None,
        }
    }
}

/// What is to be done now.
pub fn plan(facts: Facts<'_>, concerns: &[Concern], ledger: &Ledger) -> Plan {
    let mut plan = Plan::default();
    let mut letters: BTreeMap<(PersonId, Word), (Vec<Of>, Vec<TicketId>)> = BTreeMap::new();
    let mut ordered: Vec<&Concern> = concerns.iter().collect();
    ordered.sort_by_key(|concern| concern.of);
    let takes_part: BTreeSet<PersonId> =
        ordered.iter().filter(|concern| concern.request.is_some()).flat_map(|concern| concern.all()).collect();
    for concern in ordered {
        let now = shipped(facts, concern);
        let act = act(facts, concern, &now, ledger);
        for person in concern.all() {
            // Who has a request of this bug is told with it.
            if matches!(concern.of, Of::Follow(_)) && takes_part.contains(&person) {
                continue;
            }
            let last = ledger.told(concern.of, person);
            let Some(word) = word(facts, concern, &now, last) else { continue };
            let told = told(facts, &word);
            let files = concern.request.is_some_and(|request| request.requester == person);
            let is_known =
                if last.is_some() { says_the_same(last, &told) } else { !files && ledger.knows(person, &told) };
            plan.noted.push(Noted::told(concern.of, person, told));
            if is_known {
                continue;
            }
            let (about, confirm) = letters.entry((person, word)).or_default();
            about.push(concern.of);
            let asks = files && matches!(act, Some((_, Act::Ask { .. } | Act::AskAgain { .. })));
            confirm.extend(act.as_ref().filter(|_| asks).map(|(ticket, _)| *ticket));
        }
        if let Some((ticket, act)) = act {
            let is_gone = gone(facts, concern, ledger.asked(ticket)).is_some();
            plan.noted.extend(Noted::asked(ticket, &act, facts.bug.round(), is_gone));
            plan.acts.push((ticket, act));
        }
    }
    plan.letters =
        letters.into_iter().map(|((to, word), (about, confirm))| Letter { to, word, about, confirm }).collect();
    plan
}

impl Concern {
    fn all(&self) -> BTreeSet<PersonId> {
        let mut all = self.people.clone();
        all.extend(self.request.map(|request| request.requester));
        all
    }
}

fn act(facts: Facts<'_>, concern: &Concern, now: &Shipped, ledger: &Ledger) -> Option<(TicketId, Act)> {
    let (Of::Request(ticket), Some(request)) = (concern.of, concern.request) else { return None };
    let asked = ledger.asked(ticket);
    let gone = gone(facts, concern, asked);
    // Of an earlier round: that fix held, and another one became necessary.
    let is_old = asked.is_some_and(|asked| asked.round < facts.bug.round());
    let waits = request.state == State::ToConfirm || (request.state == State::Solved && request.is_confirmed);
    let act = match (now, gone) {
        (Shipped::Yes { version }, Some(_)) if waits => {
            Act::AskAgain { version: version.clone(), is_solved: request.state == State::Solved }
        }
        (Shipped::Yes { version }, None) if is_old && request.state == State::ToConfirm => {
            Act::AskAgain { version: version.clone(), is_solved: false }
        }
        (_, Some(gone)) if waits => Act::Reopen { version: gone.version.clone() },
        (Shipped::NeedsLicence { .. }, _) => Act::Nothing(Why::NeedsLicence),
        (Shipped::No(why), _) => Act::Nothing(Why::NotYet(why.clone())),
        (Shipped::Yes { .. }, None) if asked.is_some() && !is_old => Act::Nothing(Why::Asked),
        (Shipped::Yes { version }, _) => match request.state {
            State::New => Act::Nothing(Why::Unanswered),
            State::Solved | State::Closed => Act::Nothing(Why::Done),
            State::Open | State::WaitingForCustomer | State::WithDevelopers => Act::Ask { version: version.clone() },
            // Moved there by hand, or before anything was noted.
            State::ToConfirm => Act::AskAgain { version: version.clone(), is_solved: false },
        },
    };
    Some((ticket, act))
}

/// What a request was asked to confirm, where that is not so any more.
fn gone<'l>(facts: Facts<'_>, concern: &Concern, asked: Option<&'l Asked>) -> Option<&'l Asked> {
    asked.filter(|asked| !shipped::holds(facts, concern, &asked.version, asked.round))
}

fn word(facts: Facts<'_>, concern: &Concern, now: &Shipped, last: Option<&Told>) -> Option<Word> {
    let fresh = match now {
        Shipped::Yes { version } => Some(Word::Fixed { version: version.clone() }),
        Shipped::NeedsLicence { version } => Some(Word::NeedsLicence { version: version.clone() }),
        Shipped::No(_) => None,
    };
    let (version, round, was_theirs) = match last {
        None | Some(Told::TakenBack { .. }) => return fresh,
        Some(Told::Fixed { version, round }) => (version, *round, true),
        Some(Told::NeedsLicence { version, round }) => (version, *round, false),
    };
    if !shipped::holds(facts, concern, version, round) {
        let now = match fresh {
            Some(Word::Fixed { version }) => Now::Fixed { version },
            Some(Word::NeedsLicence { version }) => Now::NeedsLicence { version },
            _ => Now::Nothing,
        };
        return Some(Word::TakenBack { version: version.clone(), cause: cause(facts, version, round), now });
    }
    let is_news = round < facts.bug.round() || (!was_theirs && matches!(fresh, Some(Word::Fixed { .. })));
    fresh.filter(|_| is_news)
}

/// In a later round the same version: they have it, and know it.
fn says_the_same(last: Option<&Told>, now: &Told) -> bool {
    match (last, now) {
        (Some(Told::Fixed { version: one, .. }), Told::Fixed { version: other, .. })
        | (Some(Told::NeedsLicence { version: one, .. }), Told::NeedsLicence { version: other, .. }) => one == other,
        _ => false,
    }
}

fn cause(facts: Facts<'_>, version: &Version, round: usize) -> Cause {
    match facts.catalogue.release(version) {
        Some(release) if !release.is_live() => Cause::Withdrawn,
        _ if crate::releases::has_fix(version, facts.bug.fixed_in_round(round)) => Cause::RolledBack,
        _ => Cause::NotFixed,
    }
}

/// What is kept of a word.
fn told(facts: Facts<'_>, word: &Word) -> Told {
    let round = facts.bug.round();
    match word {
        Word::Fixed { version } | Word::TakenBack { now: Now::Fixed { version }, .. } => {
            Told::Fixed { version: version.clone(), round }
        }
        Word::NeedsLicence { version } | Word::TakenBack { now: Now::NeedsLicence { version }, .. } => {
            Told::NeedsLicence { version: version.clone(), round }
        }
        Word::TakenBack { version, now: Now::Nothing, .. } => Told::TakenBack { version: version.clone(), round },
    }
}
