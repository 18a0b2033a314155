//! The passage of a text that shows why it was found: the stretch with the most of the words, and which they are.

use std::{collections::BTreeSet, ops::Range};

use super::words::{forms, words};

/// Letters of a passage, about.
const LENGTH: usize = 180;
/// Letters before its first word.
const BEFORE: usize = 40;
/// Bytes of a text that are looked through, at most.
const SEARCHED: usize = 64 * 1024;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bit {
    pub text: String,
    /// Whether it is one of the words.
    pub is_hit: bool,
}

/// How many different ones of the words stand in a text.
pub fn hits(text: &str, wanted: &BTreeSet<String>) -> usize {
    let found: BTreeSet<String> = places(text, wanted).into_iter().map(|place| place.form).collect();
    found.len()
}

/// The passage with the most of the words; the beginning of a text that has none.
pub fn excerpt(text: &str, wanted: &BTreeSet<String>) -> Vec<Bit> {
    let text = searched(text);
    let places = places(text, wanted);
    let start = places.get(best(&places)).map_or(0, |place| back(text, place.from, BEFORE));
    let end = forward(text, start, LENGTH);
    let mut bits = parted(text, &places, start..end);
    edges(&mut bits, start > 0, end < text.len());
    bits
}

/// All of a short text, a subject, with the words that were looked for.
pub fn marked(text: &str, wanted: &BTreeSet<String>) -> Vec<Bit> {
    parted(text, &places(text, wanted), 0..text.len())
}

fn parted(text: &str, places: &[Place], Range { start, end }: Range<usize>) -> Vec<Bit> {
    let (mut bits, mut at) = (Vec::new(), start);
    for place in places.iter().filter(|place| place.from >= start && place.to <= end) {
        if place.from < at {
            continue;
        }
        push(&mut bits, &text[at..place.from], false);
        push(&mut bits, &text[place.from..place.to], true);
        at = place.to;
    }
    push(&mut bits, &text[at..end], false);
    bits
}

struct Place {
    from: usize,
    to: usize,
    form: String,
}

fn searched(text: &str) -> &str {
    &text[..text.floor_char_boundary(SEARCHED)]
}

fn places(text: &str, wanted: &BTreeSet<String>) -> Vec<Place> {
    let text = searched(text);
    words(text)
        .filter_map(|found| {
            let form = forms(found.written).into_iter().find(|form| wanted.contains(form))?;
            Some(Place { from: found.at, to: found.at + found.written.len(), form })
        })
        .collect()
}

/// The place from which a passage has the most different words; the first of equals.
fn best(places: &[Place]) -> usize {
    let mut best = (0, 0);
    for (at, place) in places.iter().enumerate() {
        let within = places[at..].iter().take_while(|it| it.to <= place.from + LENGTH - BEFORE);
        let different: BTreeSet<&str> = within.map(|it| it.form.as_str()).collect();
        if different.len() > best.1 {
            best = (at, different.len());
        }
    }
    best.0
}

/// So many letters back, to the beginning of a word.
fn back(text: &str, from: usize, letters: usize) -> usize {
    let start = text[..from].char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    if start == 0 {
        return 0;
    }
    text[start..from].find(char::is_whitespace).map_or(from, |at| {
        let space = start + at;
        space + text[space..].chars().next().map_or(0, char::len_utf8)
    })
}

/// So many letters on, to the end of a word.
fn forward(text: &str, from: usize, letters: usize) -> usize {
    let Some((end, _)) = text[from..].char_indices().nth(letters) else { return text.len() };
    let end = from + end;
    text[from..end].rfind(char::is_whitespace).filter(|at| *at > 0).map_or(end, |at| from + at)
}

fn push(bits: &mut Vec<Bit>, text: &str, is_hit: bool) {
    if !text.is_empty() {
        bits.push(Bit { text: text.split('\n').collect::<Vec<_>>().join(" "), is_hit });
    }
}

fn edges(bits: &mut [Bit], is_cut_before: bool, is_cut_behind: bool) {
    if let (true, Some(first)) = (is_cut_before, bits.first_mut()) {
        first.text.insert(0, '…');
    }
    if let (true, Some(last)) = (is_cut_behind, bits.last_mut()) {
        last.text.push('…');
    }
}
