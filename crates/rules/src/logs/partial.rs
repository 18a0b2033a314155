//! Whether a log is probably only a part of one (LOG-2): its ends are cut, it holds no start of the program, it has exactly
//! the length that somebody asked for, or it lasts seconds where the report speaks of hours. A guess that is said before
//! sending; nobody is kept from sending.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{
    kind::Kind,
    stamps::{Says, stamp},
    survey::{Facts, Span},
    words::LEVELS,
};

/// Why a log is probably a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Partial {
    Empty,
    /// It begins in the middle of a line or of a trace.
    FirstLineCut,
    LastLineCut,
    /// Nothing in it says that the program starts.
    NoStartUp,
    /// Exactly as many lines as are commonly asked for: `tail -n 500`, `--tail=500`.
    Lines {
        lines: u64,
    },
    /// Exactly so many KiB, as where a size is cut off.
    Size {
        kibibytes: u64,
    },
    /// It lasts so long; the report speaks of much longer.
    Short {
        seconds: i64,
        spoken_hours: i64,
    },
}

impl Partial {
    /// Its name in the database and in JSON.
    pub fn as_str(&self) -> &'static str {
        match self {
            Partial::Empty => "empty",
            Partial::FirstLineCut => "first_line_cut",
            Partial::LastLineCut => "last_line_cut",
            Partial::NoStartUp => "no_start_up",
            Partial::Lines { .. } => "exact_lines",
            Partial::Size { .. } => "exact_size",
            Partial::Short { .. } => "short_span",
        }
    }
}

/// Numbers of lines that people ask for.
const ASKED: &[u64] = &[
    50, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 8_000, 10_000,
    15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 100_000, 150_000, 200_000, 250_000, 300_000, 500_000, 1_000_000,
];

static FRAME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s+at \S+\(|^\s*\.\.\. \d+ (?:more|common)|^Caused by:|^\s+File .+, line \d+").expect("an expression")
});
static STUMP: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[\[(]?\d[\d:/.,T -]{0,21}$").expect("an expression"));

/// What can be told from the text alone.
pub(super) fn judge(kind: Kind, facts: &Facts) -> Vec<Partial> {
    if kind == Kind::Empty {
        return vec![Partial::Empty];
    }
    if !matches!(kind, Kind::Log | Kind::Terminal | Kind::History) {
        return vec![];
    }
    let is_log = kind == Kind::Log;
    let mut found = Vec::new();
    found.extend((is_log && is_first_cut(facts)).then_some(Partial::FirstLineCut));
    found.extend((is_log && is_last_cut(facts)).then_some(Partial::LastLineCut));
    found.extend((is_log && !facts.has_beginning && expects_beginning(facts)).then_some(Partial::NoStartUp));
    found.extend(ASKED.contains(&facts.lines).then_some(Partial::Lines { lines: facts.lines }));
    let is_round = facts.bytes >= 4_096 && facts.bytes.is_multiple_of(1_024);
    found.extend(is_round.then_some(Partial::Size { kibibytes: facts.bytes / 1_024 }));
    found
}

/// A log that lasts longer than this may well hold what matters.
const SHORT_SECONDS: i64 = 120;

/// Whether the log lasts seconds while the report speaks of hours.
pub fn is_short(span: &Span, report: &str) -> Option<Partial> {
    let spoken = spoken_seconds(report)?;
    let is_seconds = spoken >= 3_600 && span.seconds < SHORT_SECONDS;
    is_seconds.then_some(Partial::Short { seconds: span.seconds, spoken_hours: spoken / 3_600 })
}

/// How the lines of a log begin, when most do so alike.
fn beginnings(facts: &Facts) -> Option<Says> {
    let mut counts = [(Says::All, 0), (Says::NoYear, 0), (Says::TimeOnly, 0), (Says::Uptime, 0)];
    for found in facts.head.lines().skip(1).take(100).filter_map(stamp).filter(|found| found.at < 60) {
        counts.iter_mut().filter(|(says, _)| *says == found.says).for_each(|(_, count)| *count += 1);
    }
    counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count >= 2).map(|(says, _)| says)
}

fn is_json(line: &str) -> bool {
    line.starts_with('{') && line.trim_end().ends_with('}')
}

fn is_first_cut(facts: &Facts) -> bool {
    let mut lines = facts.head.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return false };
    if FRAME.is_match(first) {
        return true;
    }
    if lines.clone().take(3).all(is_json) && lines.next().is_some() {
        return !first.starts_with(['{', '[']) && first.trim_end().ends_with('}');
    }
    let Some(says) = beginnings(facts) else { return false };
    let is_alike = stamp(first).is_some_and(|found| found.says == says);
    // A banner begins otherwise: with spaces, signs or a capital.
    let is_middle = first.starts_with(|c: char| {
        c.is_lowercase() || c.is_ascii_digit() || matches!(c, ')' | ']' | '}' | ',' | ':' | ';' | '.' | '-')
    });
    !is_alike && is_middle && !first.starts_with("--")
}

