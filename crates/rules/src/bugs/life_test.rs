//! A bug from its report to its release.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::{
    ids::BugId,
    releases::{Catalogue, Product, Range, Release, Version, Withdrawal},
};

pub(super) fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

pub(super) fn catalogue(versions: &[&str]) -> Catalogue {
    let mut catalogue = Catalogue::new(Product { name: "TestHub".to_owned(), ..Product::default() });
    for version in versions {
        catalogue.publish(Release::new(v(version), date(2026, 11, 1))).expect("it is new");
    }
    catalogue
}

fn bug() -> Bug {
    Bug::new(BugId(311), Severity::Major, Source::Customer)
}

fn withdraw(catalogue: &mut Catalogue, version: &str) {
    let withdrawal = Withdrawal { on: date(2026, 11, 20), why: "It loses results.".to_owned(), instead: None };
    catalogue.withdraw(&v(version), withdrawal).expect("it can be");
}

#[test]
fn bug_2_a_bug_goes_from_its_report_to_its_release() {
    let mut out = catalogue(&["5.12"]);
    let mut bug = bug();
    let version = v("5.12.1");
    for (step, state) in [
        (Step::Confirm, State::Confirmed),
        (Step::Plan { version: v("5.13") }, State::Planned { version: v("5.13") }),
        (Step::Plan { version: version.clone() }, State::Planned { version: version.clone() }),
        (Step::Start, State::InWork { planned: Some(version.clone()) }),
        (Step::Unplan, State::InWork { planned: None }),
        (Step::Plan { version: version.clone() }, State::InWork { planned: Some(version.clone()) }),
        (Step::Fix { version: version.clone() }, State::Fixed),
    ] {
        assert!(bug.is_open(), "{state:?}");
        assert_eq!(bug.step(step, &out), Ok(()));
        assert_eq!(bug.state, state);
    }
    assert!(bug.is_fixed() && !bug.settle(&out), "nothing is out");
    out.publish(Release::new(version.clone(), date(2026, 11, 26))).expect("it is new");
    assert!(bug.settle(&out) && !bug.settle(&out), "once");
    assert_eq!((&bug.state, bug.taken_back(&out)), (&State::Released, None));
    withdraw(&mut out, "5.12.1");
    assert!(bug.settle(&out));
    assert_eq!(bug.state, State::Fixed, "no request is told of a release that there is not");
    assert_eq!(bug.taken_back(&out), Some(&version));
    assert_eq!(bug.step(Step::Fix { version: v("5.12.2") }, &out), Ok(()));
    assert_eq!(bug.taken_back(&out), None, "it is to come in that one");
}

#[test]
fn bug_2_steps_that_make_no_sense_are_refused_and_change_nothing() {
    let mut out = catalogue(&["5.11", "5.12"]);
    withdraw(&mut out, "5.11");
    let mut bug = bug();
    bug.step(Step::Confirm, &out).expect("it can be");
    for (step, why) in [
        (Step::Confirm, NotMoved::NotFrom(State::Confirmed)),
        (Step::Unplan, NotMoved::NotFrom(State::Confirmed)),
        (Step::Reconsider, NotMoved::NotFrom(State::Confirmed)),
        (Step::Unfix { version: v("5.12") }, NotMoved::NotFrom(State::Confirmed)),
        (Step::Plan { version: v("5.12") }, NotMoved::IsOut { version: v("5.12") }),
        (Step::Plan { version: v("5.13-rc.1") }, NotMoved::IsPreview { version: v("5.13-rc.1") }),
        (Step::Fix { version: v("5.11") }, NotMoved::Withdrawn { version: v("5.11"), instead: None }),
    ] {
        let before = bug.clone();
        assert_eq!(bug.step(step, &out), Err(why));
        assert_eq!(bug, before);
    }
    bug.step(Step::Fix { version: v("5.13") }, &out).expect("it can be");
    assert_eq!(bug.step(Step::Fix { version: v("5.13") }, &out), Err(NotMoved::FixedThere { version: v("5.13") }));
    let not_there = NotMoved::NotFixedThere { version: v("5.12") };
    assert_eq!(bug.step(Step::Unfix { version: v("5.12") }, &out), Err(not_there));
    let passage = Refused::NotReproducible { tried: "On 5.12".to_owned() };
    assert_eq!(bug.step(Step::Refuse(passage), &out), Err(NotMoved::NotFrom(State::Fixed)));
    assert_eq!(bug.step(Step::Unfix { version: v("5.13") }, &out), Ok(()));
    assert_eq!(bug.state, State::Confirmed);
}

