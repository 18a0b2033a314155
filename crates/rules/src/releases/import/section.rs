//! What a changelog says of one release, for the day on which it is published: what stands there of others cannot keep it back.

use jiff::civil::Date;

use super::{
    Drafted, ImportFault, Said, Why, changelog, field,
    heading::{self, Heading},
};
use crate::releases::Version;

/// Of the releases that are there, at most so many are named.
const NAMED: usize = 3;

/// A release out of its part of a changelog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub drafted: Drafted,
    /// Whether the file says its day.
    pub is_dated: bool,
}

/// Reads the part of a changelog that is about a release; a text without headings of releases is all about it. `day`: its day
/// where the text does not say it.
///
/// # Errors
/// All that is wrong in its part, by the lines of the whole.
pub fn section(text: &str, version: &Version, day: Date) -> Result<Section, Vec<ImportFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    let headings = headings(&lines);
    if headings.is_empty() {
        let whole = format!("## [{version}] - {day}\n{text}");
        let drafted = the_one(&whole).map_err(|faults| faults.into_iter().map(a_line_up).collect::<Vec<_>>())?;
        // A part alone says neither where it stands elsewhere nor that it was withdrawn.
        let said = Said { link: None, yanked: None, ..drafted.said };
        return Ok(Section { drafted: Drafted { line: 1, said, ..drafted }, is_dated: false });
    }
    let found = headings.iter().position(|(_, of, _)| of.as_ref() == Some(version));
    let Some((at, (start, _, is_dated))) = found.and_then(|at| Some((at, headings.get(at)?))) else {
        let has = headings.iter().take(NAMED).map(|(at, ..)| field::cut(lines[*at].trim_start_matches('#').trim()));
        let why = Why::ReleaseMissing { version: version.clone(), has: has.collect() };
        return Err(vec![ImportFault { line: 1, why }]);
    };
    let end = headings.get(at + 1).map_or(lines.len(), |(next, ..)| *next);
    let mut kept = String::new();
    for (number, line) in lines.iter().enumerate() {
        if (*start..end).contains(&number) || is_definition(line) {
            kept.push_str(line.trim_end());
        }
        if number == *start && !is_dated {
            kept.push_str(&format!(" - {day}"));
        }
        kept.push('\n');
    }
    Ok(Section { drafted: the_one(&kept)?, is_dated: *is_dated })
}

fn the_one(text: &str) -> Result<Drafted, Vec<ImportFault>> {
    let read = changelog(text)?;
    read.releases.into_iter().next().ok_or_else(|| vec![ImportFault { line: 1, why: Why::NoReleases }])
}

fn a_line_up(fault: ImportFault) -> ImportFault {
    ImportFault { line: fault.line.saturating_sub(1).max(1), ..fault }
}

/// The lines that are headings of releases, with the version that each names, and whether it says the day.
fn headings(lines: &[&str]) -> Vec<(usize, Option<Version>, bool)> {
    let (mut found, mut is_code) = (Vec::new(), false);
    for (at, line) in lines.iter().enumerate() {
        is_code ^= line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let Some(text) = line.strip_prefix("## ").filter(|_| !is_code) else { continue };
        found.push(match heading::read(&unlinked(text)) {
            Ok(Heading::Release { version, .. }) => (at, Some(version), true),
            Err(Why::DateMissing { version }) => (at, Some(version), false),
            Ok(Heading::Unreleased) | Err(_) => (at, None, true),
        });
    }
    found
}

/// `[5.12.1](https://…) - 2026-11-26` without where it leads.
fn unlinked(text: &str) -> String {
    let linked = text.split_once("](").and_then(|(before, rest)| Some((before, rest.split_once(')')?.1)));
    linked.map_or_else(|| text.to_owned(), |(before, after)| format!("{before}]{after}"))
}

/// `[5.12.1]: https://…` says where links of the whole file lead.
fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && line.split_once("]:").is_some_and(|(named, _)| named.len() > 1 && !named[1..].contains(']'))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{super::read, *};
    use crate::releases::Change;

    const WHOLE: &str = "\
# Changelog

## [Unreleased]

### Fixed

- Not yet

## [5.12.1]

What this one is about.

### Fixed

- Exports keep their last line (BUG-311)

## 5.12 - some day in autumn

- This part is wrong, and old.

