//! The mark that stands where something was: `‹redacted by support, 2026-11-26›`. It reads everywhere as it is, has no
//! meaning in Markdown, and is known again, so that pages show it calmly and nothing is looked for in it.

use std::ops::Range;

use jiff::civil::Date;

use super::Redactor;

/// Who redacted, and on which day by the desk's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub by: Redactor,
    pub on: Date,
}

const OPEN: &str = "‹redacted by ";
const CLOSE: char = '›';
/// Characters of a day as a mark has it.
const DAY: usize = "2026-11-26".len();

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{OPEN}{}, {}{CLOSE}", who(self.by), self.on)
    }
}

fn who(by: Redactor) -> &'static str {
    match by {
        Redactor::Customer => "the customer",
        Redactor::Support => "support",
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Mark(Mark),
}

/// A text in its parts, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut out, mut from) = (Vec::new(), 0);
    for (range, mark) in marks(text) {
        if from < range.start {
            out.push(Piece::Words(&text[from..range.start]));
        }
        out.push(Piece::Mark(mark));
        from = range.end;
    }
    if from < text.len() {
        out.push(Piece::Words(&text[from..]));
    }
    out
}

/// Where marks stand in a text.
pub(super) fn marks(text: &str) -> Vec<(Range<usize>, Mark)> {
    let begins = text.match_indices(OPEN).map(|(at, _)| at);
    begins.filter_map(|at| read(&text[at..]).map(|(length, mark)| (at..at + length, mark))).collect()
}

/// The mark that a text begins with, and its length.
fn read(text: &str) -> Option<(usize, Mark)> {
    let rest = text.strip_prefix(OPEN)?;
    [Redactor::Customer, Redactor::Support].into_iter().find_map(|by| {
        let day = rest.strip_prefix(who(by))?.strip_prefix(", ")?;
        let on = day.get(..DAY)?.parse().ok()?;
        day[DAY..].starts_with(CLOSE).then_some(())?;
        let mark = Mark { by, on };
        Some((mark.to_string().len(), mark))
    })
}
