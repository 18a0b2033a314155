//! Versions as people write them.

use proptest::prelude::*;

use super::*;

fn read(written: &str) -> String {
    match Installed::read(written, "Allure TestOps") {
        Some(Installed::Known(version)) => version.to_string(),
        Some(Installed::Unknown) => "unknown".to_owned(),
        None => "nothing".to_owned(),
    }
}

#[test]
fn req_4_versions_are_read_as_people_write_them() {
    for (written, expected) in [
        ("5.12.1", "5.12.1"),
        (" v5.12.1 ", "5.12.1"),
        ("Version 5.12.1", "5.12.1"),
        ("allure testops 5.12.1", "5.12.1"),
        ("Allure TestOps v. 5.12", "5.12"),
        ("v5.12.1-hotfix.2", "5.12.1-hotfix.2"),
        ("5.12.1 hotfix 2", "5.12.1-hotfix.2"),
        ("5.12.1 (hotfix 2)", "5.12.1-hotfix.2"),
        ("5.12.1-HF2", "5.12.1-hotfix.2"),
        ("5.12.1-hotfix", "5.12.1-hotfix.1"),
        ("5.12.1-rc1", "5.12.1-rc.1"),
        ("5.12.1-RC.1", "5.12.1-rc.1"),
        ("5.12.1-SNAPSHOT", "5.12.1-snapshot"),
        ("5.12.1+linux.7", "5.12.1"),
        ("5.12.1-jdk17", "5.12.1"),
        ("5.12.1.", "5.12.1"),
        ("5.12.1.4", "5.12.1.4"),
        ("25", "25"),
        ("2026.3", "2026.3"),
        ("2026.03.1", "2026.3.1"),
        ("2026-11-26", "2026.11.26"),
        ("2026-11", "2026.11"),
        ("24.10", "24.10"),
        ("unknown", "unknown"),
        ("I don't know.", "unknown"),
        ("?", "unknown"),
        ("latest", "unknown"),
    ] {
        assert_eq!(read(written), expected, "{written:?}");
    }
}

#[test]
fn req_4_what_is_no_version_is_told_from_one() {
    for written in [
        "",
        "five",
        "the newest one, I think",
        "5.12.1 or so",
        "5.12 and 5.13",
        "5..12",
        ".5",
        "5.12.1+",
        "1.2.3.4.5",
        "5,12",
        "99999999999999999999999.1",
        "vanilla 5",
        "http://5.12.1/",
        &"1".repeat(200),
    ] {
        assert_eq!(read(written), "nothing", "{written:?}");
    }
}

#[test]
fn req_4_hotfixes_are_newer_than_their_release_and_what_came_before_it_is_older() {
    let in_order = [
        "5.9",
        "5.12-rc.2",
        "5.12-rc.10",
        "5.12",
        "5.12.1-snapshot",
        "5.12.1",
        "5.12.1-hotfix.1",
        "5.12.1-hotfix.10",
        "5.12.1.1",
        "5.13",
        "2026-11-26",
        "2026.12",
    ];
    let versions: Vec<Version> = in_order.iter().map(|it| Version::read(it).expect("a version")).collect();
    assert!(versions.is_sorted_by(|one, other| one < other), "{versions:?}");
    for (one, other) in [("5.12", "v5.12.0"), ("5.12.1", "5.12.1+linux"), ("2026.3", "2026.03.0")] {
        assert_eq!(Version::read(one), Version::read(other), "{one} {other}");
    }
}

