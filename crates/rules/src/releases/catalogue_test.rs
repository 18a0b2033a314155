//! The latest release, where and for whom.

use jiff::civil::date;
use proptest::prelude::*;

use super::{super::Change, *};

pub(in crate::releases) fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

fn edition(name: &str) -> Edition {
    Edition::read(name).expect("a name")
}

fn instance(name: &str) -> Instance {
    Instance::read(name).expect("a name")
}

fn at(minute: i64) -> Instant {
    Instant::from_micros(minute * 60_000_000).expect("an instant")
}

/// Releases of two editions and two instances, with a fix each.
pub(in crate::releases) fn catalogue(versions: &[&str]) -> Catalogue {
    let mut catalogue = Catalogue::new(Product {
        name: "TestHub".to_owned(),
        editions: [edition("Team"), edition("Enterprise")].into(),
        instances: [instance("eu1"), instance("us1")].into(),
    });
    for written in versions {
        let notes = vec![
            Note::new(Change::Added, format!("News of {written}")),
            Note::new(Change::Fixed, format!("What {written} fixed")),
        ];
        let release = Release { notes, ..Release::new(v(written), date(2026, 11, 1)) };
        catalogue.publish(release).expect("it is new");
    }
    catalogue
}

fn latest(catalogue: &Catalogue, of: Option<&str>) -> Option<String> {
    catalogue.latest(of.map(edition).as_ref()).map(|release| release.version.to_string())
}

fn withdrawal(instead: Option<&str>) -> Withdrawal {
    Withdrawal { on: date(2026, 11, 20), why: "It loses results.".to_owned(), instead: instead.map(v) }
}

#[test]
fn bug_1_the_latest_has_its_hotfix_and_is_no_preview() {
    let mut catalogue = catalogue(&["5.12.1", "5.11", "5.13-rc.1", "5.12.1-hotfix.1", "5.12"]);
    assert_eq!(latest(&catalogue, None).as_deref(), Some("5.12.1-hotfix.1"));
    let of_enterprise =
        Release { editions: [edition("ENTERPRISE")].into(), ..Release::new(v("5.14"), date(2026, 11, 2)) };
    catalogue.publish(of_enterprise).expect("it is new");
    assert_eq!(latest(&catalogue, Some("team")).as_deref(), Some("5.12.1-hotfix.1"));
    assert_eq!(latest(&catalogue, Some("enterprise")).as_deref(), Some("5.14"));
    assert_eq!(latest(&Catalogue::default(), None), None);
}

#[test]
fn bug_1_what_cannot_be_published_is_refused() {
    let mut catalogue = catalogue(&["5.12"]);
    let publish = |catalogue: &mut Catalogue, release| catalogue.publish(release).expect_err("it is refused");
    let day = date(2026, 11, 2);
    let known = publish(&mut catalogue, Release::new(v("5.12.0"), day));
    assert_eq!(known, NotReleased::Known { version: v("5.12") });
    let of_nothing = publish(&mut catalogue, Release::new(v("5.13-hotfix.1"), day));
    assert_eq!(of_nothing, NotReleased::NothingToFix { release: v("5.13") });
    let of_no_edition = Release { editions: [edition("home")].into(), ..Release::new(v("5.13"), day) };
    assert_eq!(publish(&mut catalogue, of_no_edition), NotReleased::NoSuchEdition { edition: edition("home") });
}

