//! Reads a text once, from its first byte to its last: masks it, and notes what is needed to say how much of a log it is.
//! Memory does not grow with the text.

use std::{collections::BTreeMap, sync::LazyLock};

use aho_corasick::AhoCorasick;
use serde::{Deserialize, Serialize};

use super::{
    encoding,
    kind::{Kind, Recognised},
    mask::{Keeper, Masker, Secret},
    partial::{Partial, judge},
    stamps::{Stamp, between, stamp},
    words::BEGINNINGS,
};

/// Bytes of the beginning and of the end that are looked at again when all was read.
const ENDS: usize = 64 * 1024;
/// Bytes that are decoded and masked at once.
const PIECE: usize = 256 * 1024;

/// What a text turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    pub kind: Kind,
    pub encoding: &'static str,
    pub bytes: u64,
    pub lines: u64,
    pub span: Option<Span>,
    /// Why it is probably not all of it (LOG-2); empty when it looks whole.
    pub partial: Vec<Partial>,
    /// How many places were masked, by kind (LOG-3).
    pub masked: BTreeMap<Secret, u64>,
}

/// From the first to the last instant of a log, as it writes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: String,
    pub to: String,
    pub seconds: i64,
}

/// What was noted while reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub bytes: u64,
    pub lines: u64,
    pub head: String,
    pub tail: String,
    /// Whether the text ends with the end of a line.
    pub is_ended: bool,
    /// Whether a program says in it that it starts.
    pub has_beginning: bool,
}

/// A text that is being read.
#[derive(Debug)]
pub struct Reading {
    kind: Kind,
    encoding: &'static str,
    decoder: encoding::Reader,
    masker: Masker,
    facts: Facts,
    text: String,
}

static STARTS: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(BEGINNINGS).expect("the words are few"));

impl Reading {
    /// `None` for what does not read as text.
    pub fn begin(of: &Recognised, keeper: Keeper) -> Option<Self> {
        let encoding = of.encoding?;
        Some(Self {
            kind: of.kind,
            encoding: encoding.charset.name(),
            decoder: encoding::Reader::new(encoding),
            masker: Masker::new(keeper),
            facts: Facts::default(),
            text: String::new(),
        })
    }

    /// Takes the next bytes; adds what is masked for certain, as UTF-8.
    pub fn push(&mut self, bytes: &[u8], out: &mut String) {
        for piece in bytes.chunks(PIECE) {
            self.facts.bytes += piece.len() as u64;
            self.decoder.push(piece, &mut self.text);
            self.take(out);
        }
    }

    /// Adds what is left, and tells what was read; the masks go on with the request's next text.
    pub fn finish(mut self, out: &mut String) -> (Survey, Keeper) {
        self.decoder.finish(&mut self.text);
        self.take(out);
        let mut keeper = self.masker.finish(out);
        let mut facts = self.facts;
        facts.lines += u64::from(!facts.is_ended && facts.bytes > 0);
        let kind = if facts.bytes == 0 { Kind::Empty } else { self.kind };
        let survey = Survey {
            kind,
            encoding: self.encoding,
            bytes: facts.bytes,
            lines: facts.lines,
            span: span(&facts),
            partial: judge(kind, &facts),
            masked: keeper.take_counts(),
        };
        (survey, keeper)
    }

    fn take(&mut self, out: &mut String) {
        if self.text.is_empty() {
            return;
        }
        // What no text holds would be shown as something else by whoever reads it, and no database keeps it.
        if self.text.contains('\0') {
            self.text = self.text.replace('\0', "\u{fffd}");
        }
        self.facts.note(&self.text);
        self.masker.push(&self.text, out);
        self.text.clear();
    }
}

impl Facts {
    fn note(&mut self, text: &str) {
        let ends = text.bytes().filter(|byte| *byte == b'\n').count();
        self.lines += u64::try_from(ends).unwrap_or(u64::MAX);
        self.is_ended = text.ends_with('\n');
        if self.head.len() < ENDS {
            self.head.push_str(&text[..text.floor_char_boundary(ENDS - self.head.len())]);
        }
        let start = text.ceil_char_boundary(text.len().saturating_sub(ENDS));
        self.tail.push_str(&text[start..]);
        if self.tail.len() > 2 * ENDS {
            let cut = self.tail.ceil_char_boundary(self.tail.len() - ENDS);
            self.tail.drain(..cut);
        }
        self.has_beginning = self.has_beginning || STARTS.is_match(text);
    }
}

fn span(facts: &Facts) -> Option<Span> {
    let first = facts.head.lines().find_map(stamp)?;
    // The newest of the last lines: several programs write a little out of order.
    let of_kind = |found: &Stamp| found.says == first.says;
    let last = facts.tail.lines().rev().take(50).filter_map(stamp).filter(of_kind).max_by_key(|found| found.micros)?;
    let seconds = between(&first, &last)? / 1_000_000;
    Some(Span { from: first.written, to: last.written, seconds })
}
