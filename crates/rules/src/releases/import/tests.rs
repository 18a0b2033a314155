//! Files of releases.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::releases::{Catalogue, Change, NotReleased, Product, Range, Withdrawal, catalogue::tests::v};

const CHANGELOG: &str = r#"# Changelog

All notable changes. See [Keep a Changelog][kac].

<!-- new ones on top -->

## [Unreleased]

### Added

- A dark theme

## [5.12.1] - 2026-11-26

Only fixes, mostly
of exports.

### Fixed

- Exports have their last line again ([BUG-311][bug]); see
  `lines` and **#4182**
  - in CSV
    1. with semicolons
  - in JSON

  Also the old ones.
- <a id="sign-in"></a>Signing in works behind a proxy

### Security

* TMS-12: tokens are masked

## [5.12.0] - 2026-10-01 [YANKED]

### added
- Webhooks

[5.12.1]: https://example.com/releases/5.12.1
[kac]: https://keepachangelog.com
[bug]: https://example.com/bugs/311
"#;

fn faults(read: Result<Read, Vec<ImportFault>>) -> Vec<(usize, String)> {
    let faults = read.expect_err("it is refused");
    faults.into_iter().map(|fault| (fault.line, fault.why.like())).collect()
}

#[test]
fn bug_1_a_changelog_is_read_with_lists_links_anchors_and_what_was_yanked() {
    let read = changelog(CHANGELOG).expect("it is one");
    assert_eq!(read.unreleased, [Note::new(Change::Added, "A dark theme")]);
    let [newer, older] = &read.releases[..] else { panic!("{:?}", read.releases) };
    assert_eq!((&newer.version, newer.released_on, newer.line), (&v("5.12.1"), date(2026, 11, 26), 13));
    assert_eq!(newer.said.summary.as_deref(), Some("Only fixes, mostly of exports."));
    assert_eq!(newer.said.link, Some(Some("https://example.com/releases/5.12.1".to_owned())));
    assert_eq!((newer.said.yanked, older.said.yanked), (Some(false), Some(true)));
    assert_eq!(older.said.notes, Some(vec![Note::new(Change::Added, "Webhooks")]));
    let exports = "Exports have their last line again ([BUG-311](https://example.com/bugs/311)); see `lines` and **#4182**\n\
                   - in CSV\n  - with semicolons\n- in JSON\n- Also the old ones.";
    let sign_in = Note::new(Change::Fixed, "Signing in works behind a proxy");
    let expected = vec![
        Note::new(Change::Fixed, exports),
        Note { anchor: Some("sign-in".to_owned()), ..sign_in },
        Note::new(Change::Security, "TMS-12: tokens are masked"),
    ];
    assert_eq!(newer.said.notes, Some(expected));
}

#[test]
fn bug_1_every_fault_of_a_changelog_has_its_line_and_what_to_write_instead() {
    let text = "### Fixed\n\n## 5.12.1\n\n- lost\n\n## 5.12.2 - 26.11.2026\n\n## 5.12.3 - 2026-11-26\n\n- no kind\n\n\
                ### Bug fixes\n\n- what kind\n\n### Fixed\n\n- \n\n```\ncode\n```\n\n#### Deep\n\n## 5.12.3 - 2026-11-27\n\n\
                # Top\n\n### Fixed\n\n- - list\n- > quote\n- one\n  - two\n    - three\n      - four\n        - five\n          - six\n";
    let entry = "- Exports have their last line again (BUG-311)";
    let expected = [
        (1, "## [5.12.1] - 2026-11-26"),
        (3, "## [5.12.1] - 2026-11-26"),
        (7, "2026-11-26"),
        (11, "### Fixed"),
        (13, "### Fixed"),
        (19, entry),
        (21, entry),
        (25, "### Fixed"),
        (27, "5.12.3-hotfix.1"),
        (29, "### Fixed"),
        (33, entry),
        (34, entry),
        (40, entry),
    ];
    let expected = expected.map(|(line, like)| (line, like.to_owned()));
    assert_eq!(faults(changelog(text)), expected);
    assert_eq!(faults(changelog("# Changelog\n")), [(1, "## [5.12.1] - 2026-11-26".to_owned())]);
    let like = |heading: &str| {
        let text = format!("## 5 - 2026-11-26\n### {heading}\n");
        faults(changelog(&text)).remove(0).1
    };
    for (heading, expected) in [
        ("New features", "### Added"),
        ("Improvements", "### Changed"),
        ("Deprecations", "### Deprecated"),
        ("Vulnerabilities", "### Security"),
        ("Removals", "### Removed"),
        ("Bugs", "### Fixed"),
        ("Contributors", "### Fixed"),
    ] {
        assert_eq!(like(heading), expected, "{heading}");
    }
}

