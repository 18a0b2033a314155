//! Instants as logs write them: with or without a year, a date, a zone. Which of two lines was written first, and how long a
//! log lasts, is told only between instants that say the same.

use std::sync::LazyLock;

use jiff::civil::{Date, DateTime, Time};
use regex::{Captures, Regex};

/// What an instant says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// Date and time; without a zone as if in UTC.
    All,
    NoYear,
    TimeOnly,
    /// Since the program or the machine started.
    Uptime,
}

/// An instant of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub says: Says,
    /// Microseconds since an origin that all instants of its kind share.
    pub micros: i64,
    /// As it stands in the line.
    pub written: String,
    /// Where it begins, in bytes.
    pub at: usize,
}

/// Bytes of a line in which one is looked for.
const REACH: usize = 240;
const DAY: i64 = 86_400_000_000;
const YEAR: i64 = 366 * DAY;

/// The forms, those that say more first. Names: y, o (month in digits), n (month by name), d, h, i (minute), s, f (fraction),
/// z (zone), p (AM, PM), a and b (day and month in whichever order), e (seconds since 1970), u (seconds since the start).
const FORMS: &[&str] = &[
    r"(?P<y>\d{4})[-/.](?P<o>\d{1,2})[-/.](?P<d>\d{1,2})(?:[T,:_-]| {1,2}|\\t)(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:[.,:](?P<f>\d{1,9}))?)?(?: ?(?P<z>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}))?",
    r"(?P<d>\d{1,2})[/ -](?P<n>[A-Z][a-z]{2})[/ -](?P<y>\d{4})[: ](?P<h>\d{1,2}):(?P<i>\d{2}):(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?(?: ?(?P<z>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}))?",
    r"(?P<n>[A-Z][a-z]{2}) {1,2}(?P<d>\d{1,2}) (?P<h>\d{2}):(?P<i>\d{2}):(?P<s>\d{2})(?:\.(?P<f>\d{1,9}))?(?: [A-Z]{3,4})? (?P<y>\d{4})",
    r"(?P<n>[A-Z][a-z]{2}) {1,2}(?P<d>\d{1,2}),? (?P<y>\d{4}),? (?P<h>\d{1,2}):(?P<i>\d{2}):(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?(?: ?(?P<p>[AP]M))?",
    r"\b(?P<a>\d{1,2})(?P<c>[./-])(?P<b>\d{1,2})[./-](?P<y>\d{4}|\d{2}),? {1,2}(?P<h>\d{1,2}):(?P<i>\d{2})(?::(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?(?: ?(?P<p>[AP]M))?",
    r"\b(?P<y>20\d{2})(?P<o>\d{2})(?P<d>\d{2})[T -]?(?P<h>\d{2}):?(?P<i>\d{2}):?(?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?(?P<z>Z\b)?",
    r#"(?:"(?:ts|time|timestamp|@timestamp|created|epoch|instant)" ?: ?"?|^[\[#]?|\bts=)(?P<e>1[4-9]\d{8}(?:\d{3}|\d{6}|\d{9})?)(?:\.(?P<f>\d{1,9}))?\b"#,
    r"(?:^|[ |<>])(?P<n>[A-Z][a-z]{2}) {1,2}(?P<d>\d{1,2}) (?P<h>\d{2}):(?P<i>\d{2}):(?P<s>\d{2})(?:\.(?P<f>\d{1,9}))?",
    r"(?:^|[ |])[IWEF](?P<o>\d{2})(?P<d>\d{2}) (?P<h>\d{2}):(?P<i>\d{2}):(?P<s>\d{2})\.(?P<f>\d{1,9})",
    r"(?:^|[ |\[])(?P<o>\d{2})-(?P<d>\d{2}) (?P<h>\d{2}):(?P<i>\d{2}):(?P<s>\d{2})\.(?P<f>\d{1,9})",
    r"^ ?\[ *(?P<u>\d+)\.(?P<f>\d{3,6})s?\]",
    r"(?:^|[ |\[(\t])(?P<h>[01]?\d|2[0-3]):(?P<i>[0-5]\d):(?P<s>[0-5]\d)(?:[.,](?P<f>\d{1,9}))?(?: ?(?P<p>[AP]M))?(?:$|[ \])|:,;\t-])",
];

