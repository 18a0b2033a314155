//! A version of the product as people write it: semantic versions with hotfixes, short ones, dates. Which of two is the
//! newer one is decided here; which one is the latest, and what was fixed since, is not.

use std::{cmp::Ordering, fmt};

use semver::{BuildMetadata, Prerelease};
use serde::{Deserialize, Serialize};

use super::NoVersion;

/// Characters of a version, at most.
pub(super) const LONGEST: usize = 80;
/// Numbers in a row, at most: `5.12.1.2`.
pub(super) const NUMBERS: usize = 4;
/// Numbers that a line of releases has in common: `5.12` of 5.12.1 and 5.12.2.
const LINE: usize = 2;
/// What stands before the number and says nothing more.
const PREFIXES: [&str; 7] = ["version", "release", "ver.", "ver", "rel.", "v.", "v"];
/// What a correction of a release is called; it is newer than the release.
const HOTFIX: [&str; 7] = ["hotfix", "hot-fix", "patch", "fix", "hf", "sp", "p"];
/// What comes before a release is called; it is older than the release.
const BEFORE: [&str; 13] =
    ["milestone", "snapshot", "preview", "nightly", "canary", "alpha", "beta", "next", "pre", "dev", "rc", "ea", "m"];
/// What people write who do not know it, or who name what changes with time.
const UNKNOWN: [&str; 20] = [
    "unknown",
    "not known",
    "unbekannt",
    "don't know",
    "don’t know",
    "dont know",
    "do not know",
    "i don't know",
    "no idea",
    "not sure",
    "n/a",
    "na",
    "none",
    "?",
    "-",
    "latest",
    "newest",
    "current",
    "cloud",
    "saas",
];

/// What was said of the installed version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installed {
    Known(Version),
    /// Its writer does not know it, or says only that it is the latest.
    Unknown,
}

/// A version. Two are equal when they name the same release: `5.12`, `v5.12.0` and `5.12.0+linux` do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Version {
    /// One to four, the first one the most significant.
    numbers: Vec<u64>,
    stage: Stage,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Before(Prerelease),
    Released,
    Hotfix(u64),
}

impl Installed {
    /// `None` for what is neither a version nor says that it is not known. The product's name may stand before it.
    pub fn read(written: &str, product: &str) -> Option<Self> {
        let said = written.trim();
        let bare = said.trim_end_matches(['.', '!']).to_lowercase();
        if UNKNOWN.contains(&bare.as_str()) {
            return Some(Self::Unknown);
        }
        Version::read(without(said, product)).map(Self::Known)
    }
}

impl Version {
    /// `None` for what is no version.
    pub fn read(written: &str) -> Option<Self> {
        let said = written.trim();
        if said.len() > LONGEST {
            return None;
        }
        let said = PREFIXES.iter().find_map(|prefix| after(said, prefix)).unwrap_or(said).trim_start();
        let (named, build) = said.split_once('+').map_or((said, None), |(named, build)| (named, Some(build)));
        if build.is_some_and(|build| build.is_empty() || BuildMetadata::new(build).is_err()) {
            return None;
        }
        let end = named.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(named.len());
        let (digits, rest) = named.split_at(end);
        let (numbers, rest) = dated(numbers(digits.strip_suffix('.').unwrap_or(digits))?, rest);
        Some(Self { numbers, stage: stage(rest)? })
    }

    /// As [`Version::read`].
    ///
    /// # Errors
    /// Why it is none, and what would be one.
    pub fn parse(written: &str) -> Result<Self, NoVersion> {
        Self::read(written).ok_or_else(|| NoVersion::of(written))
    }

    /// Before its release: a candidate, a preview.
    pub fn is_early(&self) -> bool {
        matches!(self.stage, Stage::Before(_))
    }

    /// A correction of a release that keeps its number.
    pub fn is_hotfix(&self) -> bool {
        matches!(self.stage, Stage::Hotfix(_))
    }

    /// The release that a hotfix corrects, or that comes after an early one; itself otherwise.
    pub fn base(&self) -> Self {
        Self { numbers: self.numbers.clone(), stage: Stage::Released }
    }

    /// The hotfix after it: the first one of a release, the next one of a hotfix.
    pub fn next_hotfix(&self) -> Self {
        let number = if let Stage::Hotfix(number) = self.stage { number.saturating_add(1) } else { 1 };
        Self { numbers: self.numbers.clone(), stage: Stage::Hotfix(number) }
    }

    /// Whether both belong to one line of releases: 5.12.1 and 5.12.4 do, 5.13 does not.
    pub fn is_of_line(&self, other: &Self) -> bool {
        let number = |version: &Self, at: usize| version.numbers.get(at).copied().unwrap_or(0);
        (0..LINE).all(|at| number(self, at) == number(other, at))
    }