#[test]
fn bug_2_who_refuses_says_why() {
    let out = catalogue(&[]);
    let text = |it: &str| it.to_owned();
    for (why, expected) in [
        (Refused::WorksAsDocumented { link: text("https://docs.example/exports#csv") }, Ok(())),
        (Refused::WorksAsDocumented { link: text("see the manual") }, Err(NotMoved::LinkMissing)),
        (Refused::WorksAsDocumented { link: text("https://") }, Err(NotMoved::LinkMissing)),
        (Refused::DuplicateOf(BugId(7)), Ok(())),
        (Refused::DuplicateOf(BugId(311)), Err(NotMoved::DuplicateOfItself)),
        (Refused::NotReproducible { tried: text("Exported 10,000 lines on 5.12.1") }, Ok(())),
        (Refused::NotReproducible { tried: text(" ") }, Err(NotMoved::ReasonMissing)),
        (Refused::NotReproducible { tried: "x".repeat(2001) }, Err(NotMoved::TooLong { characters: 2001, most: 2000 })),
        (Refused::OutOfScope { entry: "ci_pipelines".into() }, Ok(())),
        (Refused::OutOfScope { entry: "".into() }, Err(NotMoved::ReasonMissing)),
    ] {
        let mut bug = bug();
        assert_eq!(bug.step(Step::Refuse(why.clone()), &out), expected);
        if expected.is_ok() {
            assert_eq!(bug.state, State::Refused(why));
            assert!(!bug.is_open() && !bug.is_fixed());
            assert_eq!(bug.step(Step::Reconsider, &out), Ok(()));
            assert_eq!(bug.state, State::New);
        }
    }
}

#[test]
fn bug_2_a_fix_that_does_not_hold_is_a_regression_with_a_round_of_its_own() {
    let out = catalogue(&["5.11.4", "5.12.2", "5.13"]);
    let mut bug = bug();
    bug.step(Step::Confirm, &out).expect("it can be");
    for version in ["5.12.2", "5.11.4"] {
        bug.step(Step::Fix { version: v(version) }, &out).expect("it can be");
    }
    assert_eq!((bug.state.clone(), bug.fixed_in()), (State::Released, &[v("5.11.4"), v("5.12.2")][..]));
    let refused = NotMoved::NoRegression { fixed_in: vec![v("5.11.4"), v("5.12.2")] };
    assert_eq!(bug.step(Step::FoundAgain { version: v("5.12.1") }, &out), Err(refused));
    assert!(!bug.is_regression());
    bug.step(Step::FoundAgain { version: v("5.13") }, &out).expect("it had the fix");
    assert!(bug.is_regression() && bug.fixed_in().is_empty());
    assert_eq!((bug.state.clone(), bug.round()), (State::Confirmed, 1));
    assert_eq!(bug.rounds()[0].found_again, Some(v("5.13")));
    assert_eq!(bug.fixed_in_round(0).len(), 2, "what was said stays");
    assert_eq!(bug.fixed_in_round(9), &[] as &[Version]);
    for version in ["5.12.2", "5.13"] {
        let there = NotMoved::CameBackThere { version: v(version) };
        assert_eq!(bug.step(Step::Fix { version: v(version) }, &out), Err(there), "what is out stays as it is");
    }
    bug.step(Step::Fix { version: v("5.12.3") }, &out).expect("it can be");
    assert_eq!(bug.affects(&v("5.13")), Affects::Yes, "though newer than the fix");
    assert_eq!(bug.affects(&v("5.14")), Affects::Fixed);
}

