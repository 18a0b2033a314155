//! Scope (SCO-1): which line of it a subject speaks of, told by the words that the policy gives its lines. A guess to be
//! said kindly and to be waved away; it decides nothing.

use std::collections::BTreeSet;

use crate::{
    keys::EntryKey,
    policy::{Policy, ScopeEntry, Stand},
    search::{forms, words},
};

/// Bytes of a subject that are looked at.
const READ: usize = 500;

/// The line that a subject speaks of, where support ends at the documentation or does nothing at all: the one of whose
/// phrases the longest is in the subject. None where one of its exceptions is spoken of.
pub fn recognise<'p>(policy: &'p Policy, subject: &str) -> Option<(&'p EntryKey, &'p ScopeEntry)> {
    let said = said(subject);
    let mut found: Option<(usize, (&EntryKey, &ScopeEntry))> = None;
    for entry in policy.scope.iter().filter(|(_, entry)| entry.stand != Stand::Covered) {
        let length = longest(&entry.1.words, &said);
        let is_excepted = longest(&entry.1.unless, &said) > 0;
        if length > 0 && !is_excepted && found.is_none_or(|(best, _)| length > best) {
            found = Some((length, entry));
        }
    }
    found.map(|(_, entry)| entry)
}

/// Every form of every word.
fn said(subject: &str) -> BTreeSet<String> {
    let subject = &subject[..subject.floor_char_boundary(READ)];
    words(subject).flat_map(|found| forms(found.written)).collect()
}

/// How many words the longest phrase has that is said; 0 when none is.
fn longest(phrases: &[String], said: &BTreeSet<String>) -> usize {
    phrases.iter().map(|phrase| length(phrase, said)).max().unwrap_or(0)
}

fn length(phrase: &str, said: &BTreeSet<String>) -> usize {
    let mut count = 0;
    for found in words(phrase) {
        if !forms(found.written).iter().any(|form| said.contains(form)) {
            return 0;
        }
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests;