#[test]
fn bug_4_in_the_cloud_the_latest_is_what_reached_the_instance() {
    let mut catalogue = catalogue(&["5.11", "5.12", "5.12.1"]);
    let (eu1, us1) = (instance("EU1"), instance("us1"));
    assert_eq!(catalogue.roll_out(&v("5.11"), &eu1, at(1)), Ok(None));
    assert_eq!(catalogue.roll_out(&v("5.12"), &us1, at(2)), Ok(None));
    assert_eq!(catalogue.roll_out(&v("5.12"), &eu1, at(3)), Ok(Some(v("5.11"))));
    let there = |catalogue: &Catalogue, instance: Option<&Instance>| {
        catalogue.latest_at(&Place::cloud(instance.cloned())).map(|release| release.version.to_string())
    };
    assert_eq!(there(&catalogue, Some(&eu1)).as_deref(), Some("5.12"));
    assert_eq!(there(&catalogue, None).as_deref(), Some("5.12"));
    assert_eq!(catalogue.latest_at(&Place::own(None)).map(|it| it.version.to_string()).as_deref(), Some("5.12.1"));
    assert_eq!(catalogue.roll_out(&v("5.12"), &eu1, at(4)), Err(NotReleased::RunsThere { instance: eu1.clone() }));
    let moon = instance("moon1");
    let unknown = catalogue.roll_out(&v("5.12"), &moon, at(4));
    assert_eq!(unknown, Err(NotReleased::NoSuchInstance { instance: moon }));
    assert_eq!(catalogue.roll_out(&v("6"), &eu1, at(4)), Err(NotReleased::NoSuchRelease { version: v("6") }));

    let back = catalogue.withdraw(&v("5.12"), withdrawal(Some("5.12.1"))).expect("it can be");
    assert_eq!(back, SteppedBack { latest: vec![], still_on: vec![eu1.clone(), us1.clone()] });
    assert_eq!(there(&catalogue, Some(&eu1)).as_deref(), Some("5.11"), "it steps back");
    assert_eq!(there(&catalogue, Some(&us1)), None);
    assert_eq!(catalogue.runs(&eu1), Some(&v("5.12")), "it runs on, until something is rolled out");
    let refused = NotReleased::Withdrawn { version: v("5.12"), instead: Some(v("5.12.1")) };
    assert_eq!(catalogue.roll_out(&v("5.12"), &us1, at(5)), Err(refused));
    assert_eq!(catalogue.rollouts().len(), 3);
}

#[test]
fn bug_7_latest_steps_back_when_a_release_is_withdrawn() {
    let mut catalogue = catalogue(&["5.11", "5.12", "5.12-hotfix.1"]);
    let hotfix = v("5.12-hotfix.1");
    for (version, withdrawal, expected) in [
        ("5.13", withdrawal(None), NotReleased::NoSuchRelease { version: v("5.13") }),
        ("5.12", withdrawal(Some("5.13")), NotReleased::NoInstead { version: v("5.13") }),
        ("5.12", withdrawal(Some("5.12")), NotReleased::NoInstead { version: v("5.12") }),
        ("5.12", Withdrawal { why: " ".to_owned(), ..withdrawal(None) }, NotReleased::WhyMissing),
    ] {
        assert_eq!(catalogue.withdraw(&v(version), withdrawal), Err(expected));
    }
    let back = catalogue.withdraw(&hotfix, withdrawal(None)).expect("it can be");
    let one = |of: Option<&str>| (of.map(edition), hotfix.clone(), Some(v("5.12")));
    assert_eq!(back.latest, [one(None), one(Some("enterprise")), one(Some("team"))]);
    assert_eq!(latest(&catalogue, None).as_deref(), Some("5.12"));
    let twice = NotReleased::Withdrawn { version: hotfix.clone(), instead: None };
    assert_eq!(catalogue.withdraw(&hotfix, withdrawal(None)), Err(twice));
    let no_instead = catalogue.withdraw(&v("5.12"), withdrawal(Some("5.12-hotfix.1")));
    assert_eq!(no_instead, Err(NotReleased::NoInstead { version: hotfix }), "that one was withdrawn too");
}

#[test]
fn bug_1_what_was_fixed_between_two_releases_is_told_newest_first() {
    let mut catalogue = catalogue(&["5.11", "5.12-rc.1", "5.12", "5.12.1", "5.12.2", "5.13"]);
    catalogue.withdraw(&v("5.12.1"), withdrawal(None)).expect("it can be");
    let fixed = catalogue.fixed_between(&v("5.11"), &v("5.12.2"), None);
    let told: Vec<&str> = fixed.iter().map(|fixed| fixed.note.text.as_str()).collect();
    assert_eq!(told, ["What 5.12.2 fixed", "What 5.12 fixed"]);
    assert!(catalogue.fixed_between(&v("5.13"), &v("5.11"), None).is_empty());
}

