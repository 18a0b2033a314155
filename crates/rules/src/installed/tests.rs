//! Which of several words about installations count, and what is read of lists and of what the product says.

use jiff::civil::date;
use proptest::prelude::*;

use super::{
    import::{Why, lines},
    *,
};
use crate::table::Misshapen;

fn v(written: &str) -> Version {
    Version::read(written).expect("a version")
}

fn at(hour: i64) -> Instant {
    Instant::from_micros(hour * 3_600_000_000).expect("an instant")
}

fn word(names: (&str, &str), version: &str, hour: i64, source: Source) -> Installed {
    Installed {
        edition: Edition::read(names.0).ok(),
        instance: Instance::read(names.1).ok(),
        version: v(version),
        seen: at(hour),
        source,
    }
}

fn versions(all: &[Installed]) -> Vec<String> {
    current(all).into_iter().map(|it| it.version.to_string()).collect()
}

#[test]
fn bug_2_of_an_installation_the_newest_word_counts_whoever_said_it() {
    use Source::{Import, Ping, Request};
    let request = word(("", ""), "5.11", 1, Request);
    let ping = word(("team", "prod"), "5.12", 2, Ping);
    let test = word(("team", "test"), "5.13", 2, Ping);
    assert_eq!(versions(std::slice::from_ref(&request)), ["5.11"]);
    assert_eq!(
        versions(&[request.clone(), ping.clone(), test.clone()]),
        ["5.12", "5.13"],
        "what names nothing is told"
    );
    let later = word(("", ""), "5.13", 3, Request);
    assert_eq!(versions(&[ping.clone(), later]), ["5.13", "5.12"], "it may be another one than prod");
    assert_eq!(
        versions(&[ping.clone(), word(("enterprise", "prod"), "5.12.1", 4, Import)]),
        ["5.12.1"],
        "one instance"
    );
    assert_eq!(
        versions(&[ping.clone(), word(("team", "prod"), "5.10", 2, Import)]),
        ["5.12"],
        "the product knows best"
    );
    assert_eq!(versions(&[ping.clone(), ping]), ["5.12"], "twice is once");
    assert_eq!(
        versions(&[word(("team", ""), "5.9", 1, Import), test]),
        ["5.13"],
        "of that edition there is a newer word"
    );
    assert!(versions(&[]).is_empty());
}

#[test]
fn a_list_is_read_by_its_columns_and_every_fault_has_its_line() {
    let today = date(2026, 11, 28);
    let list = "Organisation;Version;Instance;Seen\r\nacme.example;5.12.1;Prod;2026-11-20\r\n\r\n7;v5.11;;\r\n";
    let taken = lines(list, today).expect("it is whole");
    assert_eq!(
        taken.iter().map(|it| (it.line, it.version.to_string())).collect::<Vec<_>>(),
        [(2, "5.12.1".to_owned()), (4, "5.11".to_owned())]
    );
    assert_eq!(taken[0].instance, Instance::read("prod").ok());
    assert_eq!(taken[0].seen, Some(date(2026, 11, 20)));
    let faults = |text: &str| -> Vec<(usize, Why)> {
        lines(text, today).expect_err("it is wrong").into_iter().map(|it| (it.line, it.why)).collect()
    };
    let missing = |name| vec![(1, Why::Shape(Misshapen::ColumnMissing { name }))];
    assert_eq!(faults("organisation"), missing("version"));
    assert_eq!(faults("version"), missing("organisation"));
    let wrong =
        "organisation,version,seen\n,,\nacme,=5.1,\nacme,soon,tomorrow\nacme,5.1,2027-01-01\nacme,5.1\na,1,\na,2,\n";
    let faults = faults(wrong);
    for expected in [
        (3, Why::Shape(Misshapen::Formula { column: "version", text: "=5.1".to_owned() })),
        (4, Why::NoDay { text: "tomorrow".to_owned() }),
        (5, Why::ToCome { day: date(2027, 1, 1) }),
        (6, Why::Shape(Misshapen::FieldCount { fields: 2, columns: 3 })),
        (8, Why::Twice { first: 7 }),
    ] {
        assert!(faults.contains(&expected), "{expected:?}: {faults:?}");
    }
    let told_twice = |line: usize| faults.contains(&(line, Why::Twice { first: 3 }));
    assert_eq!([4, 5, 6].map(told_twice), [true, true, false], "of half a line nobody knows: {faults:?}");
    assert!(faults.iter().any(|(line, why)| *line == 4 && matches!(why, Why::Version(_))), "{faults:?}");
}

