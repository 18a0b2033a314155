//! Ranges as people write them.

use proptest::prelude::*;

use super::*;

fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

#[test]
fn bug_1_ranges_are_read_as_people_write_them() {
    for (written, canonical) in [
        ("all", "all"),
        ("5.12.1", "5.12.1"),
        ("5.10 to 5.12.1", "from 5.10 through 5.12.1"),
        ("5.10 – 5.12.1", "from 5.10 through 5.12.1"),
        ("5.10..5.12.1", "from 5.10 through 5.12.1"),
        ("from 5.10 to 5.12", "from 5.10 through 5.12"),
        ("before 5.12.2", "before 5.12.2"),
        ("<5.12.2", "before 5.12.2"),
        ("up to v5.12", "through 5.12"),
        (">= 14", "from 14"),
        (">=14 <17", "from 14 before 17"),
        (">= 14 < 17, 18.1", "from 14 before 17, 18.1"),
        ("5.12.x", "from 5.12 before 5.13"),
        ("5.*", "from 5 before 6"),
        ("5.12.1-hotfix.1", "5.12.1-hotfix.1"),
    ] {
        assert_eq!(Range::read(written).map(|range| range.to_string()), Ok(canonical.to_owned()), "{written}");
    }
}

#[test]
fn bug_1_ranges_that_hold_nothing_or_are_none_are_refused_with_what_is_right() {
    for (written, like) in [
        ("", "5.10 to 5.12.1"),
        (" , ", "5.10 to 5.12.1"),
        ("5.12 to 5.10", "5.10 to 5.12"),
        (">= 5.12 < 5.12", "5.12 to 5.12"),
        ("before five", "5.12.1"),
        ("5,12 to 5,13", "5.12.1"),
        ("the old ones", "5.12.1"),
    ] {
        let refused = Range::read(written).map_err(|refused| refused.like());
        // What stands between commas is read by itself, so a comma in a number makes two of it.
        if written.starts_with("5,12 to") {
            assert!(refused.is_err(), "5 and the span from 12 to 5");
        } else {
            assert_eq!(refused, Err(like.to_owned()), "{written:?}");
        }
    }
    let many = vec!["1"; 41].join(",");
    assert_eq!(Range::read(&many), Err(NoRange::TooMany { most: 40 }));
}

#[test]
fn bug_1_what_is_in_a_range() {
    let range = Range::read("5.10 to 5.12.1, from 6 before 6.2").expect("a range");
    let inside = ["5.10", "5.11.9", "5.12.1", "6.0", "6.1.9-hotfix.3"].map(|it| range.contains(&v(it)));
    let outside = ["5.9", "5.12.1-hotfix.1", "5.10-rc.1", "6.2", "7"].map(|it| range.contains(&v(it)));
    assert_eq!((inside, outside), ([true; 5], [false; 5]));
    assert_eq!(range.spans().len(), 2);
}

fn versions() -> impl Strategy<Value = Version> {
    let stage = prop_oneof![Just(""), Just("-rc.1"), Just("-hotfix.1")];
    (0_u64..4, 0_u64..4, 0_u64..3, stage).prop_map(|(a, b, c, stage)| v(&format!("{a}.{b}.{c}{stage}")))
}

fn spans() -> impl Strategy<Value = Span> {
    let end = prop_oneof![Just(End::Open), versions().prop_map(End::Before), versions().prop_map(End::Through)];
    (proptest::option::of(versions()), end).prop_map(|(from, end)| Span { from, end })
}

proptest! {
    #[test]
    fn bug_1_a_range_is_read_back_as_itself_and_holds_the_same(
        spans in proptest::collection::vec(spans(), 1..4),
        probe in versions(),
    ) {
        if let Ok(range) = Range::of(spans) {
            let again = Range::read(&range.to_string());
            prop_assert_eq!(again.as_ref().map(|again| again.contains(&probe)), Ok(range.contains(&probe)));
            prop_assert_eq!(again, Ok(range));
        }
    }

    #[test]
    fn bug_1_any_text_is_a_range_or_is_refused_with_a_way_out(written in "([0-9.]{1,4}|[<>=,;–-]| |to|before|x|é){0,12}") {
        match Range::read(&written) {
            Ok(range) => prop_assert_eq!(Range::read(&range.to_string()), Ok(range)),
            Err(refused) => prop_assert!(Range::read(&refused.like()).is_ok(), "{:?}", refused),
        }
    }
}
