//! Why something was not done. Values; `words::refusal` says them, with what to do next.

use crate::keys::{DetailKey, PriorityKey, TickKey, TypeKey};

/// A decision against an action. The variants grow with the rules that refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// REG-3: throw-away addresses.
    DisposableDomain { domain: String },
    /// REG-3: public mail where the policy refuses it.
    PublicDomain { domain: String },
    /// A type that the policy does not offer (here, or to this plan).
    TypeNotOffered { request_type: TypeKey },
    /// PRI-3: outside the range of the type.
    PriorityOutOfRange { request_type: TypeKey, wish: PriorityKey, highest: PriorityKey },
    /// REQ-9: no such step from the state the request is in.
    StateStep { from: crate::events::State, to: crate::events::State },
    /// PRI-2: a decision against the wish says why.
    ReasonMissing,
    /// The hold of a reply is over; it is on its way.
    HoldOver,
}

/// What is wrong with a form, field by field, in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The form's field: `subject`, `detail.steps`, `tick.docs_read`.
    pub field: String,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    TooLong { characters: usize, limit: usize },
    NotTicked { tick: TickKey },
    DetailMissing { detail: DetailKey },
    NotOffered,
    NotAnAddress,
    WeakPassword { reason: crate::people::PasswordWeakness },
}
