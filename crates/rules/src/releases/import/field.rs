//! The fields of a release as every kind of file writes them: a day, a link, yes or no.

use jiff::civil::Date;

use super::Why;
use crate::releases::{Change, Edition, NoVersion, Range, Version};

/// Characters of a link, at most.
const LINK: usize = 500;

pub(super) fn version(text: &str) -> Result<Version, Why> {
    Version::parse(text).map_err(Why::NotAVersion)
}

/// Only as 2026-11-26: what 03/04/2027 is depends on who reads it.
pub(super) fn date(text: &str) -> Result<Date, Why> {
    let text = text.trim();
    let parts: Vec<usize> = text.split('-').map(str::len).collect();
    let date = text.parse::<Date>().ok().filter(|_| parts == [4, 2, 2]);
    date.ok_or_else(|| Why::NotADate { text: cut(text) })
}

pub(super) fn range(text: &str) -> Result<Range, Why> {
    Range::read(text).map_err(Why::NotARange)
}

pub(super) fn edition(text: &str) -> Result<Edition, Why> {
    Edition::read(text).map_err(Why::NotAName)
}

pub(super) fn change(text: &str) -> Result<Change, Why> {
    Change::read(text).ok_or_else(|| Why::NotAChange { text: cut(text) })
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, Why> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" | "1" | "x" | "yanked" => Ok(true),
        "no" | "false" | "0" | "" => Ok(false),
        _ => Err(Why::NotYesOrNo { text: cut(text) }),
    }
}

/// An address of the web that can stand in Markdown as it is.
pub(super) fn link(text: &str) -> Result<String, Why> {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let fits = |c: char| c.is_ascii_graphic() && !"()<>[]\\\"*`;".contains(c);
    let is_link = text.len() <= LINK && rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(fits));
    if is_link { Ok(text.to_owned()) } else { Err(Why::NotALink { text: cut(text) }) }
}

/// An anchor of a page.
pub(super) fn is_anchor(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.len() <= 80 && text.chars().all(fits)
}

pub(super) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

pub(super) fn no_version(text: &str) -> Why {
    Why::NotAVersion(NoVersion::of(text))
}