#[test]
fn bug_1_a_list_as_json_says_all_that_a_release_has() {
    let text = r#"{"releases": [{
        "version": "5.12.1", "date": "2026-11-26", "editions": ["Team"], "supported_until": "2027-11-26",
        "link": null, "yanked": false, "summary": "Fixes.",
        "runs_on": [{"what": "PostgreSQL", "required": ">= 14 < 18", "recommended": "16.x"}],
        "notes": [{"change": "fixed", "text": "Exports end"}]
    }]}"#;
    let read = json(text).expect("it is one");
    let range = |written: &str| Some(Range::read(written).expect("a range"));
    let postgres =
        Requirement { what: "PostgreSQL".to_owned(), required: range(">= 14 < 18"), recommended: range("16.x") };
    let said = Said {
        editions: Some([Edition::read("team").expect("a name")].into()),
        supported_until: Some(Some(date(2027, 11, 26))),
        summary: Some("Fixes.".to_owned()),
        link: Some(None),
        notes: Some(vec![Note::new(Change::Fixed, "Exports end")]),
        runs_on: Some(vec![postgres]),
        yanked: Some(false),
    };
    let expected = Drafted { line: 1, version: v("5.12.1"), released_on: date(2026, 11, 26), said };
    assert_eq!(read.releases, [expected]);
}

#[test]
fn bug_1_every_fault_of_a_list_as_json_has_its_line() {
    let text = "[\n{\"version\": \"5,12\",\n \"date\": \"26.11.2026\", \"edition\": [],\n \"notes\": [{\"change\": \"bugs\",\n \"text\": \"# no\"},\n \"x\", {}]},\n{\"date\": 5,\n\"yanked\": \"maybe\", \"runs_on\": {}, \"runs_on\": [\n{\"what\": \"\", \"required\": \"9 to 8\"}],\n\"link\": \"ftp://x\", \"supported_until\": \"soon\", \"editions\": [\"?\"]}]";
    let told: Vec<(usize, String)> = faults(json(text));
    let expected = [
        (2, "5.12"),
        (3, "editions"),
        (3, "2026-11-26"),
        (4, "### Fixed"),
        (5, "- Exports have their last line again (BUG-311)"),
        (6, "\"change\": {}"),
        (6, "\"change\": \"…\""),
        (6, "\"text\": \"…\""),
        (7, "\"version\": \"…\""),
        (7, "\"date\": \"5.12.1\""),
        (8, "\"yanked\": true"),
        (8, "\"runs_on\": []"),
        (8, "\"runs_on\" once"),
        (10, "https://example.com/releases/5.12.1"),
        (10, "2026-11-26"),
        (10, "team"),
    ];
    let sorted = |mut all: Vec<(usize, String)>| {
        all.sort();
        all
    };
    let mut expected: Vec<(usize, String)> = expected.map(|(line, like)| (line, like.to_owned())).into();
    expected.retain(|(_, like)| !like.contains("change\": {}"));
    expected.push((6, "\"notes\": {}".to_owned()));
    assert_eq!(sorted(told), sorted(expected));
    let cut_off = json("[{\"version\": \"5.12\",\n").expect_err("half a file");
    assert_eq!((cut_off[0].line, &cut_off[0].why), (2, &Why::NotJson { column: 0 }));
    assert_eq!(json("[]").expect_err("nothing")[0].why, Why::NoReleases);
}

#[test]
fn bug_1_a_table_has_a_line_for_each_entry() {
    let text = "Version;Date;Change;Text;Editions\n5.12.1;2026-11-26;fixed;Exports end;Team | Enterprise\n\
                5.12.1;2026-11-26;Security;\"Tokens; masked\";Team | Enterprise\n5.12;2026-10-01;;;\n";
    let read = table(text).expect("it is one");
    let [newer, older] = &read.releases[..] else { panic!("{:?}", read.releases) };
    let notes = vec![Note::new(Change::Fixed, "Exports end"), Note::new(Change::Security, "Tokens; masked")];
    assert_eq!((newer.line, &newer.said.notes), (2, &Some(notes)));
    assert_eq!(newer.said.editions.as_ref().map(BTreeSet::len), Some(2));
    assert_eq!(newer.said.summary, None, "the table has no column for it");
    assert_eq!((older.line, &older.said.notes, &older.version), (4, &Some(vec![]), &v("5.12")));
}

