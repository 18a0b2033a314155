//! The reference policy is read, and answers as the page says.

use super::*;
use crate::{
    events::TargetKind,
    instant::Instant,
    keys::{PriorityKey, TypeKey},
    sla::{About, Terms},
};

pub(super) const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");

fn reference() -> Policy {
    read("allure-testops.toml", REFERENCE).policy
}

pub(super) fn read(file: &str, source: &str) -> Checked {
    Policy::parse(source).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(|fault| fault.render(Severity::Error, file)).collect::<String>())
    })
}

#[test]
fn the_reference_policy_is_read_in_the_order_of_its_file() {
    let policy = reference();
    let keys: Vec<&str> = policy.types.keys().map(TypeKey::as_str).collect();
    assert_eq!(keys, ["question", "support", "bug", "feature", "security", "migration"]);
    let keys: Vec<&str> = policy.priorities.keys().map(PriorityKey::as_str).collect();
    assert_eq!(keys, ["urgent", "high", "medium", "low"]);
}

#[test]
fn pri_3_a_wish_outside_the_range_becomes_the_nearest_bound() {
    let policy = reference();
    assert_eq!(policy.clamp(&"question".into(), &"urgent".into()), "medium".into());
    assert_eq!(policy.clamp(&"security".into(), &"low".into()), "urgent".into());
    assert_eq!(policy.clamp(&"bug".into(), &"high".into()), "high".into());
}

#[test]
fn frt_1_every_type_but_feature_requests_is_answered_within_eight_working_hours() {
    let compiled = Compiled::new(read("allure-testops.toml", REFERENCE));
    let filed: Instant = "2026-11-27T16:40:00Z".parse().expect("an instant");
    for request_type in compiled.policy().types.keys() {
        let priority = compiled.policy().types.get(request_type).expect("its key").priorities.default.clone();
        let about = About {
            request_type: request_type.clone(),
            priority,
            plan: None,
            region: None,
            escalated: false,
            reopened: false,
        };
        let due = compiled
            .aim(TargetKind::FirstResponse, &about)
            .map(|aim| aim.calendar.due_by(filed, &aim.length).expect("it opens").to_string());
        let expected = (request_type.as_str() != "feature").then(|| "2026-11-30T14:40:00Z".to_owned());
        assert_eq!(due, expected, "{request_type}");
        assert!(compiled.aim(TargetKind::Resolution, &about).is_none(), "the page promises no solution by a time");
    }
}

#[test]
fn hrs_4_a_missing_list_of_holidays_is_a_warning() {
    let warnings = read("allure-testops.toml", REFERENCE).warnings;
    let said: Vec<&str> = warnings.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("no date is listed"), "{said:?}");
    assert_eq!(warnings[0].source_line, "[calendars.desk]");
}

#[test]
fn pol_3_the_stored_form_is_the_same_policy_and_has_the_same_hash() {
    let compiled = Compiled::new(read("allure-testops.toml", REFERENCE));
    let stored = serde_json::to_string(&compiled).expect("it serialises");
    let again: Compiled = serde_json::from_str(&stored).expect("it is read back");
    assert_eq!(again, compiled);
    assert_eq!(again.hash(), compiled.hash());
    assert_eq!(compiled.hash().len(), 64);
    let longer = Compiled::new(read("changed", &REFERENCE.replace("8 working hours", "9 working hours")));
    assert_ne!(longer.hash(), compiled.hash());
}

#[test]
fn req_3_what_only_deployments_need_is_asked_only_for_them() {
    let policy = reference();
    let keys = |area: &str| -> Vec<String> {
        let area = area.into();
        let chosen = Chosen { area: Some(&area), ..Chosen::default() };
        policy.details_of(&"support".into(), chosen).into_iter().map(|(key, _)| key.to_string()).collect()
    };
    assert!(keys("deployment").contains(&"history".to_owned()));
    assert!(!keys("performance").contains(&"history".to_owned()));
    assert!(keys("performance").contains(&"logs".to_owned()));
}

#[test]
fn pol_3_what_was_stored_when_supported_systems_were_names_still_reads() {
    let compiled = Compiled::new(Policy::parse(REFERENCE).expect("it holds together"));
    let mut stored = serde_json::to_value(&compiled).expect("it serialises");
    stored["policy"]["migration"]["supported"] = serde_json::json!(["TestRail", "A CSV file"]);
    stored["policy"]["migration"].as_object_mut().expect("a table").remove("steps");
    let read: Compiled = serde_json::from_value(stored).expect("it reads");
    let moving = read.policy().migration.as_ref().expect("it speaks of moving");
    let systems: Vec<_> = moving.supported.iter().map(|(key, system)| (key.as_str(), system.name.as_str())).collect();
    assert_eq!(systems, [("testrail", "TestRail"), ("acsvfile", "A CSV file")]);
    assert!(moving.steps.is_empty());
}
