//! The invented vendor: plans that state only differences, two calendars, priorities of its own.

use super::{reference_test::read, *};
use crate::{
    events::TargetKind,
    sla::{About, Terms},
};

const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

fn due(of: (&str, &str, Option<&str>), kind: TargetKind, filed: &str) -> Option<String> {
    let compiled = Compiled::new(read("larkspur.toml", LARKSPUR));
    let (request_type, priority, plan) = of;
    let about = About {
        request_type: request_type.into(),
        priority: priority.into(),
        plan: plan.map(Into::into),
        reopened: false,
    };
    let aim = compiled.aim(kind, &about)?;
    let due = aim.calendar.due_by(filed.parse().expect("an instant"), &aim.length).expect("it opens");
    Some(due.to_string())
}

#[test]
fn it_is_read_without_a_warning() {
    let warnings = read("larkspur.toml", LARKSPUR).warnings;
    assert_eq!(warnings, []);
}

#[test]
fn pln_1_a_plans_line_goes_before_everybodys_and_the_closest_wins() {
    let filed = "2026-11-20T13:30:00Z"; // Friday 14:30 in Graz, half an hour before it closes
    let first = TargetKind::FirstResponse;
    let cases = [
        (("incident", "s2", None), None),
        (("incident", "s2", Some("hedge")), Some("2026-11-24T13:30:00Z")),
        (("incident", "s1", Some("hedge")), Some("2026-11-23T11:00:00Z")),
        (("question", "s3", Some("hedge")), Some("2026-11-23T16:00:00Z")),
        (("incident", "s1", Some("orchard")), Some("2026-11-20T14:00:00Z")),
        (("incident", "s2", Some("orchard")), Some("2026-11-23T08:30:00Z")),
        (("defect", "s3", Some("orchard")), Some("2026-11-23T15:30:00Z")),
        (("wish", "s3", Some("orchard")), None),
    ];
    for (of, expected) in cases {
        assert_eq!(due(of, first, filed).as_deref(), expected, "{of:?}");
    }
}

#[test]
fn pln_1_best_effort_has_an_instant_and_is_no_promise() {
    let compiled = Compiled::new(read("larkspur.toml", LARKSPUR));
    let about = About {
        request_type: "question".into(),
        priority: "s3".into(),
        plan: Some("seedling".into()),
        reopened: false,
    };
    assert!(compiled.aim(TargetKind::FirstResponse, &about).expect("three support days").best_effort);
}

#[test]
fn frt_5_a_reopened_request_may_have_a_target_of_its_own() {
    let policy = read("larkspur.toml", LARKSPUR).policy;
    let about = |plan: &str, reopened| About {
        request_type: "defect".into(),
        priority: "s3".into(),
        plan: Some(plan.into()),
        reopened,
    };
    let target = |about: About| policy.applied(TargetKind::FirstResponse, &about).target.to_string();
    assert_eq!(target(about("orchard", true)), "4 working hours");
    assert_eq!(target(about("orchard", false)), "1 support day");
    assert_eq!(target(about("hedge", true)), "2 working days");
}

#[test]
fn texts_are_said_in_the_readers_language_or_the_policys() {
    let policy = read("larkspur.toml", LARKSPUR).policy;
    let name = &policy.types.get("incident").expect("the type").name;
    assert_eq!(name.say("de-AT"), "Störung");
    assert_eq!(name.say("en"), "Incident");
    assert_eq!(name.say("fr"), "Incident");
}
