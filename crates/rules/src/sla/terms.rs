//! What a clock asks of the policy. The policy decides which line of it wins (PLN-1); here is only the question.

use std::sync::Arc;

use crate::{
    calendar::{Calendar, Length},
    events::TargetKind,
    ids::PolicyVersionId,
    instant::Instant,
    keys::{PlanKey, PriorityKey, RegionKey, TypeKey},
};

/// What a target depends on (PLN-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub request_type: TypeKey,
    pub priority: PriorityKey,
    pub plan: Option<PlanKey>,
    /// The organisation's, when the request was filed (PLN-3).
    pub region: Option<RegionKey>,
    /// Whether a person has escalated it (PLN-3).
    pub escalated: bool,
    /// Whether it is asked for a reopened cycle, which may have a target of its own (FRT-5). A policy
    /// without one answers as for the first.
    pub reopened: bool,
}

/// A target: the hours it is measured in and how long it is.
#[derive(Clone, Copy, Debug)]
pub struct Aim<'a> {
    pub calendar: &'a Calendar,
    pub length: Length,
    /// An intention, not a promise (PLN-1): it has a due instant and is never late.
    pub best_effort: bool,
}

/// One version of the policy, as far as clocks need it.
pub trait Terms: Send + Sync {
    /// The target for a kind of clock; `None` where the policy has none, and then there is no clock.
    fn aim(&self, kind: TargetKind, of: &About) -> Option<Aim<'_>>;
    /// Whether some targets depend on the region (PLN-3).
    fn has_regions(&self) -> bool;
    /// Whether an update is promised to anybody (PLN-2).
    fn has_updates(&self) -> bool;
    /// The place of a priority in the policy's order, 0 for the highest; `None` for one it does not know.
    fn rank(&self, priority: &PriorityKey) -> Option<usize>;
    /// Whether the desk's own request for missing details stops the clock (FRT-4).
    fn stops_for_missing_details(&self) -> bool;
    /// At which parts of a target to warn (FRT-7), in percent, each from 1 to 99.
    fn warn_percents(&self) -> &[u8];
}

/// All versions of the policy that were ever in force.
pub trait Versions {
    fn terms(&self, version: PolicyVersionId) -> Option<Arc<dyn Terms>>;
    /// The version in force at an instant, to which a clock that starts then is pinned (POL-3).
    fn in_force(&self, at: Instant) -> Option<PolicyVersionId>;
}

/// An event names a version of the policy that is not kept; no clock can be told without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTerms(pub PolicyVersionId);

impl std::fmt::Display for UnknownTerms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "version {} of the policy is not kept, and a clock is pinned to it", self.0)
    }
}

impl std::error::Error for UnknownTerms {}
