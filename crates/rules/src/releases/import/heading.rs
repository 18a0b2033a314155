//! The heading of a release in a changelog: `[5.12.1] - 2026-11-26 [YANKED]`, `v5.12.1 (2026-11-26)`, `Unreleased`.

use jiff::civil::Date;

use super::{Why, field};
use crate::releases::Version;

const YANKED: &str = "[YANKED]";

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Unreleased,
    Release { version: Version, released_on: Date, yanked: bool },
}

pub(super) fn read(text: &str) -> Result<Heading, Why> {
    let said = text.trim();
    let (said, yanked) = match ends(said, YANKED) {
        Some(before) => (before.trim_end(), true),
        None => (said, false),
    };
    if bare(said).eq_ignore_ascii_case("unreleased") {
        return Ok(Heading::Unreleased);
    }
    // The version alone: its date is missing, unless it is one.
    if let Ok(version) = Version::parse(bare(said)) {
        return Err(Why::DateMissing { version });
    }
    let Some((before, last)) = said.rsplit_once(char::is_whitespace) else { return Err(field::no_version(said)) };
    let before = before.trim_end().trim_end_matches(['-', '–', '—', ':', ',']).trim_end();
    let version = field::version(bare(before)).map_err(|_| field::no_version(before))?;
    let released_on = field::date(last.trim_start_matches('(').trim_end_matches(')'))?;
    Ok(Heading::Release { version, released_on, yanked })
}

fn ends<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(word.len())?;
    text.get(at..).filter(|end| end.eq_ignore_ascii_case(word)).map(|_| &text[..at])
}

/// Without the brackets around it.
fn bare(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn bug_1_headings_of_releases_are_read_as_changelogs_write_them() {
        for (text, version, yanked) in [
            ("[5.12.1] - 2026-11-26", "5.12.1", false),
            ("5.12.1 – 2026-11-26", "5.12.1", false),
            ("v5.12.1 (2026-11-26)", "5.12.1", false),
            ("[5.12.1-hotfix.2] - 2026-11-26 [YANKED]", "5.12.1-hotfix.2", true),
            ("5.12.1 hotfix 2: 2026-11-26 [yanked]", "5.12.1-hotfix.2", true),
            ("[2026-11] - 2026-11-26", "2026.11", false),
        ] {
            let version = Version::read(version).expect("a version");
            let expected = Heading::Release { version, released_on: date(2026, 11, 26), yanked };
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        assert_eq!(read("[Unreleased]"), Ok(Heading::Unreleased));
        for (text, like) in [
            ("5.12.1", "## [5.12.1] - 2026-11-26"),
            ("[5.12.1]", "## [5.12.1] - 2026-11-26"),
            ("5.12.1 - 26.11.2026", "2026-11-26"),
            ("5.12.1 - 2026-02-30", "2026-11-26"),
            ("5,12 - 2026-11-26", "5.12"),
            ("Contributors", "5.12.1"),
            ("The autumn release", "5.12.1"),
        ] {
            assert_eq!(read(text).map_err(|why| why.like()), Err(like.to_owned()), "{text}");
        }
    }
}