static READERS: LazyLock<Vec<Regex>> =
    LazyLock::new(|| FORMS.iter().map(|form| Regex::new(form).expect("a form is an expression")).collect());

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The first instant of a line, by the form that says most.
pub(super) fn stamp(line: &str) -> Option<Stamp> {
    let line = &line[..line.floor_char_boundary(REACH)];
    // Two digits and a colon, or ten digits: few other lines get any further.
    if !line.bytes().any(|byte| byte.is_ascii_digit()) || line.contains("-->") {
        return None;
    }
    READERS.iter().find_map(|form| {
        let found = form.captures(line)?;
        let (says, micros) = read(&found)?;
        let first = found.iter().skip(1).flatten().map(|part| part.start()).min()?;
        let last = found.iter().skip(1).flatten().map(|part| part.end()).max()?;
        Some(Stamp { says, micros, written: line[first..last].to_owned(), at: first })
    })
}

/// How long after the first the last was written, in microseconds; `None` where they say different things.
pub(super) fn between(first: &Stamp, last: &Stamp) -> Option<i64> {
    if first.says != last.says {
        return None;
    }
    let passed = last.micros - first.micros;
    Some(match first.says {
        _ if passed >= 0 => passed,
        // Past midnight, past New Year's Eve.
        Says::TimeOnly => passed + DAY,
        Says::NoYear if passed < -YEAR / 2 => passed + YEAR,
        Says::All | Says::NoYear | Says::Uptime => 0,
    })
}

fn read(found: &Captures<'_>) -> Option<(Says, i64)> {
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i64>().ok());
    let fraction = found.name("f").map_or(0, |part| micros(part.as_str()));
    if let Some(part) = found.name("e") {
        let scale = match part.len() {
            10 => 1_000_000,
            13 => 1_000,
            16 => 1,
            _ => return Some((Says::All, number("e")? / 1_000)),
        };
        return Some((Says::All, number("e")?.checked_mul(scale)?.checked_add(fraction)?));
    }
    if let Some(seconds) = number("u") {
        return Some((Says::Uptime, seconds.checked_mul(1_000_000)?.checked_add(fraction)?));
    }
    let noon = |hour: i64| match found.name("p").map(|part| part.as_str()) {
        Some("PM") if hour < 12 => hour + 12,
        Some("AM") if hour == 12 => 0,
        _ => hour,
    };
    let small = |number: i64| i8::try_from(number).ok();
    let (hour, minute) = (small(noon(number("h")?))?, small(number("i")?)?);
    let second = small(number("s").unwrap_or(0))?.min(59);
    let time = Time::new(hour, minute, second, i32::try_from(fraction * 1_000).ok()?).ok()?;
    let Some((month, day)) = month_and_day(found) else {
        let nanos = time.duration_since(Time::midnight()).as_nanos();
        return Some((Says::TimeOnly, i64::try_from(nanos / 1_000).ok()?));
    };
    let (says, year) = match number("y") {
        Some(year) if year < 100 => (Says::All, 2000 + year),
        Some(year) => (Says::All, year),
        // A leap year, so that each date exists.
        None => (Says::NoYear, 2000),
    };
    let date = Date::new(i16::try_from(year).ok()?, small(month)?, small(day)?).ok()?;
    let offset = found.name("z").map_or(0, |zone| offset_seconds(zone.as_str()));
    let at = DateTime::from_parts(date, time).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some((says, at.timestamp().as_microsecond() - offset * 1_000_000))
}

fn month_and_day(found: &Captures<'_>) -> Option<(i64, i64)> {
    let number = |name: &str| found.name(name).and_then(|part| part.as_str().parse::<i64>().ok());
    if let Some(name) = found.name("n") {
        let month = MONTHS.iter().position(|month| *month == name.as_str())?;
        return Some((i64::try_from(month).ok()? + 1, number("d")?));
    }
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        // 11/20/2026 is how Americans write it; where both could be, a slash is taken as theirs.
        let is_american = b > 12 || (a <= 12 && found.name("c").is_some_and(|sign| sign.as_str() == "/"));
        return Some(if is_american { (a, b) } else { (b, a) });
    }
    Some((number("o")?, number("d")?))
}