#[test]
fn bug_4_a_fix_is_in_its_own_line_and_in_what_is_newer_than_all_of_them() {
    for (version, fixed_in, expected) in [
        ("5.12.2", &["5.12.2"][..], true),
        ("5.12.1", &["5.12.2"], false),
        ("5.13", &["5.12.2"], true),
        ("5.12.9", &["5.11.4", "5.13"], false),
        ("5.11.4", &["5.11.4", "5.13"], true),
        ("5.11.3", &["5.11.4", "5.13"], false),
        ("5.10", &["5.11.4", "5.13"], false),
        ("5.14", &["5.11.4", "5.13"], true),
        ("5.12.1", &["5.12.1-hotfix.2"], false),
        ("5.12.1-hotfix.3", &["5.12.1-hotfix.2"], true),
        ("5.12", &[], false),
    ] {
        let fixed: Vec<Version> = fixed_in.iter().map(|it| v(it)).collect();
        assert_eq!(has_fix(&v(version), &fixed), expected, "{version} {fixed_in:?}");
    }
}

#[test]
fn bug_8_a_release_is_supported_through_its_last_day() {
    let release = Release { supported_until: Some(date(2027, 1, 31)), ..Release::new(v("5.12"), date(2026, 1, 1)) };
    assert!(release.is_supported(date(2027, 1, 31)) && !release.is_supported(date(2027, 2, 1)));
    assert!(Release::new(v("5.12"), date(2026, 1, 1)).is_supported(date(2099, 1, 1)));
}

#[test]
fn bug_8_a_hotfix_runs_on_what_the_release_does_that_it_corrects() {
    let on = |what: &str| vec![Requirement { what: what.to_owned(), required: None, recommended: None }];
    let mut catalogue = Catalogue::default();
    for (version, runs_on) in
        [("5.12", on("PostgreSQL")), ("5.12-hotfix.1", vec![]), ("5.12-hotfix.2", on("Redis")), ("5.13", vec![])]
    {
        catalogue.publish(Release { runs_on, ..Release::new(v(version), date(2026, 11, 1)) }).expect("it is new");
    }
    assert_eq!(catalogue.runs_on(&v("5.12-hotfix.1")), on("PostgreSQL"));
    assert_eq!(catalogue.runs_on(&v("5.12-hotfix.2")), on("Redis"), "it says so itself");
    assert_eq!(catalogue.runs_on(&v("5.13")), [], "a release says it itself");
    assert_eq!(catalogue.runs_on(&v("6.0")), [], "nobody knows");
}

proptest! {
    #[test]
    fn bug_1_the_latest_is_the_newest_of_those_that_are_left(
        order in Just(vec!["5.1", "5.2", "5.2-hotfix.1", "5.3-rc.1", "5.3", "6"]).prop_shuffle(),
        gone in proptest::sample::subsequence(vec!["5.1", "5.2", "5.2-hotfix.1", "5.3", "6"], 0..=5),
    ) {
        let published = order.iter().filter(|it| **it != "5.2-hotfix.1").copied().chain(["5.2-hotfix.1"]);
        let mut catalogue = catalogue(&published.collect::<Vec<_>>());
        prop_assert!(catalogue.releases().is_sorted_by(|one, other| one.version > other.version));
        for version in &gone {
            let before = latest(&catalogue, None);
            let back = catalogue.withdraw(&v(version), withdrawal(None)).expect("it can be");
            prop_assert_eq!(back.latest.is_empty(), before.as_deref() != Some(*version));
        }
        let left = ["6", "5.3", "5.2-hotfix.1", "5.2", "5.1"].into_iter().find(|it| !gone.contains(it));
        let found = latest(&catalogue, None);
        prop_assert_eq!(found.as_deref(), left);
    }
}
