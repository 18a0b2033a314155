//! Whether a bug is fixed at once, in a hotfix to the latest release (BUG-3): the policy lists the faults for which one is, and any
//! way around rules it out, and the highest priority with it. The answers are people's; what follows from them is decided here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    keys::{EntryKey, PriorityKey},
    policy::{Hotfix, Point, Policy},
    releases::{Catalogue, Version},
};

/// What is asked, in the policy's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Checklist<'p> {
    pub faults: Vec<(&'p EntryKey, &'p Point)>,
    /// What a bug with a hotfix has.
    pub priority: &'p PriorityKey,
}

/// How one can do without (BUG-3 names the three).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Around {
    Nothing,
    Approach { how: String },
    Tool { how: String },
    WayOfWorking { how: String },
}

/// What was answered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Whether each fault is there.
    pub faults: BTreeMap<EntryKey, bool>,
    pub around: Option<Around>,
}

/// A question without which nothing can be decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    Fault(EntryKey),
    WayAround,
    /// It was said that there is one, and not which.
    How,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub delivery: Delivery,
    /// In the order in which they are told.
    pub reasons: Vec<Reason>,
    pub priority: PriorityEffect,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Of the latest release; `as_version` is the next one that is free.
    Hotfix {
        of: Version,
        as_version: Version,
    },
    Planned,
    Undecided {
        open: Vec<Question>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Fault(EntryKey),
    NoFault,
    WayAround(Around),
    NoWayAround,
    /// There is no release that could be fixed.
    NoRelease,
    /// The policy fixes nothing at once.
    NoRule,
    /// An answer to a question that the policy does not ask any more.
    NotAsked(EntryKey),
}

/// What follows for the priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PriorityEffect {
    Nothing,
    /// It is to be this one.
    Proposed(PriorityKey),
    /// It can be neither this one nor a higher one.
    RuledOut(PriorityKey),
}

/// The questions of a policy; `None` where it has no such rule.
pub fn checklist(policy: &Policy) -> Option<Checklist<'_>> {
    let hotfix = &policy.bugs.as_ref()?.hotfix;
    Some(Checklist { faults: hotfix.faults.iter().collect(), priority: &hotfix.priority })
}

/// Decides by what was answered. `decided`: the priority that the bug has.
pub fn decide(policy: &Policy, answers: &Answers, decided: &PriorityKey, catalogue: &Catalogue) -> Decision {
    let Some(hotfix) = policy.bugs.as_ref().map(|bugs| &bugs.hotfix) else {
        return Decision {
            delivery: Delivery::Planned,
            reasons: vec![Reason::NoRule],
            priority: PriorityEffect::Nothing,
        };
    };
    let (there, open_faults) = faults(hotfix, answers);
    let around = answers.around.as_ref();
    let has_way = around.is_some_and(|around| *around != Around::Nothing);
    let mut reasons: Vec<Reason> = there.iter().map(|key| Reason::Fault((*key).clone())).collect();
    reasons.extend((there.is_empty() && open_faults.is_empty()).then_some(Reason::NoFault));
    reasons.extend(around.map(|around| match around {
        Around::Nothing => Reason::NoWayAround,
        way => Reason::WayAround(way.clone()),
    }));
    let delivery = match () {
        () if around.is_some_and(|around| !around.says_how()) => Delivery::Undecided { open: vec![Question::How] },
        () if has_way || (there.is_empty() && open_faults.is_empty()) => Delivery::Planned,
        () if there.is_empty() || around.is_none() => undecided(&there, open_faults, around),
        () => match catalogue.latest(None) {
            Some(latest) => next_hotfix(&latest.version, catalogue),
            None => {
                reasons.push(Reason::NoRelease);
                Delivery::Planned
            }
        },
    };
    let is_asked = |key: &EntryKey| hotfix.faults.contains(key);
    reasons.extend(answers.faults.keys().filter(|key| !is_asked(key)).map(|key| Reason::NotAsked(key.clone())));
    let is_high = policy.rank_of(decided) <= policy.rank_of(&hotfix.priority);
    let priority = match &delivery {
        Delivery::Hotfix { .. } if !is_high => PriorityEffect::Proposed(hotfix.priority.clone()),
        Delivery::Planned if has_way => PriorityEffect::RuledOut(hotfix.priority.clone()),
        _ => PriorityEffect::Nothing,
    };
    Decision { delivery, reasons, priority }
}

/// The faults that are there, and those of which nobody said it.
fn faults<'p>(hotfix: &'p Hotfix, answers: &Answers) -> (BTreeSet<&'p EntryKey>, Vec<Question>) {
    let said = |key: &EntryKey| answers.faults.get(key).copied();
    let there = hotfix.faults.keys().filter(|key| said(key) == Some(true)).collect();
    let open = hotfix.faults.keys().filter(|key| said(key).is_none()).cloned().map(Question::Fault).collect();
    (there, open)
}

/// One fault that is there is enough, so the others are not asked for then.
fn undecided(there: &BTreeSet<&EntryKey>, open: Vec<Question>, around: Option<&Around>) -> Delivery {
    let mut questions = if there.is_empty() { open } else { Vec::new() };
    questions.extend(around.is_none().then_some(Question::WayAround));
    Delivery::Undecided { open: questions }
}

fn next_hotfix(latest: &Version, catalogue: &Catalogue) -> Delivery {
    let numbers = std::iter::successors(Some(latest.next_hotfix()), |last| Some(last.next_hotfix()));
    // A withdrawn one keeps its number.
    let mut free = numbers.take(catalogue.releases().len() + 1).filter(|next| catalogue.release(next).is_none());
    let as_version = free.next().unwrap_or_else(|| latest.next_hotfix());
    Delivery::Hotfix { of: latest.clone(), as_version }
}

impl Around {
    fn says_how(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Approach { how } | Self::Tool { how } | Self::WayOfWorking { how } => !how.trim().is_empty(),
        }
    }
}
