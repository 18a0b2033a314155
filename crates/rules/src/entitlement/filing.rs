//! What may be filed with a licence.

use super::{Entitled, Standing};
use crate::{
    events::{Channel, Secrecy},
    keys::TypeKey,
    policy::{Ended, Policy, RequestType},
    refusal::Refusal,
};

/// Whether a type may be filed in this way (ENT-2, ENT-3, PLN-1, PLN-5). Security reports are always accepted.
pub fn may_file(policy: &Policy, request_type: &TypeKey, channel: Channel, entitled: &Entitled) -> Result<(), Refusal> {
    let not_offered = || Refusal::TypeNotOffered { request_type: request_type.clone() };
    let kind = policy.request_type(request_type).ok_or_else(not_offered)?;
    let goes = |channels: &Option<Vec<Channel>>| channels.as_ref().is_none_or(|all| all.contains(&channel));
    if !goes(&kind.channels) {
        return Err(not_offered());
    }
    if kind.secrecy == Secrecy::Security {
        return Ok(());
    }
    if let Some(unnamed) = &entitled.unnamed {
        return Err(Refusal::NotAContact(unnamed.clone()));
    }
    let rule = &policy.entitlement;
    match entitled.standing {
        Standing::Ended { ended } if rule.ended == Ended::Refuse => return Err(Refusal::LicenceEnded { ended }),
        Standing::Trial { .. } if rule.trial_types.as_ref().is_some_and(|types| !types.contains(request_type)) => {
            return Err(Refusal::NotInTrial { request_type: request_type.clone() });
        }
        _ => {}
    }
    let plan = entitled.plan.as_ref().and_then(|plan| policy.plan(plan));
    let is_planned = plan.is_none_or(|plan| {
        plan.types.as_ref().is_none_or(|types| types.contains(request_type)) && goes(&plan.channels)
    });
    if is_planned { Ok(()) } else { Err(not_offered()) }
}

/// The types that may be filed in this way, in the policy's order.
pub fn types<'p>(policy: &'p Policy, channel: Channel, entitled: &Entitled) -> Vec<(&'p TypeKey, &'p RequestType)> {
    let all = policy.types.iter();
    all.filter(|(key, _)| may_file(policy, key, channel, entitled).is_ok()).collect()
}
