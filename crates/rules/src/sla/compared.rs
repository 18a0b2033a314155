//! What a trial changes: the first responses of requests, as they were and as they would have been, by type and priority.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{About, Clock, Origin, Standing, judge};
use crate::{
    events::TargetKind,
    ids::TicketId,
    instant::Instant,
    keys::{PriorityKey, TypeKey},
};

/// How a first response came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    InTime,
    Late,
    /// Its time is not over yet.
    Open,
}

/// A first response that is owed or was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    cycle: u32,
    pub group: Group,
    pub outcome: Outcome,
}

impl Case {
    /// The answered one of a request's filing.
    pub(super) fn first(about: &About, is_late: bool) -> Self {
        let group =
            Group { request_type: about.request_type.clone(), priority: about.priority.clone(), reopened: false };
        Self { cycle: 0, group, outcome: if is_late { Outcome::Late } else { Outcome::InTime } }
    }
}

/// Reopened cycles are apart (FRT-5).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Group {
    pub request_type: TypeKey,
    pub priority: PriorityKey,
    pub reopened: bool,
}

/// The cases of a request. What ended without a result, waits in a type without a target or went on elsewhere is none.
pub fn cases(clocks: &[Clock], now: Instant) -> Vec<Case> {
    let firsts = clocks.iter().filter(|clock| clock.kind == TargetKind::FirstResponse);
    firsts.filter_map(|clock| case(clock, now)).collect()
}

fn case(clock: &Clock, now: Instant) -> Option<Case> {
    let outcome = match judge(clock, now) {
        Standing::Met(_) => Outcome::InTime,
        Standing::Breached { .. } | Standing::EndedLate { .. } => Outcome::Late,
        Standing::Running | Standing::Stopped { .. } | Standing::UnderWay { .. } => Outcome::Open,
        Standing::Suspended | Standing::EndedWithoutResult { .. } | Standing::MovedTo { .. } => return None,
    };
    let group = Group {
        request_type: clock.about.request_type.clone(),
        priority: clock.about.priority.clone(),
        reopened: clock.origin == Origin::Reopened,
    };
    Some(Case { cycle: clock.cycle, group, outcome })
}

/// What became of a group. Each request is named once in a list, in the order of their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Cases that the tried policy has.
    pub cases: u64,
    /// Late by both.
    pub still_late: Vec<TicketId>,
    /// Late by the tried policy alone.
    pub newly_late: Vec<TicketId>,
    /// Late as it was, and not by the tried policy: in time, or without a target.
    pub spared: Vec<TicketId>,
}

/// A whole comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<(Group, Tally)>", into = "Vec<(Group, Tally)>")]
pub struct Compared(pub BTreeMap<Group, Tally>);

impl From<Vec<(Group, Tally)>> for Compared {
    fn from(rows: Vec<(Group, Tally)>) -> Self {
        Self(rows.into_iter().collect())
    }
}

impl From<Compared> for Vec<(Group, Tally)> {
    fn from(compared: Compared) -> Self {
        compared.0.into_iter().collect()
    }
}

impl Compared {
    /// Takes a request in, as it was and as it would have been.
    pub fn take(&mut self, ticket: TicketId, (was, would_be): (&[Case], &[Case])) {
        let late = |cases: &[Case], cycle| cases.iter().any(|it| it.cycle == cycle && it.outcome == Outcome::Late);
        for case in would_be {
            let tally = self.0.entry(case.group.clone()).or_default();
            tally.cases += 1;
            match (case.outcome == Outcome::Late, late(was, case.cycle)) {
                (true, true) => tally.still_late.push(ticket),
                (true, false) => tally.newly_late.push(ticket),
                (false, true) => tally.spared.push(ticket),
                (false, false) => {}
            }
        }
        let is_gone = |case: &&Case| !would_be.iter().any(|other| other.cycle == case.cycle);
        for case in was.iter().filter(|case| case.outcome == Outcome::Late).filter(is_gone) {
            self.0.entry(case.group.clone()).or_default().spared.push(ticket);
        }
    }

    /// Takes another comparison in, of other requests.
    pub fn join(&mut self, other: Self) {
        for (group, theirs) in other.0 {
            let ours = self.0.entry(group).or_default();
            ours.cases += theirs.cases;
            for (ours, theirs) in [
                (&mut ours.still_late, theirs.still_late),
                (&mut ours.newly_late, theirs.newly_late),
                (&mut ours.spared, theirs.spared),
            ] {
                ours.extend(theirs);
            }
        }
    }

    /// In the order of their numbers, each once.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        for tally in self.0.values_mut() {
            for named in [&mut tally.still_late, &mut tally.newly_late, &mut tally.spared] {
                named.sort_unstable();
                named.dedup();
            }
        }
        self
    }

    pub fn cases(&self) -> u64 {
        self.0.values().map(|tally| tally.cases).sum()
    }
}

impl Tally {
    pub fn late_then(&self) -> usize {
        self.still_late.len() + self.newly_late.len()
    }

    pub fn late_as_it_was(&self) -> usize {
        self.still_late.len() + self.spared.len()
    }

    /// Whether the tried policy changes anything here.
    pub fn is_changed(&self) -> bool {
        !self.newly_late.is_empty() || !self.spared.is_empty()
    }
}
