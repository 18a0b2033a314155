//! Spans of time as people write them: `<2h`, `today`, `2026-11`, `>=2026-11-01`, `2026-11-01..2026-11-15`.
//!
//! A length of time counts from now: towards the past for what has happened (`filed:<7d`, less than seven days ago),
//! towards the future for what is due (`due:<2h`, in less than two hours, or late already). It is wall time, since it is a
//! person who says it.

use jiff::{SignedDuration, civil::Date, tz::TimeZone};

use super::{Field, Moment, Reader, Test, Why};
use crate::instant::Instant;

/// From the first, up to and without the second.
type Span = (Option<Instant>, Option<Instant>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Compared {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
}

pub(super) fn within(field: Field, moment: Moment, value: &str, reader: &Reader<'_>) -> Result<Test, Why> {
    let (from, until) = span(field, moment, value, reader)?;
    Ok(Test::Within { moment, from, until })
}

fn span(field: Field, moment: Moment, value: &str, reader: &Reader<'_>) -> Result<Span, Why> {
    let not_a_time = || Why::NotATime { field, written: value.to_owned() };
    if let Some((first, last)) = value.split_once("..") {
        let side = |text: &str| -> Result<Option<(Instant, Instant)>, Why> {
            if text.is_empty() { Ok(None) } else { days(text, reader).map(Some).ok_or_else(not_a_time) }
        };
        let (first, last) = (side(first)?, side(last)?);
        if first.is_none() && last.is_none() {
            return Err(Why::NoEnds { field });
        }
        return Ok((first.map(|(start, _)| start), last.map(|(_, end)| end)));
    }
    let (compared, text) = compared(value);
    if let Some(length) = length(text) {
        return Ok(by_length(moment, compared, reader.now, length));
    }
    let (start, end) = days(text, reader).ok_or_else(not_a_time)?;
    Ok(match compared {
        Compared::Equal => (Some(start), Some(end)),
        Compared::Less => (None, Some(start)),
        Compared::AtMost => (None, Some(end)),
        Compared::More => (Some(end), None),
        Compared::AtLeast => (Some(start), None),
    })
}

fn compared(value: &str) -> (Compared, &str) {
    let signs = [
        (">=", Compared::AtLeast),
        ("<=", Compared::AtMost),
        (">", Compared::More),
        ("<", Compared::Less),
        ("=", Compared::Equal),
    ];
    let found = signs.into_iter().find_map(|(sign, compared)| Some((compared, value.strip_prefix(sign)?)));
    found.unwrap_or((Compared::Equal, value))
}

/// `due:2h` is as `due:<2h`: nobody means the very instant.
fn by_length(moment: Moment, compared: Compared, now: Instant, length: SignedDuration) -> Span {
    let is_less = matches!(compared, Compared::Less | Compared::AtMost | Compared::Equal);
    if moment == Moment::Due {
        let edge = now.plus(length);
        return if is_less { (None, Some(edge)) } else { (Some(edge), None) };
    }
    let edge = now.plus(-length);
    if is_less { (Some(edge), None) } else { (None, Some(edge)) }
}

/// `30m`, `2h`, `3d`, `2w`.
fn length(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().last()?;
    let hours = match unit {
        'm' => return minutes(text.strip_suffix('m')?),
        'h' => 1,
        'd' => 24,
        'w' => 7 * 24,
        _ => return None,
    };
    minutes(&text[..text.len() - 1])?.checked_mul(60 * hours)
}

fn minutes(digits: &str) -> Option<SignedDuration> {
    let count: i64 =
        digits.parse().ok().filter(|_| digits.len() <= 6 && digits.bytes().all(|it| it.is_ascii_digit()))?;
    Some(SignedDuration::from_mins(count))
}

/// A day, a month or a year, from its start up to the next one's.
fn days(text: &str, reader: &Reader<'_>) -> Option<(Instant, Instant)> {
    let today = || Some(reader.now.timestamp().to_zoned(reader.zone.clone()).date());
    let (first, next) = match text {
        "today" => day(today()?)?,
        "yesterday" => day(today()?.yesterday().ok()?)?,
        "tomorrow" => day(today()?.tomorrow().ok()?)?,
        _ => written(text)?,
    };
    Some((start(first, &reader.zone)?, start(next, &reader.zone)?))
}

fn day(date: Date) -> Option<(Date, Date)> {
    Some((date, date.tomorrow().ok()?))
}

fn written(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str, digits: usize| part.len() == digits && part.bytes().all(|it| it.is_ascii_digit());
    let digits = [4, 2, 2];
    if parts.len() > 3 || !parts.iter().zip(digits).all(|(part, digits)| is_number(part, digits)) {
        return None;
    }
    let year = parts[0].parse().ok()?;
    let number = |at: usize| parts.get(at).map_or(Some(1), |part| part.parse().ok());
    let first = Date::new(year, number(1)?, number(2)?).ok()?;
    let next = match parts.len() {
        1 => Date::new(year.checked_add(1)?, 1, 1).ok()?,
        2 => first.last_of_month().tomorrow().ok()?,
        _ => first.tomorrow().ok()?,
    };
    Some((first, next))
}

fn start(date: Date, zone: &TimeZone) -> Option<Instant> {
    date.to_zoned(zone.clone()).ok().map(|it| Instant::from(it.timestamp()))
}