#[test]
fn what_the_product_says_is_read_and_nothing_else_comes_along() {
    let said = br#"{"licence":" SUB-1 ","edition":"Team","version":"v5.12.1","instance":"prod","seen_at":"2026-11-28T01:00:00Z"}"#;
    let ping = Ping::read(said).expect("it reads");
    assert_eq!((ping.licence.as_deref(), ping.version), (Some("SUB-1"), v("5.12.1")));
    assert_eq!((ping.edition, ping.instance), (Edition::read("team").ok(), Instance::read("prod").ok()));
    assert!(ping.seen.is_some());
    for (said, is_it) in [
        (r#"{"version":"5.1"}"#, (|it| matches!(it, NotTold::OwnerMissing)) as fn(&NotTold) -> bool),
        (r#"{"licence":"SUB-1"}"#, |it| matches!(it, NotTold::VersionMissing)),
        (r#"{"licence":"SUB-1","version":"soon"}"#, |it| matches!(it, NotTold::Version(_))),
        (r#"{"licence":"SUB-1","version":"5","user":"dana"}"#, |it| matches!(it, NotTold::Unreadable(_))),
        (r#"{"licence":"SUB-1","version":"5","seen_at":"now"}"#, |it| matches!(it, NotTold::SeenAt(_))),
        (r#"{"licence":"SUB-1","version":"5","instance":"<b>"}"#, |it| matches!(it, NotTold::Instance(_))),
        ("[]", |it| matches!(it, NotTold::Unreadable(_))),
        ("", |it| matches!(it, NotTold::Unreadable(_))),
    ] {
        let why = Ping::read(said.as_bytes()).expect_err(said);
        assert!(is_it(&why), "{said}: {why:?}");
    }
    let long = format!(r#"{{"organisation":"{}","version":"5"}}"#, "x".repeat(201));
    assert_eq!(Ping::read(long.as_bytes()), Err(NotTold::OwnerTooLong));
}

fn any_word() -> impl Strategy<Value = Installed> {
    let names = prop_oneof![Just(""), Just("team"), Just("enterprise")];
    let instances = prop_oneof![Just(""), Just("prod"), Just("test")];
    (names, instances, 1_u8..5, 0_i64..4, 0_usize..4).prop_map(|(edition, instance, minor, hour, source)| {
        word((edition, instance), &format!("5.{minor}"), hour, Source::ALL[source])
    })
}

proptest! {
    #[test]
    fn bug_2_no_installation_is_left_without_a_word(all in proptest::collection::vec(any_word(), 0..8)) {
        let counted = current(&all);
        prop_assert_eq!(counted.is_empty(), all.is_empty());
        for name in ["prod", "test"] {
            let instance = Instance::read(name).ok();
            let of = |it: &&Installed| it.instance == instance;
            let newest = all.iter().filter(of).map(|it| (it.seen, std::cmp::Reverse(it.source))).max();
            let kept: Vec<_> = counted.iter().copied().filter(of).map(|it| (it.seen, std::cmp::Reverse(it.source))).collect();
            prop_assert_eq!(kept, newest.into_iter().collect::<Vec<_>>(), "one word for {}, the newest", name);
        }
        for gone in all.iter().filter(|one| !counted.contains(one)) {
            prop_assert!(all.iter().any(|it| it.covers(gone) && !gone.is_newer(it)), "{:?} of {:?}", gone, all);
        }
    }

    #[test]
    fn any_list_and_any_word_of_the_product_is_read_or_refused(text in "\\PC{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = lines(&format!("organisation,version,edition,instance,seen\n{text}"), date(2026, 11, 28));
        let _ = lines(&text, date(2026, 11, 28));
        let _ = Ping::read(&bytes);
        let _ = Ping::read(format!("{{\"licence\":\"a\",\"version\":{text:?}}}").as_bytes());
    }
}
