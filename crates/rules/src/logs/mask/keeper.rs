//! Which mask belongs to which secret. A secret is known again by a keyed digest, so that nobody can try guesses against what
//! is kept of it.

use std::collections::{BTreeMap, HashMap};

use super::Secret;
use crate::people::SecretKey;

/// What is kept of a secret: the first half of an HMAC-SHA256.
pub type Digest = [u8; 16];

/// Secrets of a request, at most, that have a number; further ones are masked without.
pub(super) const MOST: usize = 50_000;

/// A secret that has a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub digest: Digest,
    pub secret: Secret,
    pub number: u32,
}

/// The masks of a request.
#[derive(Clone, Debug)]
pub struct Keeper {
    key: SecretKey,
    known: HashMap<Digest, (Secret, u32)>,
    next: BTreeMap<Secret, u32>,
    /// Those that are new, and not among `known`.
    fresh: Vec<Known>,
    counts: BTreeMap<Secret, u64>,
}

impl Keeper {
    /// `key` is the desk's; `known` are the masks that the request has already.
    pub fn new(key: &SecretKey, known: &[Known]) -> Self {
        let mut next = BTreeMap::new();
        for known in known {
            let next = next.entry(known.secret).or_insert(0);
            *next = known.number.max(*next);
        }
        let known = known.iter().map(|known| (known.digest, (known.secret, known.number))).collect();
        Self { key: key.for_purpose("masks"), known, next, fresh: vec![], counts: BTreeMap::new() }
    }

    /// The masks that are new.
    pub fn fresh(&self) -> &[Known] {
        &self.fresh
    }

    /// How many places were masked, by kind.
    pub fn counts(&self) -> &BTreeMap<Secret, u64> {
        &self.counts
    }

    /// The same, to begin counting anew with the next text.
    pub fn take_counts(&mut self) -> BTreeMap<Secret, u64> {
        std::mem::take(&mut self.counts)
    }

    /// Writes the mask of a secret.
    pub(super) fn mask(&mut self, text: &str, secret: Secret, out: &mut String) {
        let digest = self.digest(text);
        let (secret, number) = match self.known.get(&digest) {
            Some((secret, number)) => (*secret, Some(*number)),
            None if self.known.len() >= MOST => (secret, None),
            None => {
                let next = self.next.entry(secret).or_insert(0);
                *next += 1;
                let number = *next;
                self.known.insert(digest, (secret, number));
                self.fresh.push(Known { digest, secret, number });
                (secret, Some(number))
            }
        };
        *self.counts.entry(secret).or_insert(0) += 1;
        out.push('[');
        out.push_str(secret.word());
        out.push(' ');
        match number {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push('…'),
        }
        out.push(']');
    }

    fn digest(&self, text: &str) -> Digest {
        let whole = self.key.sign(&[text.as_bytes()]);
        *whole.first_chunk().expect("a signature is longer than half of it")
    }
}
