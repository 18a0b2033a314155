//! Which part of a text a passage means. What people paste comes from pages, mails and terminals, so a passage is compared
//! by its characters alone: white space is one space however long, a quotation's marks at the beginning of lines are none,
//! and neither is what Markdown sets words with. Case counts. Nothing is found within a mark.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Mark, mark::marks};
use crate::people::SecretKey;

/// Bytes of a passage, at most.
pub const LONGEST: usize = 20_000;

/// Stands for a mark among the characters of a text; no passage has it.
const BARRIER: char = '\0';

/// What somebody wants removed.
#[derive(Clone, PartialEq, Eq)]
pub struct Passage {
    written: String,
    compared: String,
    fringe: Fringe,
}

impl std::fmt::Debug for Passage {
    // It is to be forgotten, by logs too.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Passage({} characters)", self.characters())
    }
}

/// Characters at its two ends that are not compared, and go with it all the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Fringe {
    before: usize,
    after: usize,
}

/// Why a text is no passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPassage {
    /// There is nothing in it that could be looked for.
    Empty,
    TooLong,
}

impl Passage {
    pub fn read(written: &str) -> Result<Self, NoPassage> {
        if written.len() > LONGEST {
            return Err(NoPassage::TooLong);
        }
        let compared = Compared::of(&written.replace(BARRIER, ""));
        let text = compared.text.trim();
        if text.replace(BARRIER, "").trim().is_empty() {
            return Err(NoPassage::Empty);
        }
        let trimmed = written.trim();
        let fringe = Fringe {
            before: trimmed.chars().take_while(|c| may_go_before(*c)).count(),
            after: trimmed.chars().rev().take_while(|c| is_set(*c)).count(),
        };
        Ok(Self { written: written.to_owned(), compared: text.to_owned(), fringe })
    }

    /// As it was given.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// How many characters of it are compared.
    pub fn characters(&self) -> usize {
        self.compared.chars().count()
    }

    /// What is known of it afterwards.
    pub fn print(&self, key: &SecretKey) -> Print {
        Print { digest: digest(&own(key), &self.compared), characters: self.characters(), fringe: self.fringe }
    }
}

/// By which a passage is known again without being kept: a keyed digest, and how long it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Print {
    digest: String,
    characters: usize,
    fringe: Fringe,
}

fn own(key: &SecretKey) -> SecretKey {
    key.for_purpose("redactions")
}

fn digest(key: &SecretKey, compared: &str) -> String {
    key.sign(&[compared.as_bytes()]).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Where a passage stands in a text, in bytes; in order, and apart from each other.
pub fn find(text: &str, passage: &Passage) -> Vec<Range<usize>> {
    let compared = passage.compared.as_str();
    all(text, passage.fringe, |within| {
        let (mut found, mut from) = (Vec::new(), 0);
        // One that begins within the one before counts too.
        while let Some(at) = within[from..].find(compared).map(|at| from + at) {
            found.push(at..at + compared.len());
            from = at + within[at..].chars().next().map_or(1, char::len_utf8);
        }
        found
    })
}

/// The same by what is known of a passage.
pub fn find_printed(text: &str, print: &Print, key: &SecretKey) -> Vec<Range<usize>> {
    let key = own(key);
    all(text, print.fringe, |within| {
        let starts: Vec<usize> = within.char_indices().map(|(at, _)| at).chain([within.len()]).collect();
        let windows = starts.windows(print.characters + 1).filter_map(|it| Some(*it.first()?..*it.last()?));
        let is_it = |at: &Range<usize>| {
            let window = &within[at.clone()];
            // A passage neither begins nor ends with white space.
            !window.starts_with(' ') && !window.ends_with(' ') && digest(&key, window) == print.digest
        };
        windows.filter(is_it).collect()
    })
}

/// All that is found, also beside the marks that will stand in the place of what was found: a passage that holds a mark may
/// stand there once more.
fn all(text: &str, fringe: Fringe, look: impl Fn(&str) -> Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    loop {
        let compared = Compared::without(text, &found);
        let more = look(&compared.text);
        if more.is_empty() {
            return found;
        }
        found.extend(more.into_iter().map(|part| compared.range(text, part, fringe)));
        found = united(found);
    }
}

/// The text with the mark in place of each of the ranges.
pub fn replaced(text: &str, ranges: &[Range<usize>], mark: Mark) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for range in ranges {
        out.push_str(&text[from..range.start]);
        out.push_str(&mark.to_string());
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

/// A text by the characters that are compared, each with where it stands.
struct Compared {
    text: String,
    /// For each byte of `text`, the bytes of the original that its character stands for.
    at: Vec<Range<usize>>,
}

impl Compared {
    fn of(text: &str) -> Self {
        Self::without(text, &[])
    }

    /// As if marks stood in the place of these, which are in order and apart from each other.
    fn without(text: &str, gone: &[Range<usize>]) -> Self {
        let is_gone = |mark: &Range<usize>| gone.iter().any(|it| it.start <= mark.start && mark.end <= it.end);
        let mut barriers: Vec<Range<usize>> = marks(text)
            .into_iter()
            .map(|(mark, _)| mark)
            .filter(|mark| !is_gone(mark))
            .chain(gone.iter().cloned())
            .collect();
        barriers.sort_by_key(|it| it.start);
        let mut compared = Self { text: String::new(), at: Vec::new() };
        let mut from = 0;
        for barrier in barriers {
            compared.read(text, from..barrier.start);
            from = barrier.end;
            compared.push(BARRIER, barrier);
        }
        compared.read(text, from..text.len());
        compared
    }

    fn read(&mut self, text: &str, part: Range<usize>) {
        let mut is_line_start = part.start == 0 || text[..part.start].ends_with('\n');
        for (at, c) in text[part.clone()].char_indices() {
            let here = part.start + at..part.start + at + c.len_utf8();
            if c.is_whitespace() {
                is_line_start |= matches!(c, '\n' | '\r');
                self.space(here);
            } else if is_line_start && c == '>' {
                self.space(here);
            } else {
                is_line_start = false;
                if !is_set(c) {
                    self.push(c, here);
                }
            }
        }
    }

    /// White space goes on as long as it does.
    fn space(&mut self, here: Range<usize>) {
        match self.at.last_mut() {
            Some(last) if self.text.ends_with(' ') => last.end = here.end,
            _ => self.push(' ', here),
        }
    }

    fn push(&mut self, c: char, here: Range<usize>) {
        self.text.push(c);
        self.at.extend(std::iter::repeat_n(here, c.len_utf8()));
    }

    /// What of the original a part of the compared text stands for.
    fn range(&self, text: &str, part: Range<usize>, fringe: Fringe) -> Range<usize> {
        let (start, end) = (self.at[part.start].start, self.at[part.end - 1].end);
        let before = text[..start].chars().rev().take(fringe.before).take_while(|c| may_go_before(*c));
        let before: usize = before.map(char::len_utf8).sum();
        // A sign that is written on top of the last character goes with it.
        let on_top: usize = text[end..].chars().take_while(|c| is_on_top(*c)).map(char::len_utf8).sum();
        let after = text[end + on_top..].chars().take(fringe.after).take_while(|c| is_set(*c));
        let after: usize = after.map(char::len_utf8).sum();
        start - before..end + on_top + after
    }
}

/// What Markdown sets words with, and what nobody sees.
fn is_set(c: char) -> bool {
    matches!(c, '*' | '_' | '`' | '~' | '\\' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn may_go_before(c: char) -> bool {
    is_set(c) || c == '>'
}

/// Accents that follow their letter, and what chooses the form of a sign.
fn is_on_top(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}