fn is_last_cut(facts: &Facts) -> bool {
    let Some(last) = facts.tail.lines().rev().find(|line| !line.trim().is_empty()) else { return false };
    let lower = last.to_lowercase();
    if ["truncated]", "...truncated", "... truncated", "<truncated>", "--more--", "output truncated"]
        .iter()
        .any(|end| lower.trim_end().ends_with(end))
    {
        return true;
    }
    if facts.is_ended || facts.lines < 2 {
        return false;
    }
    let before = facts.tail.lines().rev().skip(1).take(20).filter(|line| !line.trim().is_empty());
    let opens = |line: &str| {
        let count = |sign: char| line.matches(sign).count();
        count('(') > count(')') || count('{') > count('}') || count('[') > count(']') || count('"') % 2 == 1
    };
    let odd = before.clone().filter(|line| opens(line)).count();
    let is_open = opens(last) && odd * 4 <= before.clone().count();
    let ends_at_stamp = stamp(last).is_some_and(|found| found.at + found.written.len() + 2 >= last.trim_end().len());
    let says_more =
        before.filter(|line| stamp(line).is_some_and(|found| found.at + found.written.len() + 8 < line.len())).count()
            > 0;
    is_open || STUMP.is_match(last) || (ends_at_stamp && says_more) || last.ends_with(char::REPLACEMENT_CHARACTER)
}

/// Logs of programs tell how severe a line is, or bring traces; those of servers' visits and of machines do neither, and go
/// on for months.
fn expects_beginning(facts: &Facts) -> bool {
    let lines: Vec<&str> = facts.head.lines().filter(|line| !line.trim().is_empty()).take(200).collect();
    let levelled = |line: &&&str| {
        let start = &line[..line.floor_char_boundary(160)];
        start
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| LEVELS.contains(&word.to_ascii_uppercase().as_str()))
    };
    let traces = lines.iter().filter(|line| FRAME.is_match(line)).count();
    (lines.iter().filter(levelled).count() + traces) * 10 >= lines.len() * 3
}

static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(?P<n>\d{1,3}(?:[.,]\d)?|an?|one|two|three|four|five|six|several|some|few|many|couple of|ein(?:e|er|em|en)?|zwei|drei|mehrere[nr]?)[ -]?(?:(?P<h>h|hrs?|hours?|stunden?)|(?P<d>days?|tag(?:e|en)?)|(?P<w>weeks?|wochen?))\b|\b(?:since|seit) (?P<s>yesterday|this morning|last night|gestern|heute früh|(?:last )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)|last week)|\b(?P<a>all day|overnight|the whole day|all night|every (?:hour|night|day)|hours|days)\b",
    )
    .expect("an expression")
});

/// The longest time that a report speaks of.
fn spoken_seconds(report: &str) -> Option<i64> {
    const HOUR: i64 = 3_600;
    let said = SPOKEN.captures_iter(report).map(|found| {
        if let Some(since) = found.name("s") {
            let is_today = since.as_str().to_lowercase().contains(['m', 'f']) && since.as_str().contains("orning");
            return if is_today { 3 * HOUR } else { 24 * HOUR };
        }
        if let Some(all) = found.name("a") {
            return if all.as_str().eq_ignore_ascii_case("hours") { 2 * HOUR } else { 8 * HOUR };
        }
        let number = found.name("n").map_or("", |part| part.as_str()).to_lowercase();
        let tenths = match number.as_str() {
            "two" | "zwei" | "couple of" | "few" => 20,
            "three" | "drei" | "several" | "some" => 30,
            "four" => 40,
            "five" => 50,
            "six" => 60,
            "many" => 80,
            written if written.starts_with(|c: char| c.is_ascii_digit()) => tenths(written),
            word if word.starts_with("mehrere") => 30,
            _ => 10,
        };
        let unit = match (found.name("d"), found.name("w")) {
            (Some(_), _) => 24 * HOUR,
            (_, Some(_)) => 7 * 24 * HOUR,
            _ => HOUR,
        };
        tenths * unit / 10
    });
    said.max()
}

fn tenths(written: &str) -> i64 {
    let (whole, part) = written.split_once(['.', ',']).unwrap_or((written, "0"));
    whole.parse::<i64>().unwrap_or(0) * 10 + part.parse::<i64>().unwrap_or(0)
}