[5.12.1]: https://example.com/5.12.1
";

    fn v(written: &str) -> Version {
        Version::read(written).expect("a version")
    }

    #[test]
    fn bug_1_the_part_of_one_release_is_read_whatever_stands_of_others() {
        assert!(changelog(WHOLE).is_err());
        let read = section(WHOLE, &v("v5.12.1"), date(2026, 11, 26)).expect("its part is right");
        assert_eq!((read.drafted.line, read.drafted.released_on, read.is_dated), (9, date(2026, 11, 26), false));
        assert_eq!(read.drafted.said.summary.as_deref(), Some("What this one is about."));
        assert_eq!(read.drafted.said.link, Some(Some("https://example.com/5.12.1".to_owned())));
        let notes = read.drafted.said.notes.expect("its notes");
        assert_eq!((notes.len(), notes[0].change), (1, Change::Fixed));
        let dated = WHOLE.replace("## [5.12.1]\n", "## [5.12.1](https://example.com/x) - 2026-11-20\n");
        let read = section(&dated, &v("5.12.1"), date(2026, 11, 26)).expect("its part is right");
        assert_eq!((read.drafted.released_on, read.is_dated), (date(2026, 11, 20), true));
    }

    #[test]
    fn bug_1_what_is_wrong_in_its_part_is_told_by_the_lines_of_the_file() {
        let day = date(2026, 11, 26);
        let wrong = WHOLE.replace("### Fixed\n\n- Exports", "### Repairs\n\n- Exports");
        let faults = section(&wrong, &v("5.12.1"), day).expect_err("no kind of changes");
        assert_eq!(faults, [ImportFault { line: 13, why: Why::NotAChange { text: "Repairs".to_owned() } }]);
        let faults = section(WHOLE, &v("5.13"), day).expect_err("it is not there");
        let has = vec!["[Unreleased]".to_owned(), "[5.12.1]".to_owned(), "5.12 - some day in autumn".to_owned()];
        assert_eq!(faults, [ImportFault { line: 1, why: Why::ReleaseMissing { version: v("5.13"), has } }]);
    }

    #[test]
    fn bug_1_notes_without_headings_of_releases_are_all_about_it() {
        let day = date(2026, 11, 26);
        let read = section("### Fixed\n\n- Exports end\n- Imports begin\n", &v("5.12.1"), day).expect("notes");
        assert_eq!((read.drafted.released_on, read.is_dated), (day, false));
        assert_eq!(read.drafted.said.notes.map(|notes| notes.len()), Some(2));
        assert_eq!(section("", &v("5.12.1"), day).expect("nothing").drafted.said.notes, Some(vec![]));
        let faults = section("- Exports end\n", &v("5.12.1"), day).expect_err("no kind of changes");
        assert_eq!(faults, [ImportFault { line: 1, why: Why::NoSection }]);
    }

    #[test]
    fn bug_1_the_notes_of_a_release_are_read_again_as_they_were() {
        let known = section(WHOLE, &v("5.12.1"), date(2026, 11, 26)).expect("its part is right").drafted;
        let notes = super::super::as_notes(&known);
        assert!(notes.starts_with("What this one is about.") && !notes.contains("##  "), "{notes}");
        let again = section(&notes, &v("5.12.1"), date(2026, 11, 26)).expect("its notes").drafted;
        assert_eq!((again.said.notes, again.said.summary), (known.said.notes, known.said.summary));
        assert_eq!(again.said.link, None, "they say nothing of it");
    }

    #[test]
    fn bug_1_a_file_is_read_as_what_it_is() {
        let lists = [
            "## [5.12.1] - 2026-11-26\n\n### Fixed\n\n- Exports end\n",
            "[{\"version\": \"5.12.1\", \"date\": \"2026-11-26\"}]",
            "{\"releases\": [{\"version\": \"5.12.1\", \"date\": \"2026-11-26\"}]}",
            "\u{feff}date;version\n2026-11-26;5.12.1\n",
        ];
        for text in lists {
            let versions: Vec<Version> =
                read(text).expect("it reads").releases.into_iter().map(|it| it.version).collect();
            assert_eq!(versions, [v("5.12.1")], "{text}");
        }
        assert_eq!(read("[]").expect_err("nothing")[0].why, Why::NoReleases);
    }
}