    /// The first version of the next line: 5.13 of `5.12.x`; `None` past the largest number.
    pub(super) fn next_after_numbers(&self) -> Option<Self> {
        let mut numbers = self.numbers.clone();
        let last = numbers.last_mut()?;
        *last = last.checked_add(1)?;
        Some(Self { numbers, stage: Stage::Released })
    }

    /// How many numbers it has: 2 for `5.12`.
    pub fn numbers(&self) -> usize {
        self.numbers.len()
    }

    /// One text for all that name the same release: `5.12` for 5.12 and for 5.12.0.
    pub fn key(&self) -> String {
        let numbers = self.significant().to_vec();
        Self { numbers: if numbers.is_empty() { vec![0] } else { numbers }, stage: self.stage.clone() }.to_string()
    }

    /// Without the zeros at its end, which name nothing.
    fn significant(&self) -> &[u64] {
        let last = self.numbers.iter().rposition(|number| *number != 0).map_or(0, |at| at + 1);
        &self.numbers[..last]
    }
}

fn numbers(digits: &str) -> Option<Vec<u64>> {
    let read: Option<Vec<u64>> = digits.split('.').map(|number| number.parse().ok()).collect();
    read.filter(|numbers| numbers.len() <= NUMBERS)
}

/// `2026-11` and `2026-11-26` are written with the hyphens of a date.
fn dated(mut numbers: Vec<u64>, rest: &str) -> (Vec<u64>, &str) {
    if numbers.len() != 1 || !(1990..2200).contains(&numbers[0]) {
        return (numbers, rest);
    }
    let mut left = rest;
    for longest in [12, 31] {
        let Some(next) = left.strip_prefix('-') else { break };
        let end = next.find(|c: char| !c.is_ascii_digit()).unwrap_or(next.len());
        let Some(number) = next[..end].parse::<u64>().ok().filter(|number| (1..=longest).contains(number)) else {
            break;
        };
        numbers.push(number);
        left = &next[end..];
    }
    (numbers, left)
}

/// What stands after the numbers.
fn stage(rest: &str) -> Option<Stage> {
    let is_apart = rest.starts_with(char::is_whitespace);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "-_.~(".contains(c)).trim_end_matches(')');
    if rest.is_empty() {
        return Some(Stage::Released);
    }
    if let Some(number) = HOTFIX.iter().find_map(|word| counted(after(rest, word)?)) {
        return Some(Stage::Hotfix(number));
    }
    let before = BEFORE.iter().find_map(|word| Some((word, after(rest, word)?)));
    if let Some(stage) = before.and_then(|(word, rest)| early(word, rest)) {
        return Some(stage);
    }
    // `5.12.1-jdk17` is how one build of the release is called; a word apart from it is something else.
    let is_one_word = rest.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    (!is_apart && is_one_word).then_some(Stage::Released)
}

/// The number after a word: `.2`, ` 2`, `2`; 1 where there is none.
fn counted(rest: &str) -> Option<u64> {
    let number = rest.trim_start_matches([' ', '.', '-', '_', '#']);
    if rest.is_empty() { Some(1) } else { number.parse().ok() }
}

/// `rc1`, `rc.1` and `rc-1` are the same.
fn early(word: &str, rest: &str) -> Option<Stage> {
    let parts = rest.split(['.', '-', '_', ' ']).filter(|part| !part.is_empty());
    let parts = parts.map(|part| part.parse::<u64>().map_or_else(|_| part.to_lowercase(), |number| number.to_string()));
    let written = std::iter::once(word.to_lowercase()).chain(parts).collect::<Vec<_>>().join(".");
    Prerelease::new(&written).ok().map(Stage::Before)
}

/// What follows a word, whatever its case; the word does not end inside another one.
fn after<'a>(said: &'a str, word: &str) -> Option<&'a str> {
    let head = said.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = &said[head.len()..];
    (!rest.starts_with(|c: char| c.is_alphabetic())).then_some(rest)
}

/// Without the product's name before it.
fn without<'a>(said: &'a str, product: &str) -> &'a str {
    after(said, product).filter(|_| !product.is_empty()).map_or(said, str::trim_start)
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Version {}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.significant().cmp(other.significant()).then_with(|| self.stage.cmp(&other.stage))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join("."))?;
        match &self.stage {
            Stage::Before(before) => write!(f, "-{before}"),
            Stage::Released => Ok(()),
            Stage::Hotfix(number) => write!(f, "-hotfix.{number}"),
        }
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl TryFrom<String> for Version {
    type Error = NoVersion;

    fn try_from(written: String) -> Result<Self, NoVersion> {
        Self::parse(&written)
    }
}

#[cfg(test)]
#[path = "version_test.rs"]
mod tests;
