//! What changed in a release: an entry of its notes, what it refers to ("BUG-311", "#123"), and the anchor by which it is linked.

use serde::{Deserialize, Serialize};

use super::Version;
use crate::ids::BugId;

/// What bugs of the desk are called in notes.
const BUG: &str = "BUG";
/// What looks like an issue of a tracker and is none.
const NO_PROJECTS: [&str; 10] = ["UTF", "SHA", "ISO", "RFC", "AES", "TLS", "MD", "HTTP", "IPV", "CVE"];
/// Letters of a tracker's project.
const PROJECT: std::ops::RangeInclusive<usize> = 2..=10;
const MOST_DIGITS: usize = 18;

/// What kind of change it is, as <https://keepachangelog.com/en/1.1.0/> sorts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Added,
    Changed,
    Deprecated,
    Removed,
    Fixed,
    Security,
}

impl Change {
    pub const ALL: [Self; 6] =
        [Self::Added, Self::Changed, Self::Deprecated, Self::Removed, Self::Fixed, Self::Security];

    /// Its heading.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Deprecated => "Deprecated",
            Self::Removed => "Removed",
            Self::Fixed => "Fixed",
            Self::Security => "Security",
        }
    }

    /// By its heading, whatever its case.
    pub fn read(heading: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.as_str().eq_ignore_ascii_case(heading.trim()))
    }

    /// Whether something that was wrong is right now.
    pub fn is_fix(self) -> bool {
        matches!(self, Self::Fixed | Self::Security)
    }
}

/// An entry of the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub change: Change,
    /// Markdown: a line, and what belongs under it as lines of lists.
    pub text: String,
    /// The anchor that its writer gave it.
    pub anchor: Option<String>,
}

/// What an entry refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reference {
    /// `BUG-311`: a bug of this desk.
    Bug(BugId),
    /// `#123`: a number of the vendor's own tracker, or of a request; which one, the desk knows.
    Number(i64),
    /// `TMS-12`: an issue of a tracker's project.
    Issue { project: String, number: i64 },
}

impl Note {
    pub fn new(change: Change, text: impl Into<String>) -> Self {
        Self { change, text: text.into(), anchor: None }
    }

    /// What it refers to, each once, in the order of the text.
    pub fn references(&self) -> Vec<Reference> {
        references(&self.text)
    }

    /// How it is linked: by its writer's anchor, else by the first thing that it refers to, else by its place.
    pub fn anchor(&self, version: &Version, place: usize) -> String {
        if let Some(anchor) = &self.anchor {
            return anchor.clone();
        }
        let last = match self.references().first() {
            Some(Reference::Bug(id)) => format!("bug-{id}"),
            Some(Reference::Number(number)) => number.to_string(),
            Some(Reference::Issue { project, number }) => format!("{}-{number}", project.to_lowercase()),
            None => format!("{}-{}", self.change.as_str().to_lowercase(), place + 1),
        };
        format!("v{version}-{last}")
    }
}

/// The anchors of all entries, each its own: of two that would be the same the later one is called by its place.
pub fn anchors(version: &Version, notes: &[Note]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for (place, note) in notes.iter().enumerate() {
        let wanted = note.anchor(version, place);
        let others = (1..).map(|n| format!("{wanted}-{}", place + n));
        let free = std::iter::once(wanted.clone()).chain(others).find(|anchor| !taken.contains(anchor));
        taken.push(free.unwrap_or(wanted));
    }
    taken
}

fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '#' | '/' | '&' | '.');
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        let begins = !before.is_some_and(is_inside);
        before = Some(letter);
        let read = if begins { reference(&text[at..]) } else { None };
        found.extend(read.filter(|reference| !found.contains(reference)));
    }
    found
}

fn reference(text: &str) -> Option<Reference> {
    if let Some(rest) = text.strip_prefix('#') {
        return number(rest).map(Reference::Number);
    }
    let end = text.find(|c: char| !c.is_ascii_uppercase() && !c.is_ascii_digit())?;
    let (project, rest) = text.split_at(end);
    let is_project = PROJECT.contains(&project.len()) && project.starts_with(|c: char| c.is_ascii_uppercase());
    let number = number(rest.strip_prefix('-')?)?;
    match project {
        BUG => Some(Reference::Bug(BugId(number))),
        _ if !is_project || NO_PROJECTS.contains(&project) => None,
        _ => Some(Reference::Issue { project: project.to_owned(), number }),
    }
}

/// A number that stands by itself.
fn number(text: &str) -> Option<i64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text[digits..].chars();
    let goes_on = match rest.next() {
        // The end of a sentence, or more of a number.
        Some('.' | '-') => rest.next().is_some_and(char::is_alphanumeric),
        Some(next) => next.is_alphanumeric() || next == '_',
        None => false,
    };
    text[..digits].parse().ok().filter(|number| *number > 0 && digits <= MOST_DIGITS && !goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let one = |reference| match reference {
            Reference::Bug(id) => format!("bug {id}"),
            Reference::Number(number) => format!("number {number}"),
            Reference::Issue { project, number } => format!("{project} {number}"),
        };
        Note::new(Change::Fixed, text).references().into_iter().map(one).collect()
    }

    #[test]
    fn bug_4_an_entry_names_what_it_fixes() {
        assert_eq!(said("Exports end. BUG-311, (#123) and TMS-12."), ["bug 311", "number 123", "TMS 12"]);
        assert_eq!(said("[BUG-311](https://x.example/BUG-311) BUG-311"), ["bug 311"]);
        for none in ["UTF-8, SHA-256, CVE-2026-1234", "a#1, BUG-x, BUG-0, bug-3, X-1", "5.12-3 BUG-3.1 #5_ ##6 ABUG-a"]
        {
            assert_eq!(said(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn bug_4_every_entry_has_an_anchor_of_its_own() {
        let version = Version::read("5.12.1").expect("a version");
        let given = Note { anchor: Some("exports".to_owned()), ..Note::new(Change::Fixed, "One") };
        let notes = [
            given.clone(),
            given,
            Note::new(Change::Fixed, "Two (BUG-7)"),
            Note::new(Change::Fixed, "Three (BUG-7)"),
            Note::new(Change::Security, "Four"),
        ];
        let expected = ["exports", "exports-2", "v5.12.1-bug-7", "v5.12.1-bug-7-4", "v5.12.1-security-5"];
        assert_eq!(anchors(&version, &notes), expected);
    }

    #[test]
    fn bug_1_kinds_of_changes_are_known_by_their_headings() {
        for change in Change::ALL {
            assert_eq!(Change::read(&change.as_str().to_uppercase()), Some(change));
        }
        assert_eq!(Change::read("Bug fixes"), None);
        assert_eq!(Change::ALL.into_iter().filter(|change| change.is_fix()).count(), 2);
    }
}
