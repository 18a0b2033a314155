//! Reads the all-day events of a calendar file (iCalendar, RFC 5545), strictly: a file that is not whole, or holds anything
//! that would be read wrongly, is refused with every line and the reason, and nothing of it is taken (PLN-6).

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};

/// Bytes of a file, at most.
pub const MOST_BYTES: usize = 1 << 20;
/// Dates of a file, at most.
pub const MOST_DAYS: usize = 2_000;
/// Dates of one event, at most; more would be a slip of the pen.
const LONGEST: i32 = 62;

/// A closed date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub name: String,
}

/// A line that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1; the one on which a folded line begins.
    pub line: usize,
    pub why: Why,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    TooLarge,
    /// Not written in UTF-8.
    NotText,
    /// It does not begin with `BEGIN:VCALENDAR`.
    NoCalendar,
    /// The file ends inside of something that was begun.
    CutOff,
    /// An end without a beginning, or of something else.
    WrongEnd,
    /// A line without name and value.
    NoProperty,
    NoDate,
    /// It has a time of day, so it is no whole day.
    NotAllDay,
    /// It ends before it begins, or lasts for months.
    Length,
    NoName,
    /// A repetition other than "every year on that date".
    Repeats,
    TooMany,
}

/// The days from the first year to the last, by date; of several events on a date the first one's name stays. Cancelled events
/// are none.
///
/// # Errors
/// Every line that cannot be taken; then nothing is.
pub fn read(bytes: &[u8], years: (i16, i16)) -> Result<Vec<Day>, Vec<Fault>> {
    if bytes.len() > MOST_BYTES {
        return Err(vec![Fault { line: 1, why: Why::TooLarge }]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err(vec![Fault { line, why: Why::NotText }]);
        }
    };
    let mut reader = Reader { years, days: BTreeMap::new(), faults: Vec::new(), open: Vec::new(), event: None };
    for (line, content) in unfolded(text) {
        reader.line(line, &content);
    }
    if !reader.open.is_empty() {
        reader.fault(text.lines().count().max(1), Why::CutOff);
    }
    if reader.days.len() > MOST_DAYS {
        reader.fault(1, Why::TooMany);
    }
    let days = reader.days.into_iter().map(|(date, name)| Day { date, name });
    if reader.faults.is_empty() { Ok(days.collect()) } else { Err(reader.faults) }
}

/// Lines with their continuations joined (3.1), each with the number of its first.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.split('\n').enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ if line.trim().is_empty() => {}
            _ => lines.push((at + 1, line.to_owned())),
        }
    }
    lines
}

struct Reader {
    years: (i16, i16),
    days: BTreeMap<Date, String>,
    faults: Vec<Fault>,
    /// What was begun and has not ended: `VCALENDAR`, `VEVENT`, and what else there is.
    open: Vec<String>,
    event: Option<Event>,
}

/// An event as far as it was read.
#[derive(Default)]
struct Event {
    line: usize,
    start: Option<Date>,
    end: Option<Date>,
    length: Option<i32>,
    name: String,
    yearly: Option<Yearly>,
    is_cancelled: bool,
    is_refused: bool,
}

/// Every year on that date, to the last year or so many times.
#[derive(Clone, Copy)]
struct Yearly {
    until: Option<Date>,
    count: Option<i16>,
}

impl Reader {
    fn fault(&mut self, line: usize, why: Why) {
        self.faults.push(Fault { line, why });
        if let Some(event) = &mut self.event {
            event.is_refused = true;
        }
    }

    fn line(&mut self, line: usize, content: &str) {
        let Some((head, value)) = property(content) else { return self.fault(line, Why::NoProperty) };
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        let (name, value) = (name.to_ascii_uppercase(), value.trim());
        match name.as_str() {
            "BEGIN" => self.begin(line, value),
            "END" => self.end(line, value),
            _ if self.open.is_empty() => self.fault(line, Why::NoCalendar),
            _ if self.open.last().is_some_and(|of| of == "VEVENT") => self.of_event(line, &name, (parameters, value)),
            _ => {}
        }
    }

    fn begin(&mut self, line: usize, what: &str) {
        let what = what.to_ascii_uppercase();
        if self.open.is_empty() && what != "VCALENDAR" {
            return self.fault(line, Why::NoCalendar);
        }
        if what == "VEVENT" {
            self.event = Some(Event { line, ..Event::default() });
        }
        self.open.push(what);
    }

    fn end(&mut self, line: usize, what: &str) {
        if self.open.last().is_none_or(|open| !open.eq_ignore_ascii_case(what)) {
            return self.fault(line, Why::WrongEnd);
        }
        let ended = self.open.pop().unwrap_or_default();
        if ended == "VEVENT"
            && let Some(event) = self.event.take()
        {
            self.take(event);
        }
    }

