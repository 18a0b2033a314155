//! The committed corpora of the fuzz targets, replayed: what was found once stays mended.

use std::{collections::BTreeSet, fs, path::Path};

use rules::{
    bugs::fixes,
    calendar::{Calendar, CalendarSpec},
    entitlement,
    files::tus,
    holidays::ics,
    instant::Instant,
    logs::{
        Reading,
        mask::{Keeper, Masker, masked},
        recognise,
    },
    migration::Report,
    people::{
        Address, SecretKey,
        captcha::{CaptchaKeys, verify},
    },
    policy::Policy,
    redaction::{Mark, NoPassage, Passage, Redactor, find, find_printed, replaced},
    releases::{
        Installed, Range, Version,
        import::{Drafted, ImportFault, Read, as_changelog, as_json, as_table, changelog, json, table},
    },
    search::{Typed, excerpt, forms, words},
    tracker::{Heard, github, hear},
};

/// The texts of a target, by file name.
fn corpus(target: &str) -> Vec<(String, String)> {
    let text = |(name, bytes): (String, Vec<u8>)| (name, String::from_utf8_lossy(&bytes).into_owned());
    files(target).into_iter().map(text).collect()
}

fn files(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).expect("a target has a corpus");
    let files: Vec<_> = entries
        .map(|entry| {
            let entry = entry.expect("a corpus can be listed");
            let bytes = fs::read(entry.path()).expect("a corpus can be read");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect();
    assert!(!files.is_empty(), "{target} has an empty corpus");
    files
}

#[test]
fn pol_1_every_text_is_a_policy_or_is_refused_with_reasons() {
    for (name, source) in corpus("policy") {
        if let Err(faults) = Policy::parse(&source) {
            assert!(!faults.is_empty(), "{name} is refused without a reason");
        }
    }
}

#[test]
fn bug_5_any_commit_is_read_and_any_call_is_read_or_refused() {
    for (name, text) in corpus("commits") {
        let found = fixes(&text);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "{name}");
    }
    let mut heard = 0;
    for (_, bytes) in files("hook") {
        for event in ["ping", "issues", "issue_comment", "milestone"] {
            for kind in ["application/json", "application/x-www-form-urlencoded"] {
                heard += usize::from(hear(event, (kind, &bytes), "acme/shop").is_ok_and(|it| it != Heard::Other));
            }
        }
        let _ = (github::issues(&bytes), github::comments(&bytes));
    }
    assert!(heard > 3, "{heard}");
}

#[test]
fn pln_6_any_calendar_file_is_taken_whole_or_refused_with_a_line() {
    for (name, bytes) in files("ics") {
        match ics::read(&bytes, (2026, 2035)) {
            Ok(days) => assert!(days.iter().all(|day| (2026..=2035).contains(&day.date.year())), "{name}"),
            Err(faults) => assert!(faults.iter().all(|fault| fault.line > 0) && !faults.is_empty(), "{name}"),
        }
    }
}

#[test]
fn reg_2_the_key_of_an_address_is_its_own_key() {
    for (name, text) in corpus("address") {
        if let Ok(address) = Address::parse(&text) {
            let again = Address::parse(&address.key()).map(|address| address.key());
            assert_eq!(again, Ok(address.key()), "{name}");
        }
    }
}

#[test]
fn log_5_any_header_of_an_upload_is_read_within_its_bounds_or_refused() {
    for (name, header) in corpus("tus") {
        let is_sound = |pairs: std::collections::BTreeMap<String, String>| {
            pairs.len() <= 20 && pairs.values().all(|value| !value.contains('\0'))
        };
        assert!(tus::metadata(&header).is_none_or(is_sound), "{name}");
        let has_length = |checksum: tus::Checksum| checksum.digest.len() == checksum.algorithm.length();
        assert!(tus::Checksum::read(&header).is_none_or(has_length), "{name}");
        assert!(tus::bytes(&header).is_none_or(|number| number < 10_u64.pow(16)), "{name}");
    }
}

