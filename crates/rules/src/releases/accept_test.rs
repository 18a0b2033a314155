//! The version of a bug report.

use jiff::civil::date;

use super::{
    super::{
        Change, Edition, Note, Release, Withdrawal,
        catalogue::tests::{catalogue, v},
    },
    *,
};

const TODAY: Date = date(2026, 11, 27);

fn judged<'c>(catalogue: &'c Catalogue, installed: &str, subject: &str) -> Verdict<'c> {
    let place = Place::own(Some(Edition::read("team").expect("a name")));
    accept(catalogue, Asked { installed, place: &place, subject, today: TODAY })
}

#[test]
fn bug_1_a_bug_is_taken_for_the_latest_release_with_its_hotfix() {
    let catalogue = catalogue(&["5.11", "5.12", "5.12-hotfix.1", "5.13-rc.1"]);
    let taken = |installed: &str| match judged(&catalogue, installed, "") {
        Verdict::Accepted(why) => why,
        other => panic!("{installed}: {other:?}"),
    };
    assert_eq!(taken("TestHub v5.12 hotfix 1"), Accepted::Latest(v("5.12-hotfix.1")));
    let latest = v("5.12-hotfix.1");
    let preview = Accepted::Preview { installed: v("5.13-rc.1"), latest: latest.clone() };
    assert_eq!(taken("5.13-rc.1"), preview);
    assert_eq!(taken("51.2"), Accepted::NotKnown { installed: v("51.2"), latest: latest.clone() });
    assert_eq!(judged(&catalogue, "I don't know", ""), Verdict::Unknown { latest });
    let Verdict::Unreadable(refused) = judged(&catalogue, "5,12", "") else { panic!("it is none") };
    assert_eq!(refused.like, "5.12");
}

#[test]
fn bug_1_without_releases_any_version_is_taken_and_nonsense_is_not() {
    let none = Catalogue::default();
    assert_eq!(judged(&none, "5.12", ""), Verdict::Accepted(Accepted::NoReleases));
    assert_eq!(judged(&none, "unknown", ""), Verdict::Accepted(Accepted::NoReleases));
    assert!(matches!(judged(&none, "five", ""), Verdict::Unreadable(_)));
}

#[test]
fn bug_1_an_older_one_is_shown_what_was_fixed_since_best_matches_first() {
    let mut catalogue = catalogue(&["5.11", "5.12"]);
    let old = Release { supported_until: Some(date(2026, 6, 30)), ..Release::new(v("5.10"), date(2026, 1, 1)) };
    catalogue.publish(old).expect("it is new");
    let notes = ["A launch opens faster", "CSV exports have their last line", "Signing in works behind a proxy"];
    let notes = notes.map(|text| Note::new(Change::Fixed, text)).to_vec();
    let hotfix = Release { notes, ..Release::new(v("5.12-hotfix.1"), date(2026, 11, 26)) };
    catalogue.publish(hotfix).expect("it is new");
    let Verdict::Outdated(outdated) = judged(&catalogue, "5.10", "The export to CSV lacks lines") else {
        panic!("it is old");
    };
    assert_eq!((outdated.latest, outdated.lacks_hotfix), (v("5.12-hotfix.1"), false));
    assert_eq!(outdated.support_ended, Some(date(2026, 6, 30)));
    assert_eq!(outdated.fixed_since.len(), 5);
    let best = &outdated.fixed_since[0];
    assert_eq!(best.fixed.note.text, "CSV exports have their last line");
    assert_eq!(best.shared, ["CSV", "exports", "line"]);
    assert_eq!(best.fixed.release.version, v("5.12-hotfix.1"));
    assert!(outdated.fixed_since[4].shared.is_empty());

    let Verdict::Outdated(outdated) = judged(&catalogue, "5.12", "") else { panic!("its hotfix is missing") };
    assert!(outdated.lacks_hotfix && outdated.support_ended.is_none() && outdated.fixed_since.len() == 3);
}

#[test]
fn bug_7_for_a_withdrawn_release_the_one_to_use_is_named() {
    let mut catalogue = catalogue(&["5.11", "5.12"]);
    let why = "It loses results.".to_owned();
    let withdrawal = Withdrawal { on: TODAY, why, instead: None };
    catalogue.withdraw(&v("5.12"), withdrawal).expect("it can be");
    let expected = Verdict::Withdrawn { installed: v("5.12"), why: "It loses results.", instead: Some(v("5.11")) };
    assert_eq!(judged(&catalogue, "5.12", ""), expected);
}

#[test]
fn bug_1_in_the_cloud_nobody_is_asked_for_a_version_or_to_upgrade() {
    let mut catalogue = catalogue(&["5.11", "5.12"]);
    let eu1 = Instance::read("eu1").expect("a name");
    let now = crate::instant::Instant::from_micros(0).expect("an instant");
    catalogue.roll_out(&v("5.11"), &eu1, now).expect("it can be");
    for (instance, installed, runs) in [
        (Some(eu1), "unknown", Some(v("5.11"))),
        (None, "", None),
        (Some(Instance::read("us1").expect("a name")), "5", None),
    ] {
        let place = Place::cloud(instance.clone());
        let verdict = accept(&catalogue, Asked { installed, place: &place, subject: "", today: TODAY });
        assert_eq!(verdict, Verdict::Accepted(Accepted::Cloud { instance, runs }));
    }
}
