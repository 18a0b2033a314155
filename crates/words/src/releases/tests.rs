//! Every fault says its line and what to write; everything that can come of a file has its sentence.

use jiff::civil::date;
use rules::releases::{
    Change, Edition, Note, Outdated, Range, compare,
    import::{Kind, read},
};

use super::*;

fn v(written: &str) -> Version {
    Version::read(written).unwrap()
}

#[test]
fn bug_1_every_fault_of_a_file_names_its_line_and_what_to_write() {
    let text = || "x".to_owned();
    let no_version = NoVersion { written: "5,12".into(), why: NotOne::Comma, like: "5.12".into() };
    let all = [
        Why::NoReleases,
        Why::ReleaseMissing { version: v("5.13"), has: vec!["[Unreleased]".into(), "5.12".into()] },
        Why::TooMany { most: 5000 },
        Why::VersionTwice { version: v("5.12"), first: 3 },
        Why::NotAVersion(no_version),
        Why::DateMissing { version: v("5.12") },
        Why::NotADate { text: text() },
        Why::NotARange(NoRange::Empty),
        Why::NotARange(NoRange::TooMany { most: 40 }),
        Why::NotARange(NoRange::NoVersion(NoVersion {
            written: "new".into(),
            why: NotOne::NoNumber,
            like: "5.12.1".into(),
        })),
        Why::NotARange(NoRange::Backwards { from: v("5.12"), end: v("5.10") }),
        Why::NotAName(NoName { written: text(), like: "team" }),
        Why::NotALink { text: text() },
        Why::NotYesOrNo { text: text() },
        Why::NotAChange { text: "Repairs".into() },
        Why::HeadingLevel { level: 4 },
        Why::NoSection,
        Why::SectionOutside { heading: text() },
        Why::NotAnEntry(Block::Code),
        Why::NotAnEntry(Block::Quote),
        Why::NotAnEntry(Block::Html),
        Why::NotAnEntry(Block::Heading),
        Why::NotAnEntry(Block::List),
        Why::NotAnEntry(Block::Other),
        Why::EmptyEntry,
        Why::TooDeep { most: 4 },
        Why::TooLong { characters: 9000, most: 8000 },
        Why::NotJson { column: 4 },
        Why::WrongKind { key: "version", wanted: Kind::Text },
        Why::NoSuchKey { key: text(), like: "version" },
        Why::KeyTwice { key: text() },
        Why::KeyMissing { key: "date" },
        Why::NotARecord(NoRecord::Unclosed),
        Why::NotARecord(NoRecord::StrayQuote),
        Why::ColumnTwice { name: text() },
        Why::NoSuchColumn { name: text(), like: "date" },
        Why::ColumnMissing { name: "date" },
        Why::FieldCount { fields: 3, columns: 4 },
        Why::Formula { column: "text" },
        Why::Differs { column: "date", first: 2 },
        Why::HalfAnEntry,
    ];
    let mut seen = std::collections::BTreeSet::new();
    for why in all {
        let said = fault(Lang::En, &ImportFault { line: 1204, why: why.clone() });
        assert!(said.starts_with("Line 1204: ") && said.contains(". Write, for example: "), "{why:?}: {said}");
        assert!(!said.contains("release-") && !said.contains("{$"), "{said}");
        assert!(seen.insert(said.clone()), "{why:?} is said as another one: {said}");
    }
}

#[test]
fn bug_7_what_cannot_be_done_says_what_to_do() {
    let team = Edition::read("team").unwrap();
    let eu1 = Instance::read("eu1").unwrap();
    for why in [
        NotReleased::Known { version: v("5.12") },
        NotReleased::NothingToFix { release: v("5.12") },
        NotReleased::NoSuchEdition { edition: team },
        NotReleased::NoSuchRelease { version: v("5.12") },
        NotReleased::NoSuchInstance { instance: eu1.clone() },
        NotReleased::Withdrawn { version: v("5.12"), instead: None },
        NotReleased::Withdrawn { version: v("5.12"), instead: Some(v("5.11")) },
        NotReleased::RunsThere { instance: eu1 },
        NotReleased::NoInstead { version: v("5.12") },
        NotReleased::WhyMissing,
    ] {
        let said = not_released(Lang::En, &why);
        assert!(said.ends_with('.') || said.ends_with("read it."), "{said}");
        assert!(!said.contains("release-") && !said.contains('{'), "{said}");
        assert_eq!(not_taken(Lang::En, &NotTaken::Refused(vec![(7, why)])), [format!("Line 7: {said}")]);
    }
    let ahead = NotTaken::Ahead { version: v("5.13"), on: date(2026, 12, 24), today: date(2026, 11, 27) };
    assert!(not_taken(Lang::En, &ahead)[0].contains("Publish it on its day"));
    assert_eq!(
        no_version(Lang::En, &Version::parse("5,12").unwrap_err()),
        "“5,12” is no version. Its numbers are parted by points. Write, for example: 5.12"
    );
}

