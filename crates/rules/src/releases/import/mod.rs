//! Releases out of a file: a changelog in Markdown (<https://keepachangelog.com/en/1.1.0/>), or a list as JSON or CSV. A file is
//! taken whole or not at all; what is wrong is said of every line at once, with what to write instead. What a file would change
//! is told before it is taken.

mod changelog;
mod difference;
mod entry;
mod fault;
mod field;
mod heading;
mod json;
mod render;
mod section;
mod table;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

pub use changelog::changelog;
pub use difference::{Changed, Difference, Part, difference};
pub use fault::{Block, ImportFault, Kind, Why};
pub use json::json;
pub use render::{as_changelog, as_json, as_notes, as_table};
pub use section::{Section, section};
pub use table::table;

use super::{Edition, Note, Release, Requirement, Version};

/// Releases that a file may have.
pub const MOST_RELEASES: usize = 5_000;
/// Entries that a release may have.
pub const MOST_NOTES: usize = 2_000;

/// Reads a file of any of the kinds, which shows by how it begins.
///
/// # Errors
/// All that is wrong, by line.
pub fn read(text: &str) -> Result<Read, Vec<ImportFault>> {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    let is_list = begins.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']']));
    if begins.starts_with('{') || is_list {
        return json(text);
    }
    let first = begins.lines().next().unwrap_or_default();
    let mut cells = first.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"'));
    let is_table = first.contains([',', ';', '\t']) && cells.any(|cell| cell.eq_ignore_ascii_case("version"));
    if is_table { table(text) } else { changelog(text) }
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// In the order of the file.
    pub releases: Vec<Drafted>,
    /// What a changelog has under "Unreleased": it is not taken.
    pub unreleased: Vec<Note>,
}

impl Read {
    /// Adds an entry to the last release.
    fn push(&mut self, note: Note) {
        if let Some(notes) = self.releases.last_mut().and_then(|release| release.said.notes.as_mut()) {
            notes.push(note);
        }
    }
}

/// A release as a file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// Where it begins.
    pub line: usize,
    pub version: Version,
    pub released_on: Date,
    pub said: Said,
}

/// What a file says of a release. What it says nothing of is `None`, and stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub editions: Option<BTreeSet<Edition>>,
    pub supported_until: Option<Option<Date>>,
    pub summary: Option<String>,
    pub link: Option<Option<String>>,
    pub notes: Option<Vec<Note>>,
    pub runs_on: Option<Vec<Requirement>>,
    /// Marked as withdrawn.
    pub yanked: Option<bool>,
}

impl Drafted {
    /// All that can be said of a release.
    pub fn of(release: &Release) -> Self {
        let said = Said {
            editions: Some(release.editions.clone()),
            supported_until: Some(release.supported_until),
            summary: Some(release.summary.clone()),
            link: Some(release.link.clone()),
            notes: Some(release.notes.clone()),
            runs_on: Some(release.runs_on.clone()),
            yanked: Some(!release.is_live()),
        };
        Self { line: 1, version: release.version.clone(), released_on: release.released_on, said }
    }

    /// What a known release, or a new one, says by this file. Withdrawing it is an act of its own, since it needs a reason.
    pub fn over(&self, known: Option<&Release>) -> Release {
        let known = known.cloned().unwrap_or_else(|| Release::new(self.version.clone(), self.released_on));
        let Said { editions, supported_until, summary, link, notes, runs_on, yanked: _ } = self.said.clone();
        Release {
            version: known.version,
            released_on: self.released_on,
            editions: editions.unwrap_or(known.editions),
            supported_until: supported_until.unwrap_or(known.supported_until),
            summary: summary.unwrap_or(known.summary),
            link: link.unwrap_or(known.link),
            notes: notes.unwrap_or(known.notes),
            runs_on: runs_on.unwrap_or(known.runs_on),
            withdrawn: known.withdrawn,
        }
    }
}

/// What a reader has found so far.
#[derive(Debug, Default)]
struct Found {
    read: Read,
    faults: Vec<ImportFault>,
    lines: BTreeMap<Version, usize>,
}

impl Found {
    fn fault(&mut self, line: usize, why: Why) {
        self.faults.push(ImportFault { line, why });
    }

    /// Notes that a version stands on a line, and whether it is the first one.
    fn is_first(&mut self, version: &Version, line: usize) -> bool {
        let Some(first) = self.lines.get(version).copied() else {
            self.lines.insert(version.clone(), line);
            return true;
        };
        self.fault(line, Why::VersionTwice { version: version.clone(), first });
        false
    }

    fn whole(mut self) -> Result<Read, Vec<ImportFault>> {
        if self.faults.is_empty() && self.read.releases.is_empty() {
            self.fault(1, Why::NoReleases);
        }
        if self.read.releases.len() > MOST_RELEASES {
            self.fault(1, Why::TooMany { most: MOST_RELEASES });
        }
        for release in &self.read.releases {
            if release.said.notes.as_ref().is_some_and(|notes| notes.len() > MOST_NOTES) {
                self.faults.push(ImportFault { line: release.line, why: Why::TooMany { most: MOST_NOTES } });
            }
        }
        self.faults.sort_by_key(|fault| fault.line);
        if self.faults.is_empty() { Ok(self.read) } else { Err(self.faults) }
    }
}
