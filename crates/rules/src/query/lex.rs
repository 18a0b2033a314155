//! A text taken apart: words, phrases, and conditions with what stands on both sides of their colon. Nothing is judged
//! here but quotation marks.

use std::ops::Range;

use super::{Fault, Why};

/// A piece between spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub not: bool,
    pub what: What<'t>,
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What<'t> {
    Word(&'t str),
    Phrase(&'t str),
    /// `name:value`, and `name:"value with spaces",another`.
    Pair {
        name: &'t str,
        value: &'t str,
    },
}

pub(super) fn pieces(text: &str) -> Result<Vec<Piece<'_>>, Fault> {
    let mut pieces = vec![];
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| !letter.is_whitespace()).map(|skip| at + skip) {
        let end = end_of(text, start)?;
        pieces.push(piece(text, start..end));
        at = end;
    }
    Ok(pieces)
}

/// Where a piece ends: at a space outside of quotation marks. A mark inside of a word is an apostrophe's sibling
/// (`12"`), so only one at the beginning, or behind a colon or comma, opens.
fn end_of(text: &str, start: usize) -> Result<usize, Fault> {
    let mut opened: Option<(usize, char)> = None;
    let mut before: Option<char> = None;
    for (skip, letter) in text[start..].char_indices() {
        let at = start + skip;
        match opened {
            Some((_, closes)) if letter == closes => opened = None,
            Some(_) => {}
            None if letter.is_whitespace() => return Ok(at),
            None => {
                let may_open = before.is_none_or(|it| matches!(it, ':' | ',')) || before == Some('-') && skip == 1;
                opened = closing(letter).filter(|_| may_open).map(|closes| (at, closes));
            }
        }
        before = Some(letter);
    }
    match opened {
        Some((at, _)) => Err(Fault { why: Why::OpenQuote, at: at..text.len() }),
        None => Ok(text.len()),
    }
}

/// What ends a phrase that this letter begins.
pub(super) fn closing(letter: char) -> Option<char> {
    match letter {
        '"' => Some('"'),
        '“' => Some('”'),
        '„' => Some('“'),
        '«' => Some('»'),
        _ => None,
    }
}

fn piece(text: &str, at: Range<usize>) -> Piece<'_> {
    let whole = &text[at.clone()];
    let rest = whole.strip_prefix('-').filter(|rest| !rest.is_empty());
    let (not, rest) = (rest.is_some(), rest.unwrap_or(whole));
    let what = match unquoted(rest) {
        Some(phrase) => What::Phrase(phrase),
        None => match rest.split_once(':') {
            Some((name, value)) if is_name(name) => What::Pair { name, value },
            _ => What::Word(rest),
        },
    };
    Piece { not, what, at }
}

/// A name of a field, or of a form's question: `version`, `detail.version`.
fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

/// What stands between quotation marks, where the whole does.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let mut letters = text.chars();
    let closes = closing(letters.next()?)?;
    letters.as_str().strip_suffix(closes).filter(|inner| !inner.contains(closes))
}

/// The alternatives of a value, each with where it begins in it: what commas part outside of quotation marks.
pub(super) fn alternatives(value: &str) -> Vec<&str> {
    let mut all = vec![];
    let (mut start, mut opened) = (0, None);
    for (at, letter) in value.char_indices() {
        match opened {
            Some(closes) if letter == closes => opened = None,
            Some(_) => {}
            None if letter == ',' => {
                all.push(&value[start..at]);
                start = at + 1;
            }
            None => opened = closing(letter).filter(|_| at == start),
        }
    }
    all.push(&value[start..]);
    all.into_iter().map(|it| unquoted(it).unwrap_or(it)).filter(|it| !it.is_empty()).collect()
}
