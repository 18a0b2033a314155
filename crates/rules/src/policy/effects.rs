//! What another version of the policy changes for requests that are open, and what stays although the text is another
//! (POL-3, POL-5). Clocks are pinned at their start, so no target moves; forms, ranges and timers count at once.

use std::collections::BTreeSet;

use super::{Chosen, Policy};
use crate::{
    events::{State, TargetKind},
    keys::{DetailKey, PlanKey, PriorityKey, TypeKey},
    sla::About,
    tickets::Timer,
};

/// Requests that are not closed and agree in what a policy decides by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenGroup {
    pub request_type: TypeKey,
    pub priority: PriorityKey,
    pub plan: Option<PlanKey>,
    pub state: State,
    pub requests: u64,
}

/// A change, or what stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The first response is due as before: the clocks keep what they began with.
    TargetStays { was: String, is: String },
    /// The type is gone; they stay of it, and no more can be filed.
    TypeGone { request_type: TypeKey },
    /// Their priority lies outside of the type's range; it stays until somebody decides, then this is the nearest.
    PriorityOutside { request_type: TypeKey, priority: PriorityKey, nearest: PriorityKey },
    /// What the form requires from now on; what was filed whole is not asked for it.
    DetailsRequired { request_type: TypeKey, details: Vec<DetailKey> },
    /// Their licence's plan is gone; later targets are those of no plan.
    PlanGone { plan: PlanKey },
    /// What happens by itself happens after another time, counted from when the state began.
    Timer { timer: Timer, was_days: u32, is_days: u32 },
}

/// An effect, and which groups it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    pub effect: Effect,
    pub requests: u64,
    /// Places in the list of groups.
    pub groups: Vec<usize>,
}

/// What differs for these, in the order of the file; nothing for what nobody has.
pub fn effects(old: &Policy, new: &Policy, open: &[OpenGroup]) -> Vec<Touched> {
    let mut all = targets(old, new, open);
    for (key, _) in old.types.iter() {
        of_type(old, new, key, open, &mut all);
    }
    for (plan, _) in old.plans.iter().filter(|(plan, _)| !new.plans.contains(*plan)) {
        let is_it = |group: &OpenGroup| !group.state.is_over() && group.plan.as_ref() == Some(plan);
        all.extend(touched(Effect::PlanGone { plan: plan.clone() }, open, is_it));
    }
    for (timer, state, was_days, is_days) in timers(old, new) {
        let effect = Effect::Timer { timer, was_days, is_days };
        all.extend(touched(effect, open, |group| group.state == state));
    }
    all
}

fn of_type(old: &Policy, new: &Policy, key: &TypeKey, open: &[OpenGroup], all: &mut Vec<Touched>) {
    let of_type = |group: &OpenGroup| !group.state.is_over() && group.request_type == *key;
    if !new.types.contains(key) {
        all.extend(touched(Effect::TypeGone { request_type: key.clone() }, open, of_type));
        return;
    }
    let priorities: Vec<PriorityKey> =
        distinct(open.iter().filter(|group| of_type(group)).map(|group| &group.priority));
    for priority in priorities {
        let nearest = new.clamp(key, &priority);
        if nearest != priority && old.clamp(key, &priority) == priority {
            let effect = Effect::PriorityOutside { request_type: key.clone(), priority: priority.clone(), nearest };
            all.extend(touched(effect, open, |group| of_type(group) && group.priority == priority));
        }
    }
    let details = newly_required(old, new, key);
    if !details.is_empty() {
        all.extend(touched(Effect::DetailsRequired { request_type: key.clone(), details }, open, of_type));
    }
}

/// The first response that is written for them now, and would be, wherever the two differ.
fn targets(old: &Policy, new: &Policy, open: &[OpenGroup]) -> Vec<Touched> {
    let said = |policy: &Policy, group: &OpenGroup| {
        let (request_type, priority) = (group.request_type.clone(), group.priority.clone());
        let about =
            About { request_type, priority, plan: group.plan.clone(), region: None, escalated: false, reopened: false };
        policy.applied(TargetKind::FirstResponse, &about).target.to_string()
    };
    let both = |group: &OpenGroup| (said(old, group), said(new, group));
    let is_open = |group: &OpenGroup| !group.state.is_over() && new.types.contains(&group.request_type);
    let pairs: BTreeSet<(String, String)> = open.iter().filter(|group| is_open(group)).map(both).collect();
    let differing = pairs.into_iter().filter(|(was, is)| was != is);
    let of_pair = |pair: (String, String)| {
        let effect = Effect::TargetStays { was: pair.0.clone(), is: pair.1.clone() };
        touched(effect, open, |group| is_open(group) && both(group) == pair)
    };
    differing.filter_map(of_pair).collect()
}

/// Details that a form did not require and does now, wherever it runs and whatever it is about.
fn newly_required(old: &Policy, new: &Policy, key: &TypeKey) -> Vec<DetailKey> {
    let required = |policy: &Policy| -> Vec<DetailKey> {
        let asked = policy.details_of(key, Chosen::default()).into_iter();
        asked.filter(|(_, detail)| detail.required).map(|(key, _)| key.clone()).collect()
    };
    let before = required(old);
    required(new).into_iter().filter(|key| !before.contains(key)).collect()
}

fn timers(old: &Policy, new: &Policy) -> Vec<(Timer, State, u32, u32)> {
    let (was, is) = (&old.timers, &new.timers);
    let all = [
        (Timer::Remind, State::WaitingForCustomer, was.reminder_days, is.reminder_days),
        (Timer::Solve, State::WaitingForCustomer, was.solve_days, is.solve_days),
        (Timer::Close, State::Solved, was.close_days, is.close_days),
    ];
    all.into_iter().filter(|(.., was, is)| was != is).collect()
}

fn touched(effect: Effect, open: &[OpenGroup], is_it: impl Fn(&OpenGroup) -> bool) -> Option<Touched> {
    let groups: Vec<usize> = (0..open.len()).filter(|at| is_it(&open[*at])).collect();
    let requests = groups.iter().map(|at| open[*at].requests).sum();
    (!groups.is_empty()).then_some(Touched { effect, requests, groups })
}

fn distinct<'a, K: Clone + Ord + 'a>(keys: impl Iterator<Item = &'a K>) -> Vec<K> {
    keys.cloned().collect::<BTreeSet<K>>().into_iter().collect()
}

#[cfg(test)]
#[path = "effects_test.rs"]
mod tests;
