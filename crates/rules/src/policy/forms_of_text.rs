//! The forms in which some texts of the file must be written: keys, dates, zones, addresses, targets, slots.

use super::{TARGET_FORMS, Target};
use crate::{calendar::LocalTime, keys::is_key};

/// Why a text does not have its form.
#[derive(Debug)]
pub(super) struct Form {
    pub message: String,
    pub fix: String,
}

/// Checks a text by the `format` that the schema gives it; unknown formats hold.
pub(super) fn check(format: &str, text: &str) -> Result<(), Form> {
    match format {
        "key" if !is_key(text) => refuse(
            format!("`{text}` is no key"),
            "keys are small letters, digits and `_`, begin with a letter and have at most 40 characters",
        ),
        "date" if text.parse::<jiff::civil::Date>().is_err() || text.len() != 10 => refuse(
            format!("`{text}` is no date of the calendar"),
            "write it as `2026-12-25`, and check that the month has that day",
        ),
        "zone" if jiff::tz::TimeZone::get(text).is_err() => refuse(
            format!("`{text}` is no time zone"),
            "use the name of the IANA database: `UTC`, `Europe/Berlin`, `America/New_York`",
        ),
        "url" if !is_url(text) => {
            refuse(format!("`{text}` is no address that people can open"), "write the whole of it, from `https://` on")
        }
        "language" if !is_language(text) => {
            refuse(format!("`{text}` is no language"), "write its tag: `en`, `de`, `pt-BR`")
        }
        "target" => {
            text.parse::<Target>().map(drop).map_err(|message| Form { message, fix: format!("write {TARGET_FORMS}") })
        }
        "time-of-day" if text.parse::<LocalTime>().is_err() => Err(Form {
            message: format!("`{text}` is no time of day"),
            fix: format!("write `{}`, as the clock shows it; the end of a day is `24:00`", time_meant(text)),
        }),
        _ => Ok(()),
    }
}

fn refuse(message: String, fix: &str) -> Result<(), Form> {
    Err(Form { message, fix: fix.to_owned() })
}

/// The time that somebody probably meant who wrote `8`, `8:00` or `08.30`; else one that shows how it is written.
fn time_meant(text: &str) -> String {
    let (hours, minutes) = text.trim().split_once([':', '.', 'h']).unwrap_or((text.trim(), "00"));
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let meant = format!("{hours:0>2}:{minutes:0>2}");
    if meant.parse::<LocalTime>().is_ok() { meant } else { "08:00".to_owned() }
}

fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric()) && !text.contains(char::is_whitespace))
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && letters(part) && part.to_lowercase() == part)
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(format: &str, text: &str) -> bool {
        check(format, text).is_ok()
    }

    #[test]
    fn pol_1_an_address_is_whole_and_one_word() {
        for text in ["https://desk.larkspur.example", "http://localhost:8080/x?y=1", "https://ü.example"] {
            assert!(holds("url", text), "{text}");
        }
        for text in [
            "",
            "desk.example",
            "https://",
            "https:///x",
            "https:// desk.example",
            "https://a b",
            "ftp://a",
            "https://a\n",
        ] {
            assert!(!holds("url", text), "{text:?}");
        }
    }

    #[test]
    fn pol_1_a_language_is_a_tag() {
        for text in ["en", "de", "ast", "pt-BR", "es-419", "zh-Hant-TW", "sl-nedis", "de-CH-1901"] {
            assert!(holds("language", text), "{text}");
        }
        for text in ["", "e", "EN", "english", "d3", "en_US", "en-", "en-x", "-en", "pt-BR!", "de-Germanies", "de-ä1"]
        {
            assert!(!holds("language", text), "{text:?}");
        }
    }

    #[test]
    fn pol_1_dates_are_written_in_one_way() {
        for (text, is_one) in [("2028-02-29", true), ("2027-02-29", false), ("20270228", false), ("2027-2-28", false)] {
            assert_eq!(holds("date", text), is_one, "{text}");
        }
    }
}