#[test]
fn bug_1_every_fault_of_a_table_has_its_line() {
    let text = "version,date,yanked,change,text\n5.12,soon,perhaps,,\n5.12.1,2026-11-26,,fixed,\n5.12.1,2026-11-27,,bug,=cmd()\n\
                5.12,2026-11-26,,,\nx\n";
    let expected = [
        (2, "2026-11-26"),
        (2, "yes"),
        (3, "5.12.1,2026-11-26,fixed,Exports have their last line again"),
        (4, "what line 3 says"),
        (4, "### Fixed"),
        (4, "a text that does not begin with = + - or @"),
        (5, "5.12-hotfix.1"),
        (6, ",,,,"),
    ];
    let mut told = faults(table(text));
    told.sort();
    let mut expected: Vec<(usize, String)> = expected.map(|(line, like)| (line, like.to_owned())).into();
    expected.sort();
    assert_eq!(told, expected);
    for (head, like) in [
        ("version,dates", "date"),
        ("version,version", "version,date,change,text"),
        ("version", "version,date,change,text"),
        ("version,date,text", "version,date,change,text"),
        ("version,date\n\"5", "\"He said \"\"yes\"\"\""),
        ("", "## [5.12.1] - 2026-11-26"),
    ] {
        assert_eq!(faults(table(head)).remove(0).1, like, "{head}");
    }
}

#[test]
fn bug_7_what_taking_a_file_would_change_is_told_before() {
    let mut catalogue = Catalogue::new(Product { name: "TestHub".to_owned(), ..Product::default() });
    let day = date(2026, 11, 1);
    for version in ["5.10", "5.11", "5.12"] {
        catalogue.publish(Release::new(v(version), day)).expect("it is new");
    }
    let withdrawn = Withdrawal { on: day, why: "It loses results.".to_owned(), instead: None };
    catalogue.withdraw(&v("5.11"), withdrawn).expect("it can be");
    let text = "## 5.13-hotfix.1 - 2026-11-03\n## 5.13 - 2026-11-02\n## 5.12 - 2026-11-05 [YANKED]\n### Fixed\n- One\n\
                ## 5.11 - 2026-11-01\n## 6-hotfix.1 - 2026-12-01\n";
    let read = changelog(text).expect("it is one");
    let told = difference(&read, &catalogue);
    let versions = |all: &[Release]| all.iter().map(|release| release.version.to_string()).collect::<Vec<_>>();
    assert_eq!(versions(&told.new), ["5.13", "5.13-hotfix.1"]);
    assert_eq!(told.changed.len(), 1);
    assert_eq!(told.changed[0].parts, [Part::Date, Part::Notes { added: 1, removed: 0 }]);
    assert_eq!((told.unchanged, told.would_vanish), (vec![v("5.11")], vec![v("5.10")]));
    assert_eq!((told.to_withdraw, told.withdrawn_here), (vec![v("5.12")], vec![v("5.11")]));
    assert_eq!(told.refused, [(7, NotReleased::NothingToFix { release: v("6") })]);

    let again = Read { releases: catalogue.releases().iter().map(Drafted::of).collect(), ..Read::default() };
    let nothing = difference(&again, &catalogue);
    assert_eq!((nothing.unchanged.len(), nothing.new.len(), nothing.changed.len()), (3, 0, 0));
    let strange = json(r#"[{"version": "5.12", "date": "2026-11-01", "editions": ["home"]}]"#).expect("it is one");
    let home = Edition::read("home").expect("a name");
    assert_eq!(difference(&strange, &catalogue).refused, [(1, NotReleased::NoSuchEdition { edition: home })]);
}

/// Words, and what Markdown makes of letters.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zäé]{1,7}",
        1 => proptest::sample::select(vec![
            "BUG-311", "#12", "*so*", "`a - b`", "[x](https://a.example)", "5.12.1", "-", "1.", "\\*", "&amp;", "<b>", "\"q\"",
            "[x]", "!", "=", "a,b;c", "+1", "# x", "> y", "| a |", "_", "**", "](", "[", "`",
        ]).prop_map(str::to_owned),
    ];
    ("[a-z]{2,5}", proptest::collection::vec(word, 0..5))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect::<Vec<_>>().join(" "))
}

