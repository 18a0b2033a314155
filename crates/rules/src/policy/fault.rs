//! What is wrong with a policy file, and where. Its reader is whoever writes the file, so, as with a compiler,
//! the message and the fix are made where the fault is found; nothing in here is shown to customers.

use std::{fmt, ops::Range};

use serde::Serialize;

/// A fault of a policy file (or, among `Checked::warnings`, something that is allowed but probably not meant).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// How many characters of the line it concerns; at least 1.
    pub width: usize,
    /// The line as it stands in the file.
    pub source_line: String,
    /// What is wrong, and why that matters.
    pub message: String,
    /// What to do.
    pub fix: String,
}

impl Fault {
    /// At a range of bytes of the source.
    pub fn at(source: &str, span: Range<usize>, message: impl Into<String>, fix: impl Into<String>) -> Self {
        let start = floor(source, span.start);
        let end = floor(source, span.end.max(span.start));
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        let source_line = source[line_start..line_end].trim_end_matches('\r');
        let marked = &source[start..end.min(line_end).max(start)];
        Fault {
            line: source[..start].matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            width: marked.trim_end().chars().count().max(1),
            source_line: source_line.to_owned(),
            message: message.into(),
            fix: fix.into(),
        }
    }

    /// As a compiler prints it, with the name of the file.
    pub fn render(&self, severity: Severity, file: &str) -> String {
        let Fault { line, column, width, source_line, message, fix } = self;
        let gutter = " ".repeat(line.to_string().len());
        let marks = format!("{}{}", " ".repeat(column - 1), "^".repeat(*width));
        let shown = source_line.replace('\t', " ");
        format!(
            "{severity}: {message}\n{gutter}--> {file}:{line}:{column}\n{gutter} |\n{line} | {shown}\n\
             {gutter} | {marks}\n{gutter} = fix: {fix}\n"
        )
    }
}

/// The nearest start of a character at or before `at`.
fn floor(source: &str, at: usize) -> usize {
    source.floor_char_boundary(at.min(source.len()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// The known name that was probably meant: the nearest within a third of its letters.
pub(crate) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distances = known.into_iter().map(|name| (distance(written, name), name));
    let (edits, name) = distances.min_by_key(|(edits, _)| *edits)?;
    (edits <= name.len().max(written.len()) / 3).then_some(name)
}

/// What to do about an unknown name: the one that was probably meant, else all that there are.
pub(super) fn suggestion<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match (nearest(written, known.iter().copied()), known.is_empty()) {
        (Some(name), _) => format!("did you mean `{name}`?"),
        (None, true) => "there is none yet; add it, or leave this out".to_owned(),
        (None, false) => format!("use one of {}", listed(&known)),
    }
}

pub(super) fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// How many edits lie between two words, over at most 64 characters of each. Two neighbours exchanged are one edit,
/// since that is how fingers slip.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut edits = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                edits = edits.min(rows[i - 2][j - 2] + 1);
            }
            row.push(edits);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pol_1_two_words_are_as_far_apart_as_fingers_slip() {
        for (one, other, edits) in [
            ("", "", 0),
            ("", "bug", 3),
            ("bug", "bug", 0),
            ("bgu", "bug", 1),
            ("ubg", "bug", 1),
            ("bag", "bug", 1),
            ("bu", "bug", 1),
            ("gub", "bug", 2),
            ("suport", "support", 1),
            ("relpies", "replies", 1),
            ("relpeis", "replies", 2),
            ("fünf", "fuenf", 2),
        ] {
            assert_eq!(distance(one, other), edits, "{one} {other}");
            assert_eq!(distance(other, one), edits, "{other} {one}");
        }
        assert_eq!(distance(&"a".repeat(64), &"a".repeat(70)), 0, "only the first 64 characters count");
    }

    #[test]
    fn pol_1_a_name_is_proposed_within_a_third_of_its_letters() {
        let known = ["question", "bug", "security"];
        for (written, meant) in [
            ("qestion", Some("question")),
            ("qstn", None),
            ("bgu", Some("bug")),
            ("mug", Some("bug")),
            ("mud", None),
            ("securty", Some("security")),
        ] {
            assert_eq!(nearest(written, known), meant, "{written}");
        }
        assert_eq!(nearest("bug", []), None);
    }
}
