//! The shapes of secrets, read from their file, and where one stands in a line. A line is looked at closely only if it holds
//! a word that its shape needs, so that a log without secrets costs one pass.

use std::{ops::Range, sync::LazyLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::{Captures, Regex};
use serde::Deserialize;

use super::{Secret, value};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pattern: Vec<Written>,
}

/// A pattern as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    secret: Secret,
    keys: Vec<String>,
    shape: String,
    value: Option<value::Judged>,
    example: String,
}

#[derive(Debug)]
struct Shape {
    secret: Secret,
    expression: Regex,
    /// The groups that may hold the secret, the first that matched counts; all of the match where there are none.
    groups: Vec<usize>,
    value: Option<value::Judged>,
}

/// All shapes, and the words that lead to them.
#[derive(Debug)]
pub(super) struct Shapes {
    shapes: Vec<Shape>,
    words: AhoCorasick,
    /// To which shapes each word leads, as bits.
    leads: Vec<u64>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(Shapes::read);
const FILE: &str = include_str!("patterns.toml");

/// Where a secret stands, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub at: Range<usize>,
    pub secret: Secret,
}

impl Shapes {
    pub(super) fn get() -> &'static Self {
        &SHAPES
    }

    fn read() -> Self {
        let file: File = toml::from_str(FILE).expect("the patterns are TOML");
        assert!(file.pattern.len() <= 64, "one bit each");
        let (mut words, mut leads): (Vec<String>, Vec<u64>) = Default::default();
        for (at, pattern) in file.pattern.iter().enumerate() {
            for key in &pattern.keys {
                let key = key.to_ascii_lowercase();
                match words.iter().position(|word| *word == key) {
                    Some(known) => leads[known] |= 1 << at,
                    None => {
                        words.push(key);
                        leads.push(1 << at);
                    }
                }
            }
        }
        let words = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&words)
            .expect("the words are few");
        Self { shapes: file.pattern.into_iter().map(shape).collect(), words, leads }
    }

    /// The words of a text that lead to shapes: where each ends, and to which shapes it leads.
    pub(super) fn hints<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, u64)> + 'a {
        self.words.find_overlapping_iter(text).map(|hit| (hit.start(), self.leads[hit.pattern().as_usize()]))
    }

    /// The secrets of a line, in its order and apart from each other; `leads` says which shapes are looked for.
    pub(super) fn find(&self, line: &str, leads: u64, found: &mut Vec<Found>) {
        found.clear();
        for (at, shape) in self.shapes.iter().enumerate().filter(|(at, _)| leads & (1 << at) != 0) {
            debug_assert!(at < 64);
            let mut from = 0;
            while let Some(captures) = shape.expression.captures_at(line, from) {
                let whole = captures.get(0).expect("a match is its own first group").range();
                let range = whole_value(line, shape.secret_in(&captures).unwrap_or(whole.clone()));
                // Whatever follows a value that is none may be one: `token: password=x`.
                from = if range.is_empty() { whole.end.max(from + 1) } else { range.end };
                let judged = shape.value.is_none_or(|judged| judged.is_secret(line, &range));
                let is_free = found.iter().all(|other| range.end <= other.at.start || other.at.end <= range.start);
                if judged && is_free && !range.is_empty() && !is_mask(line, &range) {
                    found.push(Found { at: range, secret: shape.secret });
                } else if !judged {
                    from = whole.start + 1;
                    while !line.is_char_boundary(from) {
                        from += 1;
                    }
                }
                if from > line.len() {
                    break;
                }
            }
        }
        found.sort_by_key(|found| found.at.start);
    }
}

impl Shape {
    fn secret_in(&self, captures: &Captures<'_>) -> Option<Range<usize>> {
        self.groups.iter().find_map(|group| captures.get(*group)).map(|part| part.range())
    }
}

/// A mask of ours is no secret, so that masking twice changes nothing.
fn is_mask(line: &str, range: &Range<usize>) -> bool {
    let text = &line[range.start..];
    Secret::ALL.iter().any(|secret| text.starts_with(&format!("[{} ", secret.word())))
}

/// Where shapes stop that have a limit, so that a quotation mark which is never closed does not take all of a line.
const LONG: usize = 200;

/// Goes on to where a value may end, where a shape stopped in the middle of one for its length.
fn whole_value(line: &str, range: Range<usize>) -> Range<usize> {
    if range.len() < LONG {
        return range;
    }
    let rest = &line[range.end..];
    range.start..range.end + rest.find(ends_value).unwrap_or(rest.len())
}

/// Whether no value of many letters has such a one in it.
pub(super) fn ends_value(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '&' | ';' | ',')
}

fn shape(pattern: Written) -> Shape {
    let expression = Regex::new(&pattern.shape).unwrap_or_else(|fault| panic!("{}: {fault}", pattern.name));
    let groups = expression.capture_names().enumerate().filter(|(_, name)| name.is_some()).map(|(at, _)| at).collect();
    debug_assert!(!pattern.example.is_empty());
    Shape { secret: pattern.secret, expression, groups, value: pattern.value }
}

#[cfg(test)]
pub(super) fn examples() -> Vec<(String, String)> {
    let file: File = toml::from_str(FILE).unwrap();
    file.pattern.into_iter().map(|pattern| (pattern.name, pattern.example)).collect()
}