proptest! {
    #[test]
    fn req_4_any_text_is_a_version_that_reads_as_itself_or_none(written in ".{0,90}") {
        if let Some(version) = Version::read(&written) {
            prop_assert_eq!(Version::read(&version.to_string()), Some(version));
        }
    }

    #[test]
    fn req_4_numbers_and_a_word_make_a_version(
        numbers in proptest::collection::vec(0_u64..10_000, 1..5),
        word in prop_oneof![Just(""), Just("-rc.1"), Just("-hotfix.2"), Just(" hotfix 2"), Just("+b7")],
        prefix in prop_oneof![Just(""), Just("v"), Just("Version ")],
    ) {
        let named = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        let version = Version::read(&format!("{prefix}{named}{word}"));
        prop_assert!(version.is_some_and(|version| version.to_string().starts_with(&named)), "{prefix}{named}{word}");
    }

    #[test]
    fn req_4_the_order_of_versions_is_that_of_their_numbers(one in "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}", other in "[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}") {
        let key = |text: &str| text.split('.').map(|it| it.parse::<u64>().expect("digits")).collect::<Vec<_>>();
        let (a, b) = (Version::read(&one).expect("a version"), Version::read(&other).expect("a version"));
        prop_assert_eq!(a.cmp(&b), key(&one).cmp(&key(&other)));
    }

    #[test]
    fn bug_1_the_order_of_versions_is_lawful(one in any_version(), two in any_version(), three in any_version()) {
        prop_assert_eq!(one.cmp(&two), two.cmp(&one).reverse());
        prop_assert_eq!(one == two, one.cmp(&two) == Ordering::Equal);
        if one <= two && two <= three {
            prop_assert!(one <= three, "{one} {two} {three}");
        }
        if one == two {
            prop_assert_eq!(one.cmp(&three), two.cmp(&three));
        }
    }

    #[test]
    fn bug_1_a_version_is_kept_as_it_is_shown(version in any_version()) {
        let kept = serde_json::to_string(&version).expect("it is a text");
        prop_assert_eq!(&kept, &format!("\"{version}\""));
        let again: Version = serde_json::from_str(&kept).expect("it was a version");
        prop_assert_eq!(again.to_string(), version.to_string());
        prop_assert_eq!(again, version);
    }

    #[test]
    fn bug_1_a_release_stands_between_its_early_versions_and_its_hotfixes(version in any_version()) {
        let base = version.base();
        prop_assert_eq!(version.cmp(&base), match () {
            () if version.is_early() => Ordering::Less,
            () if version.is_hotfix() => Ordering::Greater,
            () => Ordering::Equal,
        });
        prop_assert!(version.is_of_line(&base) && base.is_of_line(&version));
    }
}

/// Few enough numbers that equal and neighbouring ones are drawn often.
fn any_version() -> impl Strategy<Value = Version> {
    let numbers = proptest::collection::vec(0_u64..3, 1..5);
    let words = ["", "", "-hotfix", "-hotfix.2", "-rc.1", "-rc.2", "-beta", "-snapshot.7", "+b7", "-jdk17"];
    (numbers, proptest::sample::select(words.to_vec())).prop_map(|(numbers, word)| {
        let numbers = numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
        Version::read(&format!("{numbers}{word}")).expect("a version")
    })
}

#[test]
fn bug_1_a_line_of_releases_has_its_first_two_numbers_in_common() {
    let v = |it: &str| Version::read(it).expect("a version");
    for (one, other, expected) in [
        ("5.12.1", "5.12.4-hotfix.2", true),
        ("5", "5.0.3", true),
        ("2026.3", "2026.3.1", true),
        ("5.12.1", "5.13", false),
        ("5.12", "6.12", false),
    ] {
        assert_eq!(v(one).is_of_line(&v(other)), expected, "{one} {other}");
    }
}

#[test]
fn bug_1_a_release_has_one_key_however_it_is_written() {
    for (written, key) in
        [("5.12.0", "5.12"), ("v5.12", "5.12"), ("0.0", "0"), ("5.0.1+linux", "5.0.1"), ("5.0 hotfix 2", "5-hotfix.2")]
    {
        let version = Version::read(written).expect("a version");
        assert_eq!(version.key(), key, "{written}");
        assert_eq!(Version::read(key).as_ref(), Some(&version), "{written}");
    }
}
