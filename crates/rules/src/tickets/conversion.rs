//! Whether a request may become one of another type, and what that makes of its priority and its secrecy (REQ-8). What
//! the other type asks for and the request does not have is seen by `desk`; the clock is `sla`'s.

use crate::{
    events::{Secrecy, State},
    keys::{PriorityKey, TypeKey},
    policy::{Chosen, Policy},
    refusal::Refusal,
};

/// A conversion, to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Conversion<'a> {
    pub state: State,
    pub from: &'a TypeKey,
    pub to: &'a TypeKey,
    /// The priority in force.
    pub priority: &'a PriorityKey,
    /// What its details say, for priorities that depend on it (PLN-4).
    pub chosen: Chosen<'a>,
    pub secrecy: Secrecy,
}

/// What a request is after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// In the range of the new type (PRI-4); the wish stays as it was.
    pub priority: PriorityKey,
    pub secrecy: Secrecy,
}

pub fn convert(policy: &Policy, asked: &Conversion<'_>) -> Result<Converted, Refusal> {
    if asked.state.is_over() {
        return Err(Refusal::RequestEnded);
    }
    let Conversion { from, to, .. } = asked;
    let kind = policy.request_type(to).filter(|_| conversions(policy, from).contains(to));
    let kind = kind.ok_or_else(|| Refusal::ConversionNotOffered { from: (*from).clone(), to: (*to).clone() })?;
    Ok(Converted {
        priority: policy.clamp_for(to, asked.priority, asked.chosen),
        secrecy: kept_secret(asked.secrecy, kind.secrecy),
    })
}

/// What a type may become. One that the policy no longer has may become any that it has, so that nothing is stuck in it.
pub fn conversions<'a>(policy: &'a Policy, from: &TypeKey) -> Vec<&'a TypeKey> {
    match policy.request_type(from) {
        Some(kind) => kind.converts_to.iter().filter(|to| policy.request_type(to).is_some()).collect(),
        None => policy.types.keys().collect(),
    }
}

/// A type that keeps more makes it so. What was told in confidence stays confidential in a type that keeps less (VIS-2):
/// nobody reads by a conversion what its author told the security role alone.
pub fn kept_secret(now: Secrecy, of_type: Secrecy) -> Secrecy {
    match (now, of_type) {
        (_, Secrecy::Security) => Secrecy::Security,
        (Secrecy::Security | Secrecy::Confidential, _) => Secrecy::Confidential,
        (Secrecy::Open, of_type) => of_type,
    }
}

/// What a type that reads no logs grows into once one was given to it (REQ-2).
pub fn grows_with_logs<'a>(policy: &'a Policy, of: &TypeKey, state: State) -> Option<&'a TypeKey> {
    policy.grows_with_logs(of).map(|grows| &grows.into).filter(|_| !state.is_over())
}

/// Whether it is time to propose what the type grows into (REQ-2), after so many public replies of staff.
pub fn grows_into<'a>(policy: &'a Policy, of: &TypeKey, state: State, staff_replies: usize) -> Option<&'a TypeKey> {
    let grows = policy.request_type(of)?.grows.as_ref()?;
    let is_time = usize::try_from(grows.after_staff_replies).is_ok_and(|after| staff_replies >= after);
    (is_time && !state.is_over()).then_some(&grows.into)
}

#[cfg(test)]
mod tests {
    use super::{super::STATES, *};

    fn policy() -> Policy {
        Policy::parse(include_str!("../../../../policies/allure-testops.toml")).unwrap().policy
    }

    fn asked<'a>(from: &'a TypeKey, to: &'a TypeKey, priority: &'a PriorityKey) -> Conversion<'a> {
        Conversion { state: State::Open, from, to, priority, chosen: Chosen::default(), secrecy: Secrecy::Open }
    }

    #[test]
    fn req_8_a_request_becomes_what_the_policy_lets_its_type_become() {
        let policy = policy();
        let (question, support, bug): (TypeKey, TypeKey, TypeKey) = ("question".into(), "support".into(), "bug".into());
        let medium = PriorityKey::from("medium");
        let converted = convert(&policy, &asked(&question, &support, &medium));
        assert_eq!(converted, Ok(Converted { priority: "medium".into(), secrecy: Secrecy::Open }));
        let not_offered = Refusal::ConversionNotOffered { from: question.clone(), to: bug.clone() };
        assert_eq!(convert(&policy, &asked(&question, &bug, &medium)), Err(not_offered));
        let itself = convert(&policy, &asked(&question, &question, &medium));
        assert!(matches!(itself, Err(Refusal::ConversionNotOffered { .. })));
        // A type that a later version of the policy dropped.
        let dropped = TypeKey::from("dropped");
        assert!(convert(&policy, &asked(&dropped, &bug, &medium)).is_ok());
        assert!(convert(&policy, &asked(&bug, &dropped, &medium)).is_err());
    }

    #[test]
    fn req_2_a_log_makes_a_question_grow_while_it_is_not_over() {
        let policy = policy();
        let (question, support) = (TypeKey::from("question"), TypeKey::from("support"));
        for state in STATES {
            let grows = grows_with_logs(&policy, &question, state);
            assert_eq!(grows, Some(&support).filter(|_| !state.is_over()), "{state:?}");
            assert_eq!(grows_with_logs(&policy, &support, state), None, "it reads logs already");
        }
    }

    #[test]
    fn req_8_what_is_over_is_converted_no_more() {
        let policy = policy();
        for state in STATES {
            let (from, to, low) = ("question".into(), "support".into(), "low".into());
            let converted = convert(&policy, &Conversion { state, ..asked(&from, &to, &low) });
            assert_eq!(converted.is_err(), state.is_over(), "{state:?}");
        }
    }

    #[test]
    fn pri_4_the_priority_moves_into_the_range_of_the_new_type() {
        let policy = policy();
        let (support, question, security) = ("support".into(), "question".into(), "security".into());
        let urgent = PriorityKey::from("urgent");
        let low = PriorityKey::from("low");
        assert_eq!(convert(&policy, &asked(&support, &question, &urgent)).unwrap().priority.as_str(), "medium");
        assert_eq!(convert(&policy, &asked(&support, &security, &low)).unwrap().priority.as_str(), "urgent");
    }

    #[test]
    fn vis_2_what_was_told_in_confidence_stays_confidential_in_another_type() {
        use Secrecy::{Confidential, Open, Security};
        let table = [
            (Open, Open, Open),
            (Open, Confidential, Confidential),
            (Open, Security, Security),
            (Confidential, Open, Confidential),
            (Confidential, Security, Security),
            (Security, Open, Confidential),
            (Security, Confidential, Confidential),
            (Security, Security, Security),
        ];
        for (now, of_type, after) in table {
            assert_eq!(kept_secret(now, of_type), after, "{now:?} in a type that is {of_type:?}");
        }
    }

    #[test]
    fn req_2_what_a_question_grows_into_is_proposed_after_the_second_reply() {
        let policy = policy();
        let (question, support) = (TypeKey::from("question"), TypeKey::from("support"));
        assert_eq!(grows_into(&policy, &question, State::Open, 1), None);
        assert_eq!(grows_into(&policy, &question, State::Open, 2), Some(&support));
        assert_eq!(grows_into(&policy, &question, State::WaitingForCustomer, 5), Some(&support));
        assert_eq!(grows_into(&policy, &question, State::Solved, 2), None);
        assert_eq!(grows_into(&policy, &support, State::Open, 9), None);
    }
}