#[test]
fn reg_1_no_strangers_payload_is_solved() {
    let keys = CaptchaKeys::derive(&SecretKey::new([1; 32]));
    let now = Instant::from_micros(0).unwrap();
    for (name, payload) in corpus("captcha") {
        assert!(verify(&keys, &payload, now).is_err(), "{name}");
    }
}

#[test]
fn prv_2_what_was_redacted_is_not_found_again_and_is_known_by_its_print() {
    let (key, mark) = (SecretKey::new([7; 32]), Mark { by: Redactor::Support, on: jiff::civil::date(2026, 11, 26) });
    for (name, given) in corpus("redaction") {
        let (passage, text) = given.split_once("\n---\n").unwrap_or((&given, &given));
        let read = match Passage::read(passage) {
            Ok(read) => read,
            Err(why) => {
                assert_eq!(why, NoPassage::Empty, "{name}");
                continue;
            }
        };
        let ranges = find(text, &read);
        assert!(!ranges.is_empty() || name == "cut_mark", "{name} stands in its text");
        let left = replaced(text, &ranges, mark);
        assert!(find(&left, &read).is_empty(), "{name}: {left:?}");
        assert_eq!(find_printed(text, &read.print(&key), &key), ranges, "{name}");
    }
}

#[test]
fn req_7_any_text_is_searched_for_by_a_bounded_number_of_words() {
    for (name, text) in corpus("search") {
        let typed = Typed::read(&text);
        assert!(typed.words.len() <= 12, "{name}");
        let known: BTreeSet<String> = words(&text).flat_map(|found| forms(found.written)).collect();
        for word in typed.words.iter().filter(|word| !word.is_open) {
            assert!(word.forms.iter().all(|form| known.contains(form)), "{name}: {word:?}");
        }
        let said: usize = excerpt(&text, &known).iter().map(|bit| bit.text.chars().count()).sum();
        assert!(said <= 190, "{name}: a passage of {said} letters");
    }
}

#[test]
fn hrs_2_what_is_due_is_elapsed_in_any_hours_that_compile() {
    let (start, length) = ("2026-11-20T16:40:00Z".parse::<Instant>().unwrap(), jiff::SignedDuration::from_hours(30));
    let mut compiled = 0;
    for (name, text) in corpus("calendar") {
        let Ok(spec) = serde_json::from_str::<CalendarSpec>(&text) else { continue };
        let Ok(calendar) = Calendar::build(&spec) else { continue };
        compiled += 1;
        assert_eq!(calendar.elapsed(start, calendar.due(start, length).unwrap()), length, "{name}");
    }
    assert_eq!(compiled, 3, "of the corpus three are hours");
}

#[test]
fn req_6_any_file_is_a_report_or_none() {
    let read = |(name, text): (String, String)| Report::read(text.as_bytes()).is_ok().then_some(name);
    assert_eq!(corpus("migration_report").into_iter().filter_map(read).collect::<Vec<_>>(), ["whole.json"]);
}

#[test]
fn bug_2_any_file_is_a_list_of_installations_or_refused_with_a_line() {
    let (mut whole, mut told) = (Vec::new(), Vec::new());
    for (name, bytes) in files("installed") {
        if rules::installed::Ping::read(&bytes).is_ok() {
            told.push(name.clone());
        }
        let Ok(text) = rules::table::text(&bytes) else { continue };
        match rules::installed::import::lines(&text, jiff::civil::date(2026, 11, 28)) {
            Ok(lines) => whole.push((name, lines.len())),
            Err(faults) => assert!(faults.iter().all(|fault| fault.line > 0), "{name}: {faults:?}"),
        }
    }
    whole.sort();
    let whole: Vec<(&str, usize)> = whole.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
    assert_eq!(whole, [("semicolons.csv", 2), ("tabs-windows-1252.csv", 1)]);
    assert_eq!(told, ["ping.json"]);
}

