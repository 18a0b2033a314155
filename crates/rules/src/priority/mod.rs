//! Decides which priority is in force: the customer's wish, clamped to the type's range, until an agent
//! decides (PRI-2 to 4). Which priorities a type allows is the policy's; what the change does to a clock
//! is `sla`'s.

#[cfg(test)]
mod tests;

use crate::{
    keys::{PriorityKey, TypeKey},
    refusal::Refusal,
};

/// The priorities that a type allows: a part of the policy's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range<'a> {
    /// All priorities of the policy, highest first.
    pub order: Vec<&'a PriorityKey>,
    pub highest: &'a PriorityKey,
    pub lowest: &'a PriorityKey,
}

/// A wish that has been held against a range. The wish itself stays on record (PRI-3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clamped {
    pub wish: PriorityKey,
    /// What is in force.
    pub priority: PriorityKey,
    pub clamp: Clamp,
}

/// What the range did to the wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clamp {
    Kept,
    /// Above the range: the highest allowed is in force.
    Lowered,
    /// Below the range: the lowest allowed is in force.
    Raised,
    /// The policy does not know the priority: the lowest allowed is in force.
    Unknown,
}

/// The priority nearest to the wish that the range allows (PRI-3 on mail, chat and import; PRI-4).
pub fn clamp(wish: &PriorityKey, range: &Range<'_>) -> Clamped {
    let (priority, clamp) = match range.place(wish) {
        None => (range.lowest, Clamp::Unknown),
        Some(place) if range.place(range.highest).is_some_and(|highest| place < highest) => {
            (range.highest, Clamp::Lowered)
        }
        Some(place) if range.place(range.lowest).is_some_and(|lowest| place > lowest) => (range.lowest, Clamp::Raised),
        Some(_) => (wish, Clamp::Kept),
    };
    Clamped { wish: wish.clone(), priority: priority.clone(), clamp }
}

/// Whether the portal and the API take the wish as it is (PRI-3); they refuse what mail would clamp.
pub fn accept(wish: &PriorityKey, request_type: &TypeKey, range: &Range<'_>) -> Result<(), Refusal> {
    if range.allows(wish) {
        return Ok(());
    }
    Err(Refusal::PriorityOutOfRange {
        request_type: request_type.clone(),
        wish: wish.clone(),
        highest: range.highest.clone(),
    })
}

/// A decision of an agent, to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub request_type: &'a TypeKey,
    pub wish: &'a PriorityKey,
    pub decided: &'a PriorityKey,
    pub reason: &'a str,
}

/// Whether the decision stands: in the type's range, and with a reason where it differs from the wish (PRI-2).
pub fn decide(decision: &Decision<'_>, range: &Range<'_>) -> Result<(), Refusal> {
    accept(decision.decided, decision.request_type, range)?;
    if needs_reason(decision.wish, decision.decided) && decision.reason.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    Ok(())
}

/// A decision against the wish needs a reason that the customer sees (PRI-2).
pub fn needs_reason(wish: &PriorityKey, decided: &PriorityKey) -> bool {
    wish != decided
}

/// Whether a customer may raise the wish so: to one of those that the policy offers `above` it, with a reason (REQ-11).
pub fn raise(to: &PriorityKey, reason: &str, above: &[&PriorityKey]) -> Result<(), Refusal> {
    if !above.contains(&to) {
        return Err(Refusal::WishNotHigher);
    }
    if reason.trim().is_empty() {
        return Err(Refusal::RaiseReasonMissing);
    }
    Ok(())
}

/// Who put the present priority in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecidedBy {
    /// The wish, clamped; no agent has decided yet.
    Wish,
    Agent,
}

/// The priority that a raised wish puts in force: the new wish, clamped, until an agent has decided, and
/// nothing from then on (FRT-9). Where it is `Some`, a rule's `PriorityDecided` follows the `WishRaised`;
/// clocks follow that event.
pub fn after_raised_wish(wish: &PriorityKey, decided_by: DecidedBy, range: &Range<'_>) -> Option<Clamped> {
    match decided_by {
        DecidedBy::Wish => Some(clamp(wish, range)),
        DecidedBy::Agent => None,
    }
}

impl Range<'_> {
    pub fn allows(&self, priority: &PriorityKey) -> bool {
        clamp(priority, self).clamp == Clamp::Kept
    }

    fn place(&self, priority: &PriorityKey) -> Option<usize> {
        self.order.iter().position(|known| *known == priority)
    }
}
