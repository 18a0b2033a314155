//! What commit messages, and lines of a release's notes, say they fix: "Fixes BUG-311", "Closes: BUG-311, BUG-312 and BUG-313".
//! Reads; what becomes of those bugs is the desk's to do.

use super::NotMoved;
use crate::ids::BugId;

/// What says that something is fixed, in any case.
const WORDS: [&str; 9] = ["fix", "fixes", "fixed", "close", "closes", "closed", "resolve", "resolves", "resolved"];
/// What bugs of the desk are called.
const BUG: &str = "bug-";
/// Bugs that are read out of one text, at most.
pub const MOST_FIXES: usize = 1_000;
/// Bytes of commit messages that a release is published with, at most.
pub const COMMITS: usize = 8 * 1024 * 1024;
const MOST_DIGITS: usize = 18;

/// What came of a bug that was said to be fixed in a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixNamed {
    pub bug: BugId,
    pub came: CameOf,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameOf {
    Fixed,
    /// It was fixed there before.
    WasFixed,
    NoSuchBug,
    NotMoved(NotMoved),
}

impl CameOf {
    /// Its word for programs.
    pub fn word(&self) -> &'static str {
        match self {
            CameOf::Fixed => "fixed",
            CameOf::WasFixed => "was_fixed",
            CameOf::NoSuchBug => "no_such_bug",
            CameOf::NotMoved(_) => "not_moved",
        }
    }
}

/// The bugs that a text says are fixed, each once, in the order of the text; the first [`MOST_FIXES`].
///
/// A word for it has to stand before them, with or without a colon; more of them follow it with commas, "and" or "&". A bug that is only
/// mentioned is not fixed.
pub fn fixes(text: &str) -> Vec<BugId> {
    let mut found: Vec<BugId> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut rest = text;
    let mut before: Option<char> = None;
    while let Some(first) = rest.chars().next() {
        let begins = !before.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '-'));
        if begins && let Some(behind) = keyword(rest) {
            let (bugs, behind) = list(behind);
            found.extend(bugs.into_iter().filter(|bug| seen.insert(*bug)));
            if found.len() >= MOST_FIXES {
                found.truncate(MOST_FIXES);
                return found;
            }
            before = rest[..rest.len() - behind.len()].chars().next_back();
            rest = behind;
            continue;
        }
        before = Some(first);
        rest = &rest[first.len_utf8()..];
    }
    found
}

/// What stands behind a word that says so.
fn keyword(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)).then_some(rest)
}

/// The bugs that follow, and what stands behind the last of them.
fn list(text: &str) -> (Vec<BugId>, &str) {
    let (mut bugs, mut rest) = (Vec::new(), text);
    let spaced = text.trim_start_matches([' ', '\t']);
    let colon = spaced.strip_prefix(':').map(spaces);
    // A space or a colon has to part the word from the first.
    let mut next = match colon {
        Some(behind) => Some(behind),
        None => (spaced.len() < text.len()).then_some(spaced),
    };
    while let Some((bug, behind)) = next.and_then(one) {
        if bugs.len() < MOST_FIXES {
            bugs.push(bug);
        }
        rest = behind;
        next = another(behind);
    }
    (bugs, rest)
}

/// Blanks and at most one end of a line.
fn spaces(text: &str) -> &str {
    let behind = text.trim_start_matches([' ', '\t']);
    let line = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix('\n'));
    line.map_or(behind, |next| next.trim_start_matches([' ', '\t']))
}

/// What stands behind a comma, an "and" or both.
fn another(text: &str) -> Option<&str> {
    let text = spaces(text);
    let comma = text.strip_prefix([',', '&', '+']).map(spaces);
    let rest = comma.unwrap_or(text);
    let and = rest.get(..3).filter(|it| it.eq_ignore_ascii_case("and")).and(rest.get(3..));
    let and = and.filter(|behind| behind.starts_with([' ', '\t', '\n', '\r'])).map(spaces);
    and.or(comma)
}

/// "BUG-311", and what stands behind it.
fn one(text: &str) -> Option<(BugId, &str)> {
    // In brackets, as links of Markdown have it.
    let text = text.strip_prefix(['[', '(']).unwrap_or(text);
    let rest = text.get(..BUG.len()).filter(|it| it.eq_ignore_ascii_case(BUG)).and(text.get(BUG.len()..))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at(digits);
    let mut after = rest.chars();
    let goes_on = match after.next() {
        // The end of a sentence, or more of a number.
        Some('.' | '-') => after.next().is_some_and(char::is_alphanumeric),
        Some(next) => next.is_alphanumeric() || next == '_',
        None => false,
    };
    let number = number.parse().ok().filter(|number| *number > 0 && digits <= MOST_DIGITS && !goes_on)?;
    Some((BugId(number), rest.strip_prefix([']', ')']).unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<i64> {
        fixes(text).into_iter().map(|bug| bug.0).collect()
    }

    #[test]
    fn bug_5_commit_messages_say_what_they_fix() {
        let table: &[(&str, &[i64])] = &[
            ("Fixes BUG-311", &[311]),
            ("fix: bug-311, BUG-312", &[311, 312]),
            ("Export whole files\n\nFixes: BUG-3 and BUG-4, BUG-5 & BUG-6, and BUG-7.\n", &[3, 4, 5, 6, 7]),
            ("RESOLVES BUG-9; closed bug-8", &[9, 8]),
            ("Closes BUG-2,\n  BUG-3\nResolved:\nBUG-4", &[2, 3, 4]),
            ("Fixes [BUG-2](https://help.example/bugs/2), fixes BUG-2", &[2]),
            ("fix(export): fixes BUG-12.", &[12]),
            // Mentioned, negated by another word, glued or no number at all.
            ("See BUG-311. Prefixes BUG-1, fixes-BUG-2, fixing BUG-3, fixes BUG-x, fixes #4", &[]),
            ("fixes BUG-0, fixes BUG-1234567890123456789, fixes BUG-5a, fixes BUG-6.1, fixesBUG-7", &[]),
            ("fixes the export of BUG-3", &[]),
            ("fixes\n\nBUG-3", &[]),
            ("", &[]),
        ];
        for (text, bugs) in table {
            assert_eq!(read(text), *bugs, "{text:?}");
        }
    }

    #[test]
    fn bug_5_a_text_without_end_names_a_thousand_bugs_at_most() {
        let many: String = (1..5_000).map(|n| format!("Fixes BUG-{n}\n")).collect();
        assert_eq!(read(&many).len(), MOST_FIXES);
        let row = format!("fixes BUG-1{}", (2..5_000).map(|n| format!(", BUG-{n}")).collect::<String>());
        assert_eq!(read(&row).len(), MOST_FIXES);
    }

    proptest! {
        #[test]
        fn bug_5_any_text_is_read_and_names_each_bug_once(text in "(?s)([Ff]ix(es)?:? |BUG-|bug-|[0-9]{1,20}|,|and|\\PC|\n){0,60}") {
            let found = read(&text);
            let mut once = found.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), found.len());
            prop_assert!(found.iter().all(|number| *number > 0 && text.contains(&number.to_string())));
        }

        #[test]
        fn bug_5_what_is_written_is_read(numbers in prop::collection::btree_set(1_i64..1_000_000, 1..20), word in 0_usize..9) {
            let numbers: Vec<i64> = numbers.into_iter().collect();
            let row: Vec<String> = numbers.iter().map(|n| format!("BUG-{n}")).collect();
            prop_assert_eq!(read(&format!("Work\n\n{}: {}\n", WORDS[word], row.join(", "))), numbers);
        }
    }
}