    fn of_event(&mut self, line: usize, name: &str, (parameters, value): (&str, &str)) {
        let is_date_time = value.contains('T') || parameters.to_ascii_uppercase().contains("VALUE=DATE-TIME");
        match name {
            "DTSTART" | "DTEND" if is_date_time => self.fault(line, Why::NotAllDay),
            "DTSTART" | "DTEND" => match date(value) {
                Some(date) => {
                    let event = self.event.get_or_insert_default();
                    *(if name == "DTSTART" { &mut event.start } else { &mut event.end }) = Some(date);
                }
                None => self.fault(line, Why::NoDate),
            },
            "DURATION" => match length(value) {
                Some(days) => self.event.get_or_insert_default().length = Some(days),
                None => self.fault(line, Why::NotAllDay),
            },
            "SUMMARY" => self.event.get_or_insert_default().name = plain(value),
            "RRULE" => match yearly(value) {
                Some(yearly) => self.event.get_or_insert_default().yearly = Some(yearly),
                None => self.fault(line, Why::Repeats),
            },
            "RDATE" | "EXDATE" | "EXRULE" | "RECURRENCE-ID" => self.fault(line, Why::Repeats),
            "STATUS" => self.event.get_or_insert_default().is_cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            _ => {}
        }
    }

    fn take(&mut self, event: Event) {
        if event.is_cancelled || event.is_refused {
            return;
        }
        let Some(start) = event.start else { return self.fault(event.line, Why::NoDate) };
        if event.name.is_empty() {
            return self.fault(event.line, Why::NoName);
        }
        let to_end = event.end.map(|end| (end - start).get_days());
        let days = to_end.or(event.length).unwrap_or(1);
        // Some programs write the same date as the end of a single day.
        let days = if to_end == Some(0) { 1 } else { days };
        if !(1..=LONGEST).contains(&days) {
            return self.fault(event.line, Why::Length);
        }
        for first in starts(start, event.yearly, self.years.1) {
            for day in (0..days).filter_map(|n| first.checked_add(n.days()).ok()) {
                if (self.years.0..=self.years.1).contains(&day.year()) {
                    self.days.entry(day).or_insert_with(|| event.name.clone());
                }
            }
        }
    }
}

/// The dates on which an event begins, to a year. The 29th of February comes in leap years only.
fn starts(start: Date, yearly: Option<Yearly>, last: i16) -> Vec<Date> {
    let Some(Yearly { until, count }) = yearly else { return vec![start] };
    let dates = (start.year()..=last).filter_map(|year| Date::new(year, start.month(), start.day()).ok());
    let dates = dates.take_while(|date| until.is_none_or(|until| *date <= until));
    dates.take(count.map_or(usize::MAX, |count| usize::try_from(count).unwrap_or(0))).collect()
}

/// `NAME;PARAMETERS` and the value; a colon inside of quotes belongs to a parameter.
fn property(content: &str) -> Option<(&str, &str)> {
    let mut is_quoted = false;
    let at = content.find(|c| {
        is_quoted ^= c == '"';
        c == ':' && !is_quoted
    })?;
    let (head, value) = (&content[..at], &content[at + 1..]);
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
    head.starts_with(is_name).then_some((head, value))
}

/// `20261225`.
fn date(value: &str) -> Option<Date> {
    if value.len() != 8 || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Date::new(value[..4].parse().ok()?, value[4..6].parse().ok()?, value[6..].parse().ok()?).ok()
}

/// `P1D`, `P2W`.
fn length(value: &str) -> Option<i32> {
    let days = value.strip_prefix('P')?;
    let (number, each) = days.strip_suffix('D').map(|n| (n, 1)).or_else(|| Some((days.strip_suffix('W')?, 7)))?;
    let number: i32 = Some(number).filter(|n| n.len() <= 3)?.parse().ok()?;
    Some(number * each)
}

/// Only "every year on that date": anything else could be read wrongly.
fn yearly(value: &str) -> Option<Yearly> {
    let mut found = Yearly { until: None, count: None };
    let mut is_yearly = false;
    for part in value.split(';') {
        let (key, value) = part.split_once('=')?;
        match key.to_ascii_uppercase().as_str() {
            "FREQ" => is_yearly = value.eq_ignore_ascii_case("YEARLY"),
            "INTERVAL" if value == "1" => {}
            "COUNT" => found.count = Some(value.parse().ok().filter(|count| *count > 0)?),
            "UNTIL" => found.until = Some(date(value.get(..8)?)?),
            "WKST" => {}
            _ => return None,
        }
    }
    is_yearly.then_some(found)
}

/// A text without its escapes (3.3.11), on one line.
fn plain(value: &str) -> String {
    let mut said = String::new();
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        match (sign, sign == '\\') {
            (_, true) => match signs.next() {
                Some('n' | 'N') => said.push(' '),
                Some(other) => said.push(other),
                None => {}
            },
            (sign, false) => said.push(if sign.is_control() { ' ' } else { sign }),
        }
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
