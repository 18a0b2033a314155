//! The reference policy is read, and answers as the page says.

use super::*;
use crate::keys::{PriorityKey, TypeKey};

const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");

fn reference() -> Policy {
    match Policy::parse(REFERENCE) {
        Ok(checked) => checked.policy,
        Err(faults) => panic!(
            "{}",
            faults
                .iter()
                .map(|fault| fault.render(Severity::Error, "allure-testops.toml"))
                .collect::<String>()
        ),
    }
}

#[test]
fn the_reference_policy_is_read_in_the_order_of_its_file() {
    let policy = reference();
    let keys: Vec<&str> = policy.types.keys().map(TypeKey::as_str).collect();
    assert_eq!(
        keys,
        [
            "question",
            "support",
            "bug",
            "feature",
            "security",
            "migration"
        ]
    );
    let keys: Vec<&str> = policy.priorities.keys().map(PriorityKey::as_str).collect();
    assert_eq!(keys, ["urgent", "high", "medium", "low"]);
}

#[test]
fn pri_3_a_wish_outside_the_range_becomes_the_nearest_bound() {
    let policy = reference();
    assert_eq!(
        policy.clamp(&"question".into(), &"urgent".into()),
        "medium".into()
    );
    assert_eq!(
        policy.clamp(&"security".into(), &"low".into()),
        "urgent".into()
    );
    assert_eq!(policy.clamp(&"bug".into(), &"high".into()), "high".into());
}
