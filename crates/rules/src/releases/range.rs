//! Which versions are meant: those that a bug affects, those of another product that a release runs on. Written as people say
//! it ("5.10 to 5.12.1", "before 5.12.2", ">= 14 < 17", "5.12.x"), several with commas.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{NoVersion, Version};

/// Spans of a range, at most.
const MOST: usize = 40;

/// A set of versions, as spans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Range {
    spans: Vec<Span>,
}

/// From a version, itself included, to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: Option<Version>,
    pub end: End,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Open,
    Before(Version),
    Through(Version),
}

/// A text that is no range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRange {
    Empty,
    TooMany {
        most: usize,
    },
    NoVersion(NoVersion),
    /// It ends before it begins, so nothing is in it.
    Backwards {
        from: Version,
        end: Version,
    },
}

impl NoRange {
    /// What to write instead.
    pub fn like(&self) -> String {
        match self {
            Self::Empty | Self::TooMany { .. } => "5.10 to 5.12.1".to_owned(),
            Self::NoVersion(refused) => refused.like.clone(),
            Self::Backwards { from, end } => format!("{end} to {from}"),
        }
    }
}

impl Range {
    /// A version by which it is told.
    pub fn named(&self) -> Option<&Version> {
        self.spans.iter().find_map(|span| match (&span.from, &span.end) {
            (Some(version), _) | (None, End::Before(version) | End::Through(version)) => Some(version),
            (None, End::Open) => None,
        })
    }

    /// From a version on.
    pub fn from(version: Version) -> Self {
        Self { spans: vec![Span { from: Some(version), end: End::Open }] }
    }

    /// Of spans that are not empty.
    ///
    /// # Errors
    /// No span, or one in which nothing can be.
    pub fn of(spans: Vec<Span>) -> Result<Self, NoRange> {
        match spans.iter().find_map(Span::backwards) {
            Some(refused) => Err(refused),
            None if spans.is_empty() => Err(NoRange::Empty),
            None if spans.len() > MOST => Err(NoRange::TooMany { most: MOST }),
            None => Ok(Self { spans }),
        }
    }

    /// Reads what somebody wrote.
    ///
    /// # Errors
    /// Why it is no range, with what would be one.
    pub fn read(written: &str) -> Result<Self, NoRange> {
        let items = written.split([',', ';']).map(str::trim).filter(|item| !item.is_empty()).take(MOST + 1);
        Self::of(items.map(span).collect::<Result<_, _>>()?)
    }

    pub fn contains(&self, version: &Version) -> bool {
        self.spans.iter().any(|span| span.contains(version))
    }

    pub fn spans(&self) -> &[Span] {
        &self.spans
    }
}

impl Span {
    fn only(version: Version) -> Self {
        Self { from: Some(version.clone()), end: End::Through(version) }
    }

    fn contains(&self, version: &Version) -> bool {
        self.from.as_ref().is_none_or(|from| from <= version)
            && match &self.end {
                End::Open => true,
                End::Before(end) => version < end,
                End::Through(end) => version <= end,
            }
    }

    fn backwards(&self) -> Option<NoRange> {
        let from = self.from.as_ref()?;
        let (end, is_empty) = match &self.end {
            End::Open => return None,
            End::Before(end) => (end, end <= from),
            End::Through(end) => (end, end < from),
        };
        is_empty.then(|| NoRange::Backwards { from: from.clone(), end: end.clone() })
    }
}

fn version(written: &str) -> Result<Version, NoRange> {
    Version::parse(written).map_err(NoRange::NoVersion)
}

fn span(item: &str) -> Result<Span, NoRange> {
    if matches!(item.to_lowercase().as_str(), "all" | "any" | "*" | "every version") {
        return Ok(Span { from: None, end: End::Open });
    }
    if let Some(line) = item.strip_suffix(".x").or_else(|| item.strip_suffix(".X")).or_else(|| item.strip_suffix(".*"))
    {
        let from = version(line)?.base();
        let end = from.next_after_numbers().map_or(End::Open, End::Before);
        return Ok(Span { from: Some(from), end });
    }
    if let Some(read) = compared(item) {
        return read;
    }
    for between in [" to ", " through ", " until ", " – ", " - ", "..", "–"] {
        if let Some((from, end)) = item.split_once(between) {
            return Ok(Span { from: Some(version(from)?), end: End::Through(version(end)?) });
        }
    }
    version(item).map(Span::only)
}

/// What stands before a version, and which side of it is meant.
#[derive(Clone, Copy)]
enum Side {
    From,
    Before,
    Through,
}

const SIDES: [(&str, Side); 11] = [
    (">=", Side::From),
    ("from ", Side::From),
    ("since ", Side::From),
    ("<=", Side::Through),
    ("through ", Side::Through),
    ("until ", Side::Through),
    ("up to ", Side::Through),
    ("to ", Side::Through),
    ("before ", Side::Before),
    ("older than ", Side::Before),
    ("<", Side::Before),
];

/// `>= 5.10 < 5.12`, `from 5.10 before 5.12`, `before 5.12`; `None` where none of these words begins it.
fn compared(item: &str) -> Option<Result<Span, NoRange>> {
    let mut span = Span { from: None, end: End::Open };
    let mut rest = item;
    let mut read = false;
    while let Some((side, after)) = side(rest) {
        let next = (1..after.len()).find(|at| after.is_char_boundary(*at) && begins_side(&after[..*at], &after[*at..]));
        let (written, left) = after.split_at(next.unwrap_or(after.len()));
        let version = match version(written) {
            Ok(version) => version,
            Err(refused) => return Some(Err(refused)),
        };
        match side {
            Side::From => span.from = Some(version),
            Side::Before => span.end = End::Before(version),
            Side::Through => span.end = End::Through(version),
        }
        (rest, read) = (left.trim_start(), true);
    }
    read.then_some(Ok(span))
}

fn side(text: &str) -> Option<(Side, &str)> {
    SIDES.iter().find_map(|(word, side)| {
        let head = text.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        Some((*side, &text[head.len()..]))
    })
}

fn begins_side(before: &str, rest: &str) -> bool {
    let is_apart = before.ends_with(char::is_whitespace) || rest.starts_with(['<', '>']);
    is_apart && !before.trim().is_empty() && side(rest).is_some()
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.from, &self.end) {
            (None, End::Open) => f.write_str("all"),
            (None, End::Before(end)) => write!(f, "before {end}"),
            (None, End::Through(end)) => write!(f, "through {end}"),
            (Some(from), End::Open) => write!(f, "from {from}"),
            (Some(from), End::Before(end)) => write!(f, "from {from} before {end}"),
            (Some(from), End::Through(end)) if from == end => write!(f, "{from}"),
            (Some(from), End::Through(end)) => write!(f, "from {from} through {end}"),
        }
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, span) in self.spans.iter().enumerate() {
            write!(f, "{}{span}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Display for NoRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no range of versions; write it like {}", self.like())
    }
}

impl std::error::Error for NoRange {}

impl From<Range> for String {
    fn from(range: Range) -> Self {
        range.to_string()
    }
}

impl TryFrom<String> for Range {
    type Error = NoRange;

    fn try_from(written: String) -> Result<Self, NoRange> {
        Self::read(&written)
    }
}

#[cfg(test)]
#[path = "range_test.rs"]
mod tests;