fn note() -> impl Strategy<Value = Note> {
    let lines = proptest::collection::vec((0_usize..3, text()), 0..4);
    let anchor = proptest::option::of("[a-z]{1,5}");
    (proptest::sample::select(Change::ALL.to_vec()), text(), lines, anchor).prop_map(
        |(change, first, lines, anchor)| {
            let mut depth = 0;
            let mut all = first;
            for (at, (wanted, line)) in lines.into_iter().enumerate() {
                depth = if at == 0 { 0 } else { wanted.min(depth + 1) };
                all.push_str(&format!("\n{}- {line}", "  ".repeat(depth)));
            }
            Note { change, text: all, anchor }
        },
    )
}

fn drafted() -> impl Strategy<Value = Vec<Drafted>> {
    let one = (
        proptest::collection::vec(note(), 0..4),
        proptest::option::of("https://a\\.example/[a-z0-9/?=_-]{0,9}"),
        proptest::collection::vec(text(), 0..3),
        (any::<bool>(), any::<bool>(), 1_i8..13, 1_i8..29),
    );
    proptest::collection::vec(one, 1..5).prop_map(|all| {
        let each = |(at, (notes, link, summary, (yanked, is_hotfix, month, day))): (usize, _)| {
            let (notes, summary): (Vec<Note>, Vec<String>) = (notes, summary);
            let mut release =
                Release::new(v(&format!("5.{at}{}", if is_hotfix { "-hotfix.2" } else { "" })), date(2026, month, day));
            (release.notes, release.link, release.summary) = (notes, link, summary.join("\n\n"));
            release.notes.sort_by_key(|note| note.change);
            let drafted = Drafted::of(&release);
            Drafted { said: Said { yanked: Some(yanked), ..drafted.said }, ..drafted }
        };
        all.into_iter().enumerate().map(each).collect()
    })
}

/// Without the lines, and without what a kind of file has no place for.
fn told(read: Read, over: &[Drafted]) -> Vec<Drafted> {
    let each = |(drafted, like): (Drafted, &Drafted)| {
        let said = drafted.said;
        let said = Said {
            editions: said.editions.or(like.said.editions.clone()),
            supported_until: said.supported_until.or(like.said.supported_until),
            runs_on: said.runs_on.or(like.said.runs_on.clone()),
            ..said
        };
        Drafted { line: 1, said, ..drafted }
    };
    read.releases.into_iter().zip(over).map(each).collect()
}

proptest! {
    #[test]
    fn bug_1_what_is_written_as_a_file_is_read_back(releases in drafted()) {
        for (file, read) in [
            (as_changelog(&releases), changelog as fn(&str) -> Result<Read, Vec<ImportFault>>),
            (as_json(&releases), json),
            (as_table(&releases), table),
        ] {
            let again = read(&file);
            prop_assert!(again.is_ok(), "{:?}\n{}", again, file);
            prop_assert_eq!(told(again.unwrap_or_default(), &releases), releases.clone(), "{}", file);
        }
    }

    #[test]
    fn bug_1_any_text_is_taken_whole_or_refused_with_lines(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "## ", "### ", "[5.12.1]", " - ", "2026-11-26", "\n", "\n\n", "- ", "  ", "Fixed", "[YANKED]", "```", "> ", "<a id=\"x\"></a>",
            "\t", "é", "[x]: y\n", "[x]", "[", "](", "{", "}", "\"version\"", ":", ",", "\"", "version,date,change,text", "\r", "\u{2028}", "#",
        ]), 0..40),
    ) {
        let file = pieces.concat();
        let lines = file.matches(['\n', '\r']).count() + 2;
        for read in [changelog(&file), json(&file), table(&file)] {
            match read {
                Ok(read) => prop_assert!(!read.releases.is_empty()),
                Err(faults) => {
                    prop_assert!(!faults.is_empty());
                    for fault in faults {
                        prop_assert!(fault.line >= 1 && fault.line <= lines, "{:?} in {:?}", fault, file);
                        let is_count = matches!(&fault.why, Why::FieldCount { columns: 1, .. });
                        prop_assert!(is_count || !fault.why.like().is_empty());
                    }
                }
            }
        }
    }
}
