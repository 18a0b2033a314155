//! Hotfix or planned release.

use jiff::civil::date;
use proptest::prelude::*;

use super::{
    life_test::{catalogue, v},
    *,
};
use crate::{policy::Policy, releases::Withdrawal};

fn reference() -> Policy {
    Policy::parse(include_str!("../../../../policies/allure-testops.toml")).expect("it holds together").policy
}

fn answers(faults: &[(&str, bool)], around: Option<Around>) -> Answers {
    Answers { faults: faults.iter().map(|(key, is)| ((*key).into(), *is)).collect(), around }
}

const NONE: [(&str, bool); 3] = [("start", false), ("sign_in", false), ("use", false)];

#[test]
fn bug_3_the_checklist_is_the_policys() {
    let policy = reference();
    let asked = checklist(&policy).expect("it has one");
    let keys: Vec<&str> = asked.faults.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!((keys, asked.priority.as_str()), (vec!["start", "sign_in", "use"], "urgent"));
    let larkspur = Policy::parse(include_str!("../../../../policies/larkspur.toml")).expect("it holds together").policy;
    let asked = checklist(&larkspur).expect("it has one");
    assert_eq!((asked.faults.len(), asked.priority.as_str()), (2, "s2"));
    let without = Policy { bugs: None, ..reference() };
    assert_eq!(checklist(&without), None);
    let decision = decide(&without, &Answers::default(), &"urgent".into(), &catalogue(&["5.12"]));
    assert_eq!((decision.delivery, decision.reasons), (Delivery::Planned, vec![Reason::NoRule]));
}

#[test]
fn bug_3_a_listed_fault_without_a_way_around_gets_a_hotfix_of_the_latest_release() {
    let (policy, out) = (reference(), catalogue(&["5.11", "5.12", "5.12-hotfix.1"]));
    for fault in ["start", "sign_in", "use"] {
        let decision = decide(&policy, &answers(&[(fault, true)], Some(Around::Nothing)), &"high".into(), &out);
        let expected = Decision {
            delivery: Delivery::Hotfix { of: v("5.12-hotfix.1"), as_version: v("5.12-hotfix.2") },
            reasons: vec![Reason::Fault(fault.into()), Reason::NoWayAround],
            priority: PriorityEffect::Proposed("urgent".into()),
        };
        assert_eq!(decision, expected);
    }
    let urgent = decide(&policy, &answers(&[("use", true)], Some(Around::Nothing)), &"urgent".into(), &out);
    assert_eq!(urgent.priority, PriorityEffect::Nothing, "it has it");
}

#[test]
fn bug_3_a_way_around_rules_out_the_hotfix_and_the_highest_priority() {
    let (policy, out) = (reference(), catalogue(&["5.12"]));
    let how = || "Import by the API".to_owned();
    for around in [Around::Approach { how: how() }, Around::Tool { how: how() }, Around::WayOfWorking { how: how() }] {
        let decision = decide(&policy, &answers(&[("start", true)], Some(around.clone())), &"urgent".into(), &out);
        let expected = Decision {
            delivery: Delivery::Planned,
            reasons: vec![Reason::Fault("start".into()), Reason::WayAround(around)],
            priority: PriorityEffect::RuledOut("urgent".into()),
        };
        assert_eq!(decision, expected);
    }
    let unsaid = Around::Tool { how: " ".to_owned() };
    let decision = decide(&policy, &answers(&[("start", true)], Some(unsaid)), &"urgent".into(), &out);
    assert_eq!(decision.delivery, Delivery::Undecided { open: vec![Question::How] });
}

#[test]
fn bug_3_everything_else_comes_in_a_planned_release() {
    let (policy, out) = (reference(), catalogue(&["5.12"]));
    let decision = decide(&policy, &answers(&NONE, Some(Around::Nothing)), &"urgent".into(), &out);
    assert_eq!(decision.delivery, Delivery::Planned);
    assert_eq!(decision.reasons, [Reason::NoFault, Reason::NoWayAround]);
    assert_eq!(decision.priority, PriorityEffect::Nothing);
    let no_release = decide(&policy, &answers(&[("use", true)], Some(Around::Nothing)), &"low".into(), &catalogue(&[]));
    assert_eq!(no_release.delivery, Delivery::Planned);
    assert_eq!(no_release.reasons.last(), Some(&Reason::NoRelease));
}

#[test]
fn bug_3_only_what_decides_is_asked_for() {
    let (policy, out) = (reference(), catalogue(&["5.12"]));
    let open = |answers: &Answers| decide(&policy, answers, &"high".into(), &out).delivery;
    let fault = |key: &str| Question::Fault(key.into());
    let all = vec![fault("start"), fault("sign_in"), fault("use"), Question::WayAround];
    assert_eq!(open(&Answers::default()), Delivery::Undecided { open: all });
    let one = answers(&[("use", true)], None);
    assert_eq!(open(&one), Delivery::Undecided { open: vec![Question::WayAround] });
    let some = answers(&[("start", false), ("old", true)], Some(Around::Nothing));
    assert_eq!(open(&some), Delivery::Undecided { open: vec![fault("sign_in"), fault("use")] });
    let reasons = decide(&policy, &some, &"high".into(), &out).reasons;
    assert_eq!(reasons, [Reason::NoWayAround, Reason::NotAsked("old".into())]);
}

#[test]
fn bug_3_a_withdrawn_hotfix_keeps_its_number() {
    let mut out = catalogue(&["5.12", "5.12-hotfix.1"]);
    let withdrawal = Withdrawal { on: date(2026, 11, 2), why: "It loses results.".to_owned(), instead: None };
    out.withdraw(&v("5.12-hotfix.1"), withdrawal).expect("it can be");
    let decision = decide(&reference(), &answers(&[("use", true)], Some(Around::Nothing)), &"urgent".into(), &out);
    assert_eq!(decision.delivery, Delivery::Hotfix { of: v("5.12"), as_version: v("5.12-hotfix.2") });
}

proptest! {
    #[test]
    fn bug_3_a_hotfix_needs_a_fault_and_no_way_around_and_a_decision_stands(
        said in proptest::collection::vec(proptest::option::of(any::<bool>()), 3),
        around in proptest::option::of(any::<bool>()),
    ) {
        let (policy, out) = (reference(), catalogue(&["5.12"]));
        let keys = ["start", "sign_in", "use"];
        let faults = keys.iter().zip(&said).filter_map(|(key, is)| Some(((*key).into(), (*is)?))).collect();
        let way = |is: bool| if is { Around::Tool { how: "x".to_owned() } } else { Around::Nothing };
        let given = Answers { faults, around: around.map(way) };
        let delivery = decide(&policy, &given, &"high".into(), &out).delivery;
        let is_hotfix = matches!(delivery, Delivery::Hotfix { .. });
        prop_assert_eq!(is_hotfix, said.contains(&Some(true)) && around == Some(false));
        // Whatever is answered besides, what is decided stays so.
        if !matches!(delivery, Delivery::Undecided { .. }) {
            for key in keys {
                let mut more = given.clone();
                more.faults.entry(key.into()).or_insert(false);
                more.around.get_or_insert(Around::Nothing);
                let again = decide(&policy, &more, &"high".into(), &out).delivery;
                prop_assert_eq!(matches!(again, Delivery::Hotfix { .. }), is_hotfix);
            }
        } else {
            prop_assert!(said.contains(&None) || around.is_none());
        }
    }
}
