//! The support policy as a value: one struct per table of the file, in the order in which a person reads it.
//!
//! Decides the shape of the file (the JSON Schema and the checks of unknown keys and kinds are read off
//! these types) and the defaults of house rules. Whether the parts fit each other is `check`'s; which
//! target applies is `targets`'; sentences are `words`'.

mod keyed;
mod length;
mod people;
mod product;
mod requests;
mod rules;
mod text;
mod working;

pub use keyed::{KeyForm, Keyed};
pub use length::{TARGET_FORMS, Target, TargetLength};
pub use people::{
    Domains, Ended, Entitlement, Forum, Links, Registration, RegistrationMode, Sessions, Stream, Visibility,
    VisibilityRequest,
};
pub use product::{Included, Named, Product, ScopeEntry, Stand, Terms, Versions};
pub use requests::{
    Clock, Detail, DetailKind, Filing, Grows, HowTo, OnlyIf, PriorityClass, PriorityRange, PriorityRule, Reads,
    RequestType, Tick, When,
};
pub use rules::{
    Attachments, Bugs, FirstResponse, Hotfix, Intake, Migration, Originals, Point, Replies, Security, SourceSystem,
    Statistics, Timers, Waiting,
};
pub use text::{Origin, Text};
pub use working::{Calendar, Emergency, Escalation, Holidays, Hours, Line, Plan, Region};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::keys::{
    AreaKey, CalendarKey, DeploymentKey, DetailKey, EntryKey, HolidaysKey, Language, PlanKey, PriorityKey, RegionKey,
    TickKey, TypeKey,
};

/// A support policy: who may ask for what, when, how fast it is answered and what happens next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The language of texts that are written in one, and the one that every other text has first.
    pub language: Language,
    pub product: Product,
    /// How the product's versions are called.
    pub versions: Option<Versions>,
    /// The ways in which the product is run.
    #[serde(default)]
    pub deployments: Keyed<DeploymentKey, Named>,
    /// The fields of support that a request can concern.
    #[serde(default)]
    pub areas: Keyed<AreaKey, Named>,
    /// The contract that support is part of.
    pub terms: Terms,
    /// What support includes.
    #[serde(default)]
    pub included: Keyed<EntryKey, Included>,
    /// When people are here.
    pub hours: Hours,
    pub calendars: Keyed<CalendarKey, Calendar>,
    #[serde(default)]
    pub holidays: Keyed<HolidaysKey, Holidays>,
    /// The parts of the world that organisations belong to, where targets or hours depend on it.
    #[serde(default, skip_serializing_if = "Keyed::is_empty")]
    pub regions: Keyed<RegionKey, Region>,
    /// Who may escalate a request, and how; nobody unless given. A plan may say otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
    /// The ways in which requests can be filed.
    pub filing: Filing,
    /// How priorities come about.
    pub priority: PriorityRule,
    /// The priorities, the highest first.
    pub priorities: Keyed<PriorityKey, PriorityClass>,
    /// What can be sent, in the order in which it is offered.
    pub types: Keyed<TypeKey, RequestType>,
    /// What forms ask for.
    #[serde(default)]
    pub details: Keyed<DetailKey, Detail>,
    /// What is ticked before sending.
    #[serde(default)]
    pub ticks: Keyed<TickKey, Tick>,
    /// The targets of everybody, unless a plan differs.
    #[serde(default)]
    pub targets: Vec<Line>,
    /// What a licence's plan changes; only the differences. From the smallest plan to the largest: of several licences the
    /// one with the larger plan counts.
    #[serde(default)]
    pub plans: Keyed<PlanKey, Plan>,
    /// What counts as a first response, and what is said of its target.
    pub first_response: FirstResponse,
    /// The figures on the support page.
    #[serde(default)]
    pub statistics: Statistics,
    pub registration: Registration,
    #[serde(default)]
    pub domains: Domains,
    /// How long single-use links are good for.
    #[serde(default)]
    pub links: Links,
    /// How long a browser stays signed in.
    #[serde(default)]
    pub sessions: Sessions,
    pub visibility: Visibility,
    pub entitlement: Entitlement,
    pub bugs: Option<Bugs>,
    pub security: Option<Security>,
    pub migration: Option<Migration>,
    pub forum: Option<Forum>,
    /// What support covers, what it does not, and where to go instead.
    #[serde(default)]
    pub scope: Keyed<EntryKey, ScopeEntry>,
    #[serde(default)]
    pub attachments: Attachments,
    /// What happens by itself when nobody writes.
    #[serde(default)]
    pub timers: Timers,
    #[serde(default)]
    pub replies: Replies,
    /// When the desk is told that something waits.
    #[serde(default)]
    pub waiting: Waiting,
}
