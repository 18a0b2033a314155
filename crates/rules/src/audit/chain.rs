//! How entries hold together: each carries the hash of the one before, so that none can be changed, taken out or put in
//! without every later one telling of it. What was cut off at the end is found by a head that somebody kept.
//!
//! The hash of an entry is SHA-256 over one line of JSON, in UTF-8 and without spaces:
//! `{"number":7,"at":"2026-11-16T08:00:00.000000Z","by":{"kind":"person","person":3},"act":{…},"previous":"<64 digits>"}`.
//! `at` has six digits behind the point, always; `act` is the text as it is kept; the first `previous` is 64 zeros. A line of
//! the export is that line with `,"hash":"<64 digits>"` before its last brace, so anybody can count it anew.

use sha2::{Digest, Sha256};

use crate::{events::By, instant::Instant};

/// What the first entry carries for the hash of the one before.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An entry as it goes into the hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link<'a> {
    /// From 1 on, without a gap.
    pub number: i64,
    pub at: Instant,
    pub by: By,
    /// JSON, as it is kept.
    pub act: &'a str,
    /// The hash of the entry before, in hexadecimal.
    pub previous: &'a str,
}

impl Link<'_> {
    /// The line that is hashed.
    pub fn line(&self) -> String {
        let by = serde_json::to_string(&self.by).expect("an actor serialises");
        let Self { number, at, act, previous, .. } = self;
        let at = at.timestamp();
        format!(r#"{{"number":{number},"at":"{at:.6}","by":{by},"act":{act},"previous":"{previous}"}}"#)
    }

    /// The same with its hash, as it is exported.
    pub fn line_with(&self, hash: &str) -> String {
        let line = self.line();
        let open = line.strip_suffix('}').unwrap_or(&line);
        format!(r#"{open},"hash":"{hash}"}}"#)
    }
}

/// The hash of an entry, in hexadecimal.
pub fn hash(link: &Link<'_>) -> String {
    Sha256::digest(link.line()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text is a hash as it is written here.
pub fn is_hash(text: &str) -> bool {
    text.len() == BEGINNING.len() && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The last entry: how many there are, and what holds all of them.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// 0 where there is none.
    pub number: i64,
    pub hash: String,
}

impl Default for Head {
    fn default() -> Self {
        Self { number: 0, hash: BEGINNING.to_owned() }
    }
}

impl std::fmt::Display for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

impl std::str::FromStr for Head {
    type Err = ();
    /// `41:` and the 64 digits of a hash.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (number, hash) = text.trim().split_once(':').ok_or(())?;
        let number = number.parse().ok().filter(|number| *number >= 0).ok_or(())?;
        if is_hash(hash) { Ok(Self { number, hash: hash.to_owned() }) } else { Err(()) }
    }
}

/// An entry and the hash that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chained<'a> {
    pub link: Link<'a>,
    pub hash: &'a str,
}

/// How an entry does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// This number comes next, and another one is there.
    Missing { number: i64 },
    /// It does not carry the hash of the one before.
    Torn { number: i64 },
    /// It says something else than it did when its hash was counted.
    Changed { number: i64 },
    /// It is not found by everything that it concerns, or by something that it does not.
    Misfiled { number: i64 },
    /// The entry of a head that was kept is gone: the end was cut off.
    CutOff { number: i64, last: i64 },
    /// The entry of a head that was kept has another hash: all was written anew.
    Rewritten { number: i64 },
}

/// Whether an entry follows the head before it; the head that it becomes.
pub fn follows(head: &Head, entry: &Chained<'_>) -> Result<Head, Broken> {
    let number = entry.link.number;
    if number != head.number + 1 {
        return Err(Broken::Missing { number: head.number + 1 });
    }
    if entry.link.previous != head.hash {
        return Err(Broken::Torn { number });
    }
    if hash(&entry.link) != entry.hash {
        return Err(Broken::Changed { number });
    }
    Ok(Head { number, hash: entry.hash.to_owned() })
}