fn micros(fraction: &str) -> i64 {
    format!("{fraction:0<6}")[..6].parse().unwrap_or(0)
}

/// `+01:00`, `-0500`; names of zones are UTC's.
fn offset_seconds(zone: &str) -> i64 {
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let Ok(number) = digits.parse::<i64>() else { return 0 };
    let seconds = (number / 100) * 3600 + (number % 100) * 60;
    if zone.starts_with('-') { -seconds } else { seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All of them say 14:02:11 on 20 November 2026, UTC.
    const SAME: &[&str] = &[
        "2026-11-20 14:02:11,310 ERROR [main] sweep failed",
        "2026-11-20T14:02:11.310Z INFO sweep",
        "2026-11-20T15:02:11.310+01:00 INFO sweep",
        "web-1  | 2026-11-20T14:02:11.310482Z stdout F sweep",
        "2026/11/20 14:02:11 [error] 7#7: *1 upstream timed out",
        "20.11.2026 14:02:11 FEHLER",
        "20/11/2026 14:02:11 WARN",
        "11/20/2026 2:02:11 PM Error MSSQLSERVER",
        r#"10.0.0.1 - - [20/Nov/2026:14:02:11 +0000] "GET / HTTP/1.1" 200 12"#,
        "20-Nov-2026 14:02:11.310 SEVERE [main] org.apache.catalina.core",
        "Fri, 20 Nov 2026 14:02:11 +0000 relayed",
        "[Fri Nov 20 14:02:11.310482 2026] [core:error] AH00124",
        "Nov 20, 2026 2:02:11 PM com.sun.enterprise.Server start",
        "20261120-14:02:11 begins",
        "20261120T140211Z begins",
        r#"{"level":"info","ts":1795183331.31,"msg":"sweep"}"#,
        r#"{"time":"2026-11-20T14:02:11Z","msg":"sweep"}"#,
        r#"{"timestamp":1795183331310,"message":"sweep"}"#,
        "1795183331.310 TCP_MISS/200 GET",
    ];

    #[test]
    fn log_2_instants_of_many_formats() {
        let expected = stamp(SAME[0]).unwrap().micros / 1_000_000;
        for line in SAME {
            let found = stamp(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.says, found.micros / 1_000_000), (Says::All, expected), "{line}");
        }
        for (line, says) in [
            ("Nov 20 14:02:11 node1 kubelet[812]: sweep", Says::NoYear),
            ("<30>Nov 20 14:02:11 node1 app: sweep", Says::NoYear),
            ("E1120 14:02:11.310482    1 leader.go:12] sweep", Says::NoYear),
            ("11-20 14:02:11.310  1201  1210 E Activity: sweep", Says::NoYear),
            ("[14:02:11 INF] sweep", Says::TimeOnly),
            ("14:02:11.310 [main] INFO sweep", Says::TimeOnly),
            ("[    4.125012] usb 1-1: new device", Says::Uptime),
            ("[0.021s][info][gc] Using G1", Says::Uptime),
        ] {
            assert_eq!(stamp(line).map(|found| found.says), Some(says), "{line}");
        }
    }

    #[test]
    fn log_2_what_is_no_instant_is_none() {
        for line in ["", "version 5.12.1", "2026-11-20", "10:30", "2026-13-45", "00:00:01,000 --> 00:00:04,000"] {
            assert_eq!(stamp(line), None, "{line}");
        }
    }

    #[test]
    fn log_2_a_span_crosses_midnight_and_the_new_year() {
        let span = |first: &str, last: &str| between(&stamp(first)?, &stamp(last)?);
        assert_eq!(span("23:59:58 a", "00:00:03 b"), Some(5_000_000));
        assert_eq!(span("Dec 31 23:59:58 a b", "Jan 1 00:00:03 a b"), Some(5_000_000));
        assert_eq!(span("2026-11-20 14:02:11 a", "14:02:11 b"), None);
        assert_eq!(span("2026-11-20 14:02:11 a", "2026-11-20 16:02:11 b"), Some(7_200_000_000));
    }

    #[test]
    fn log_2_what_goes_back_a_little_lasted_no_time() {
        let span = |first: &str, last: &str| between(&stamp(first)?, &stamp(last)?);
        for (first, last) in [
            ("2026-11-20 14:02:11 a", "2026-11-20 14:02:10 b"),
            ("Nov 20 14:02:11 a b", "Nov 20 14:02:10 a b"),
            ("Jul 2 00:00:00 a b", "Jan 1 00:00:00 a b"),
            ("[    4.125012] a", "[    4.125011] b"),
        ] {
            assert_eq!(span(first, last), Some(0), "{first}");
        }
        assert_eq!(span("14:02:11 a", "14:02:11 b"), Some(0));
        // Half of a leap year and a day: it was New Year's Eve in between.
        assert_eq!(span("Jul 3 00:00:00 a b", "Jan 1 00:00:00 a b"), Some(182 * DAY));
    }

    #[test]
    fn log_2_an_instant_to_its_microsecond() {
        let at = |line: &str| stamp(line).map(|found| found.micros);
        let morning: i64 = 1_780_617_600_000_000;
        for (line, micros) in [
            ("2026-06-05 00:00:00.5", 500_000),
            ("2026-06-05 00:00:00,310482999", 310_482),
            ("2026-06-05 00:00", 0),
            ("2026-06-05T00:00:60Z", 59_000_000),
            ("2026-06-05T05:30:00+05:30", 0),
            ("2026-06-04T19:00:00-0500", 0),
            ("2026-06-05T00:00:00 UTC", 0),
            ("Jun 5, 2026 12:00:00 AM", 0),
            ("Jun 5, 2026 12:00:00 PM", 43_200_000_000),
            ("Jun 5, 2026 1:00:00 PM", 46_800_000_000),
            ("Jun 5, 2026 1:00:00 AM", 3_600_000_000),
            ("1780617600 x", 0),
            ("1780617600.25 x", 250_000),
            ("1780617600123 x", 123_000),
            ("1780617600123456 x", 123_456),
            ("1780617600123456789 x", 123_456),
            ("06/05/2026 00:00:00", 0),
            ("06/05/26 00:00:00", 0),
            ("05.06.2026 00:00:00", 0),
            ("05-06-26 00:00:00", 0),
            ("0100-06-05 00:00:00", -60_778_684_800_000_000),
        ] {
            assert_eq!(at(line), Some(morning + micros), "{line}");
        }
        assert_eq!(at("12/12/2026 00:00:00"), at("2026-12-12 00:00:00"));
        assert_eq!(at("12/13/2026 00:00:00"), at("2026-12-13 00:00:00"));
        assert_eq!(at("13/12/2026 00:00:00"), at("2026-12-13 00:00:00"));
        assert_eq!(at("12.13.2026 00:00:00"), at("2026-12-13 00:00:00"));
        assert_eq!(at("[   12.000250] usb"), Some(12_000_250));
        assert_eq!(at("00:00:01.000250 x"), Some(1_000_250));
        assert_eq!(at("Jan 2 00:00:00 a b"), Some(946_771_200_000_000));
        assert_eq!(at("Dec 2 00:00:00 a b"), at("12-02 00:00:00.000 a"));
    }

    #[test]
    fn log_2_where_an_instant_stands_in_its_line() {
        let found = stamp("web-1  | 2026-11-20T14:02:11.310Z started").unwrap();
        assert_eq!((found.at, found.written.as_str()), (9, "2026-11-20T14:02:11.310Z"));
        let far =
            |before: usize| stamp(&format!("{}2026-11-20 14:02:11", " ".repeat(before))).map(|found| found.written);
        assert_eq!(far(221), Some("2026-11-20 14:02:11".to_owned()));
        assert_eq!(far(230), None);
        assert_eq!(stamp("2026-11-20 14:02:11 --> 2026-11-20 14:02:12"), None);
    }
}