#[test]
fn ent_1_any_file_is_a_table_of_licences_or_refused_with_a_line() {
    let policy = Policy::parse(include_str!("../../../policies/larkspur.toml")).expect("it holds together").policy;
    let mut whole = Vec::new();
    for (name, bytes) in files("licence_table") {
        let Ok(text) = rules::table::text(&bytes) else { continue };
        match entitlement::import::lines(&text, &policy) {
            Ok(lines) => whole.push((name, lines.len())),
            Err(faults) => assert!(faults.iter().all(|fault| fault.line > 0), "{name}: {faults:?}"),
        }
    }
    whole.sort();
    let whole: Vec<(&str, usize)> = whole.iter().map(|(name, lines)| (name.as_str(), *lines)).collect();
    let expected = [
        ("old-mac-lines.csv", 1),
        ("semicolons-windows-1252.csv", 2),
        ("utf-16be-without-mark.csv", 2),
        ("utf-16le-with-mark.csv", 2),
        ("utf-8-with-mark-tabs.csv", 2),
    ];
    assert_eq!(whole, expected);
}

fn keeper() -> Keeper {
    Keeper::new(&SecretKey::new([1; 32]), &[])
}

#[test]
fn log_1_any_bytes_are_told_and_what_reads_as_text_is_read_to_its_end() {
    let mut read = 0;
    for (name, bytes) in files("log") {
        let Some(mut reading) = Reading::begin(&recognise(&bytes), keeper()) else { continue };
        let mut out = String::new();
        bytes.chunks(7).for_each(|piece| reading.push(piece, &mut out));
        assert_eq!(reading.finish(&mut out).0.bytes, bytes.len() as u64, "{name}");
        read += 1;
    }
    assert_eq!(read, 11, "all but a program and a picture are texts");
}

#[test]
fn log_3_letter_by_letter_a_text_is_masked_like_in_one_piece() {
    for (name, text) in corpus("mask") {
        let (mut masker, mut out) = (Masker::new(keeper()), String::new());
        text.char_indices().for_each(|(at, c)| masker.push(&text[at..at + c.len_utf8()], &mut out));
        masker.finish(&mut out);
        assert_eq!(out, masked(&text, keeper()).0, "{name}");
    }
}

#[test]
fn req_4_what_is_read_as_a_version_reads_as_the_same_again() {
    let mut read = 0;
    for (name, text) in corpus("version") {
        if let Some(Installed::Known(version)) = Installed::read(&text, "Allure TestOps") {
            assert_eq!(Version::read(&version.to_string()), Some(version), "{name}");
            read += 1;
        }
    }
    assert_eq!(read, 4, "of the corpus four are versions");
}

#[test]
fn bug_1_what_is_no_version_or_range_is_refused_with_one_that_is() {
    for (name, text) in corpus("version") {
        if let Err(refused) = Version::parse(&text) {
            assert!(Version::read(&refused.like).is_some(), "{name}: {refused:?}");
        }
        match Range::read(&text) {
            Ok(range) => assert_eq!(Range::read(&range.to_string()), Ok(range), "{name}"),
            Err(refused) => assert!(Range::read(&refused.like()).is_ok(), "{name}: {refused:?}"),
        }
    }
}

/// Those that are taken; what they say is read back as it is written.
fn taken(
    target: &str,
    read: fn(&str) -> Result<Read, Vec<ImportFault>>,
    write: fn(&[Drafted]) -> String,
) -> Vec<String> {
    let mut taken = Vec::new();
    for (name, text) in corpus(target) {
        match read(&text) {
            Ok(said) => {
                let again = read(&write(&said.releases)).expect("what we write can be read").releases;
                assert!(again.iter().map(|it| &it.version).eq(said.releases.iter().map(|it| &it.version)), "{name}");
                taken.push(name);
            }
            Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0), "{name}"),
        }
    }
    taken.sort();
    taken
}

#[test]
fn bug_1_any_file_of_releases_is_taken_whole_or_refused_with_lines() {
    let of = taken("changelog", changelog, as_changelog);
    assert_eq!(of, ["ok-carriage-returns.md", "ok-numbered.md", "ok-tabs.md", "ok-yanked-and-linked.md"]);
    assert_eq!(taken("release_list", json, as_json), ["ok-object.json", "ok-whole.json"]);
    assert_eq!(taken("release_list", table, as_table), ["ok-semicolons.csv", "ok-without-entries.csv"]);
}