#[test]
fn bug_1_what_came_of_a_file_is_told_release_by_release() {
    let notes = vec![Note::new(Change::Fixed, "One"), Note::new(Change::Added, "Two")];
    let new = Release { notes, ..Release::new(v("5.12.1"), date(2026, 11, 26)) };
    let parts = vec![Part::Date, Part::Notes { added: 2, removed: 1 }];
    let changed = Changed { release: Release::new(v("5.12"), date(2026, 11, 1)), parts };
    let told = Difference {
        new: vec![new],
        changed: vec![changed],
        unchanged: vec![v("5.11")],
        would_vanish: (1..=10).map(|n| v(&format!("4.{n}"))).collect(),
        to_withdraw: vec![v("5.10")],
        withdrawn_here: vec![v("5.9")],
        refused: vec![],
    };
    assert_eq!(
        came(Lang::En, false, &told),
        [
            "Published 5.12.1 of 2026-11-26: 2 entries, one of them a fix.",
            "Changed 5.12: its day, 2 entries new, one entry gone.",
            "5.11 says the same already; nothing changed.",
            "5.10 is withdrawn in the file, not here. To withdraw a release takes a reason; do it by itself.",
            "5.9 was withdrawn here, and the file does not say so. That stays.",
            "10 releases are known here and not in the file: 4.1, 4.2, 4.3, 4.4, 4.5, 4.6, 4.7, 4.8 and 2 more. They stay.",
        ]
    );
    assert!(came(Lang::En, true, &told)[0].starts_with("5.12.1 of 2026-11-26 would be published: "));
    let stepped = SteppedBack {
        latest: vec![(None, v("5.12.1"), Some(v("5.12"))), (Edition::read("team").ok(), v("5.12.1"), None)],
        still_on: vec![Instance::read("eu1").unwrap()],
    };
    assert_eq!(
        stepped_back(Lang::En, false, (&v("5.12.1"), &stepped)),
        [
            "Withdrew 5.12.1.",
            "The latest release steps back from 5.12.1 to 5.12.",
            "For the edition team there is no latest release then.",
            "The instance eu1 runs it until another one is rolled out.",
        ]
    );
    let eu1 = Instance::read("eu1").unwrap();
    let said = |before: Option<&str>| rolled_out(Lang::En, false, (&v("5.12"), &eu1), before.map(v).as_ref());
    assert_eq!(said(None), "5.12 runs on eu1 now.");
    assert_eq!(said(Some("5.11")), "5.12 runs on eu1 now, after 5.11.");
    assert_eq!(said(Some("5.12")), "5.12 runs on eu1 already; nothing changed.");
    assert!(read("").is_err());
}

#[test]
fn bug_8_what_a_release_runs_on_is_said_with_what_it_needs() {
    let range = |written: &str| Range::read(written).ok();
    let postgres =
        Requirement { what: "PostgreSQL".to_owned(), required: range(">= 14 < 18"), recommended: range("16.x") };
    for (typed, expected) in [
        ("16.4", Some("5.12.1 runs on PostgreSQL 16.4.")),
        ("15.4", Some("5.12.1 runs on PostgreSQL 15.4. Recommended: from 16 before 17.")),
        ("9.6", Some("5.12.1 does not run on PostgreSQL 9.6. Needed: from 14 before 18.")),
        ("", None),
    ] {
        let typed = [("PostgreSQL".to_owned(), typed.to_owned())];
        let compared = compare(std::slice::from_ref(&postgres), &typed);
        assert_eq!(underneath(Lang::En, &v("5.12.1"), &compared[0]).as_deref(), expected);
    }
    let typed = [("PostgreSQL".to_owned(), "the usual".to_owned())];
    let unread = underneath(Lang::En, &v("5.12.1"), &compare(&[postgres], &typed)[0]).expect("it is said");
    assert!(
        unread.starts_with("PostgreSQL: “the usual” is no version.") && unread.contains("for example: 16"),
        "{unread}"
    );
}

#[test]
fn bug_1_every_verdict_is_said_kindly() {
    let (installed, latest) = (v("5.9.2"), v("5.12.1-hotfix.1"));
    let outdated = |lacks_hotfix, support_ended| {
        let (installed, latest) = (installed.clone(), latest.clone());
        Verdict::Outdated(Outdated { installed, latest, lacks_hotfix, support_ended, fixed_since: vec![] })
    };
    let cloud = |instance: Option<&str>, runs: Option<&str>| {
        let instance = instance.and_then(|it| Instance::read(it).ok());
        Verdict::Accepted(Accepted::Cloud { instance, runs: runs.map(v) })
    };
    let (why, instead) = ("It loses results.", Some(v("5.12")));
    let all = [
        Verdict::Accepted(Accepted::Latest(latest.clone())),
        cloud(Some("eu1"), Some("5.12")),
        cloud(None, None),
        Verdict::Accepted(Accepted::Preview { installed: v("5.13-rc.1"), latest: latest.clone() }),
        Verdict::Accepted(Accepted::NotKnown { installed: v("6.0"), latest: latest.clone() }),
        outdated(false, None),
        outdated(true, Some(date(2026, 3, 31))),
        Verdict::Withdrawn { installed: v("5.12.1"), why, instead },
        Verdict::Unknown { latest: latest.clone() },
    ];
    for it in &all {
        let said = verdict(Lang::En, it).expect("it is said");
        assert!(said.ends_with('.') && !said.contains('{') && !said.contains("verdict-"), "{said}");
        if let Some(stands) = against_latest(Lang::En, it) {
            assert!(!stands.contains('{') && !stands.contains("stands-"), "{stands}");
        }
    }
    assert_eq!(
        verdict(Lang::En, &all[1]).unwrap(),
        "We run it for you: 5.12 is on eu1, so there is nothing that you have to upgrade."
    );
    assert_eq!(
        against_latest(Lang::En, &all[5]).unwrap(),
        "5.12.1-hotfix.1 is the latest; nothing is noted as fixed since"
    );
    assert_eq!(verdict(Lang::En, &Verdict::Accepted(Accepted::NoReleases)), None);
    assert_eq!(fixed_count(Lang::En, &installed, 1), "One thing was fixed since 5.9.2.");
}