#[test]
fn bug_2_a_bug_says_which_versions_have_it() {
    let out = catalogue(&["5.12"]);
    let mut bug = bug();
    assert_eq!(bug.affects(&v("5.12")), Affects::NotSaid);
    bug.affected = Some(Range::read("5.11 to 5.12.9").expect("a range"));
    bug.step(Step::Confirm, &out).expect("it can be");
    bug.step(Step::Fix { version: v("5.12.2") }, &out).expect("it can be");
    let of = |version: &str| bug.affects(&v(version));
    assert_eq!(
        ["5.10", "5.11", "5.12.1", "5.12.2", "5.13"].map(of),
        [Affects::No, Affects::Yes, Affects::Yes, Affects::Fixed, Affects::Fixed]
    );
}

#[test]
fn bug_2_a_bug_that_missed_its_release_is_overdue() {
    let mut out = catalogue(&["5.12"]);
    let mut bug = bug();
    bug.step(Step::Confirm, &out).expect("it can be");
    bug.step(Step::Plan { version: v("5.13") }, &out).expect("it can be");
    assert!(!bug.is_overdue(&out));
    out.publish(Release::new(v("5.13"), date(2026, 12, 1))).expect("it is new");
    assert!(bug.is_overdue(&out));
    bug.step(Step::Unplan, &out).expect("it can be");
    assert!(!bug.is_overdue(&out));
}

#[test]
fn bug_6_what_others_found_is_internal() {
    let internal = [Source::Customer, Source::Trial, Source::OwnTests, Source::Monitoring].map(Source::is_internal);
    assert_eq!(internal, [false, true, true, true]);
}

#[test]
fn bug_2_a_bug_is_kept_as_it_is() {
    let out = catalogue(&["5.12"]);
    let mut bug = bug();
    bug.step(Step::Confirm, &out).expect("it can be");
    bug.step(Step::Fix { version: v("5.12") }, &out).expect("it can be");
    let kept = serde_json::to_string(&bug).expect("it can be kept");
    assert_eq!(serde_json::from_str::<Bug>(&kept).expect("it was one"), bug);
}

fn steps() -> impl Strategy<Value = Step> {
    let version = proptest::sample::select(vec!["5.11", "5.12", "5.12.1", "5.13", "6"]).prop_map(v);
    (0_usize..9, version).prop_map(|(which, version)| match which {
        0 => Step::Confirm,
        1 => Step::Plan { version },
        2 => Step::Unplan,
        3 => Step::Start,
        4 => Step::Fix { version },
        5 => Step::Unfix { version },
        6 => Step::FoundAgain { version },
        7 => Step::Refuse(Refused::DuplicateOf(BugId(1))),
        _ => Step::Reconsider,
    })
}

proptest! {
    #[test]
    fn bug_2_whatever_is_done_to_a_bug_it_is_released_exactly_while_its_fix_is_out(
        steps in proptest::collection::vec(steps(), 1..40),
    ) {
        let out = catalogue(&["5.11", "5.12", "5.12.1"]);
        let mut bug = bug();
        for step in steps {
            let before = bug.clone();
            if bug.step(step, &out).is_err() {
                prop_assert_eq!(&bug, &before);
            }
            let is_out = bug.fixed_in().iter().any(|version| out.release(version).is_some());
            prop_assert_eq!(bug.state == State::Released, is_out);
            prop_assert_eq!(bug.is_fixed(), !bug.fixed_in().is_empty());
            prop_assert!(bug.fixed_in().is_sorted_by(|one, other| one < other));
            prop_assert!(bug.rounds()[..bug.round()].iter().all(|round| round.found_again.is_some()));
            prop_assert!(!bug.settle(&out), "it is settled");
        }
    }
}
