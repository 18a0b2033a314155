//! What a run says: a line to the terminal, and the counts at the end.

use std::{collections::BTreeMap, fmt::Display, io::Write};

/// One line to whoever waits for it: the person at the terminal, or the round that started this desk.
pub(crate) fn say(text: impl Display) {
    let mut out = std::io::stdout().lock();
    // A closed terminal leaves nobody to tell; the exit code still speaks.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// What happened, counted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts(BTreeMap<&'static str, u64>);

impl Counts {
    pub(crate) fn add(&mut self, what: &'static str, count: usize) {
        *self.0.entry(what).or_default() += count as u64;
    }

    /// Those of these that did not happen.
    pub(crate) fn without<'a>(&self, these: &[&'a str]) -> Vec<&'a str> {
        these.iter().copied().filter(|what| self.0.get(what).is_none_or(|count| *count == 0)).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add_all(&mut self, other: &Counts) {
        for (what, count) in &other.0 {
            *self.0.entry(what).or_default() += count;
        }
    }
}

impl Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts: Vec<String> = self.0.iter().map(|(what, count)| format!("{count} {what}")).collect();
        f.write_str(&counts.join(", "))
    }
}

/// Why a scenario cannot be played here.
#[derive(Debug)]
pub(crate) struct Unable(pub(crate) String);

impl Display for Unable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unable {}
