//! What TOML complains about, said to whoever writes policies rather than parsers: what was written twice, and where
//! first; what lacks its quotes. A table that is there twice is one fault, not one for each of its keys.

use std::ops::Range;

use toml::de::Error;

use super::Fault;

/// TOML's complaints about a file, in its order.
pub(super) fn faults(source: &str, errors: &[Error]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut repeated: Option<Range<usize>> = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        if repeated.as_ref().is_some_and(|table| table.contains(&span.start)) {
            continue;
        }
        if error.message() == "duplicate key" {
            repeated = header(line_at(source, span.start)).map(|_| span.start..table_end(source, span.start));
            faults.push(twice(source, span));
        } else {
            faults.push(bare(source, &span).unwrap_or_else(|| other(source, span, error)));
        }
    }
    faults
}

fn other(source: &str, span: Range<usize>, error: &Error) -> Fault {
    let message = format!("this is not TOML: {}", error.message().replace('\n', "; "));
    Fault::at(source, span, message, "correct the line; strings stand in quotes, a text of several lines in `\"\"\"`")
}

/// A key or a table that stands there already.
fn twice(source: &str, span: Range<usize>) -> Fault {
    let written = line_at(source, span.start);
    let number = |found: usize| source[..found].matches('\n').count() + 1;
    let of =
        |first: Option<usize>| first.map_or(String::new(), |found| format!(": the first is in line {}", number(found)));
    let lines = || lines_before(source, span.start);
    if let Some(name) = header(written) {
        let first = lines().find(|(_, line)| header(line) == Some(name)).map(|(at, _)| at);
        let message = format!("the table `[{name}]` is there twice{}", of(first));
        return Fault::at(source, span, message, "put what both say under one of them, or give this one another name");
    }
    let key = source.get(span.clone()).unwrap_or_default().trim();
    let is_same = |line: &str| line.split_once('=').is_some_and(|(before, _)| before.trim() == key);
    let first = lines().take_while(|(_, line)| header(line).is_none()).find(|(_, line)| is_same(line));
    let message = format!("`{key}` is there twice{}", of(first.map(|(at, _)| at)));
    Fault::at(source, span, message, "keep one of the two")
}

/// A value that is none: a word without quotes, or nothing.
fn bare(source: &str, span: &Range<usize>) -> Option<Fault> {
    let word = source.get(span.clone())?.trim();
    let before = source.get(..span.start)?.trim_end_matches([' ', '\t']);
    if !before.ends_with('=') {
        return None;
    }
    if word.is_empty() {
        let fix = "write the value behind the `=`: a text in quotes, a number, or `true` or `false`";
        return Some(Fault::at(source, span.clone(), "there is no value", fix));
    }
    if !word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
        return None;
    }
    let fix = match word.to_lowercase().as_str() {
        "yes" | "on" | "true" => format!("write `true`, or `\"{word}\"` where it is a text"),
        "no" | "off" | "false" => format!("write `false`, or `\"{word}\"` where it is a text"),
        _ => format!("write `\"{word}\"` where it is a text; only numbers, `true` and `false` stand without quotes"),
    };
    Some(Fault::at(source, span.clone(), format!("`{word}` is no value: a text stands in quotes"), fix))
}

/// The name in a line such as `[types.bug]`.
fn header(line: &str) -> Option<&str> {
    let name = line.trim_start().strip_prefix('[')?;
    (!name.starts_with('[')).then(|| name.split(']').next().unwrap_or(name).trim())
}

/// Where the table whose heading stands at `at` ends: before the next heading, or with the file.
fn table_end(source: &str, at: usize) -> usize {
    let mut ends = source[at..].match_indices('\n').map(|(end, _)| at + end);
    let is_last = |end: &usize| source[end + 1..].trim_start_matches([' ', '\t']).starts_with('[');
    ends.find(is_last).unwrap_or(source.len())
}

fn line_at(source: &str, at: usize) -> &str {
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    source[start..].lines().next().unwrap_or_default()
}

/// The lines above the one at `at`, from the nearest up, each with where it begins.
fn lines_before(source: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    source[..at].rmatch_indices('\n').map(|(end, _)| {
        let start = source[..end].rfind('\n').map_or(0, |before| before + 1);
        (start, &source[start..end])
    })
}
