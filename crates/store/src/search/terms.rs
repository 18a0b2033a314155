//! Which terms of the index a typed word stands for: its own forms, what it begins while it is still typed, and what was
//! probably meant where the index does not know it. However large the index is, a bounded number of terms is looked at.

use std::collections::BTreeMap;

use rules::search::TypedWord;
use tantivy::{Searcher, Term, query::FuzzyTermQuery, schema::Field};

use super::shelf::Shelf;
use crate::Result;

/// Terms of a part of the index that are looked at for one word, and of all that are taken.
const LOOKED_AT: usize = 2_000;
const TAKEN: usize = 16;
/// Letters of a word before what it begins is looked for, and before it may be misspelt.
const SHORTEST_BEGINNING: usize = 2;
const SHORTEST_MISSPELT: usize = 4;

/// What a word is worth that was perhaps meant.
const GUESSED: f32 = 0.4;

/// A term, and how much finding it is worth.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Meant {
    pub text: String,
    pub worth: f32,
}

/// The terms that a word stands for, and in how many documents the most frequent is.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    pub meant: Vec<Meant>,
    pub frequency: u64,
}

/// Looks a word up in these fields.
pub(super) fn look_up(searcher: &Searcher, fields: &[Field], word: &TypedWord) -> Result<Word> {
    let mut found = Word::default();
    for (at, form) in word.forms.iter().enumerate() {
        found.add(form, frequency(searcher, fields, form)?, if at == 0 { 1.0 } else { 0.8 });
    }
    let letters = word.forms[0].chars().count();
    if word.is_open && letters >= SHORTEST_BEGINNING {
        for (text, frequency) in beginning_with(searcher, fields, &word.forms[0])? {
            found.add(&text, frequency, 0.6);
        }
    }
    if found.meant.is_empty() && letters >= SHORTEST_MISSPELT {
        for (text, frequency) in nearly(searcher, fields, word)? {
            found.add(&text, frequency, GUESSED);
        }
    }
    Ok(found)
}

impl Word {
    /// It is written nowhere as it was typed.
    pub(super) fn is_guess(&self) -> bool {
        !self.meant.is_empty() && self.meant.iter().all(|meant| meant.worth <= GUESSED)
    }

    fn add(&mut self, text: &str, frequency: u64, worth: f32) {
        if frequency > 0 && !self.meant.iter().any(|meant| meant.text == text) {
            self.meant.push(Meant { text: text.to_owned(), worth });
            self.frequency = self.frequency.max(frequency);
        }
    }
}

fn frequency(searcher: &Searcher, fields: &[Field], text: &str) -> Result<u64> {
    let mut most = 0;
    for field in fields {
        most = most.max(searcher.doc_freq(&Term::from_field_text(*field, text))?);
    }
    Ok(most)
}

/// What a word begins, the most frequent first.
fn beginning_with(searcher: &Searcher, fields: &[Field], beginning: &str) -> Result<Vec<(String, u64)>> {
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        for field in fields {
            let index = segment.inverted_index(*field)?;
            let mut terms =
                index.terms().range().ge(beginning.as_bytes()).into_stream().map_err(crate::Error::broken)?;
            let mut looked_at = 0;
            while looked_at < LOOKED_AT && terms.advance() && terms.key().starts_with(beginning.as_bytes()) {
                note(&mut found, terms.key(), terms.value().doc_freq);
                looked_at += 1;
            }
        }
    }
    Ok(most_frequent(found))
}

/// What differs from a word by a letter, or by two that changed places.
fn nearly(searcher: &Searcher, fields: &[Field], word: &TypedWord) -> Result<Vec<(String, u64)>> {
    let mut found = BTreeMap::new();
    for field in fields {
        let term = Term::from_field_text(*field, &word.forms[0]);
        let query = match word.is_open {
            true => FuzzyTermQuery::new_prefix(term, 1, true),
            false => FuzzyTermQuery::new(term, 1, true),
        };
        for segment in searcher.segment_readers() {
            let index = segment.inverted_index(*field)?;
            let mut terms = index.terms().search(query.automaton()?).into_stream().map_err(crate::Error::broken)?;
            let mut looked_at = 0;
            while looked_at < LOOKED_AT && terms.advance() {
                note(&mut found, terms.key(), terms.value().doc_freq);
                looked_at += 1;
            }
        }
    }
    Ok(most_frequent(found))
}

/// Whether a dictionary of the index has the word.
pub(super) fn knows(shelf: &Shelf, written: &str) -> Result<bool> {
    let fields = [shelf.fields.subject, shelf.fields.public, shelf.fields.internal, shelf.fields.names];
    for form in rules::search::forms(written) {
        if frequency(&shelf.searcher(), &fields, &form)? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

fn note(found: &mut BTreeMap<String, u64>, key: &[u8], frequency: u32) {
    if let Ok(text) = std::str::from_utf8(key) {
        *found.entry(text.to_owned()).or_default() += u64::from(frequency);
    }
}

fn most_frequent(found: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut found: Vec<(String, u64)> = found.into_iter().collect();
    found.sort_by(|(a, often_a), (b, often_b)| often_b.cmp(often_a).then_with(|| a.cmp(b)));
    found.truncate(TAKEN);
    found
}
