//! Releases as the files that can be read again.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{Drafted, table::COLUMNS};
use crate::{
    releases::{Change, Note},
    table::FORMULA,
};

/// The notes of a release alone, as they are read again without its heading.
pub fn as_notes(release: &Drafted) -> String {
    let whole = as_changelog(std::slice::from_ref(release));
    let notes = whole.split_once("\n## ").and_then(|(_, rest)| Some(rest.split_once('\n')?.1));
    notes.unwrap_or_default().trim_start_matches('\n').to_owned()
}

/// A changelog, in the order given. Editions, days of support and requirements have no place in it.
pub fn as_changelog(releases: &[Drafted]) -> String {
    let mut out = "# Changelog\n".to_owned();
    for release in releases {
        heading(&mut out, release);
        if let Some(summary) = release.said.summary.as_ref().filter(|summary| !summary.is_empty()) {
            say(&mut out, format_args!("\n{summary}\n"));
        }
        let mut section: Option<Change> = None;
        for note in release.said.notes.iter().flatten() {
            if section != Some(note.change) {
                say(&mut out, format_args!("\n### {}\n\n", note.change.as_str()));
                section = Some(note.change);
            }
            say(&mut out, format_args!("- {}\n", marked(note).replace('\n', "\n  ")));
        }
    }
    out
}

fn heading(out: &mut String, release: &Drafted) {
    let version = &release.version;
    let named = match release.said.link.as_ref().and_then(Option::as_ref) {
        Some(link) => format!("[{version}]({link})"),
        None => format!("[{version}]"),
    };
    let yanked = if release.said.yanked == Some(true) { " [YANKED]" } else { "" };
    say(out, format_args!("\n## {named} - {}{yanked}\n", release.released_on));
}

fn marked(note: &Note) -> String {
    let anchor = note.anchor.as_ref().map(|anchor| format!("<a id=\"{anchor}\"></a> "));
    format!("{}{}", anchor.unwrap_or_default(), note.text)
}

fn say(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a string takes what is written");
}

/// A list as JSON: all that is said.
pub fn as_json(releases: &[Drafted]) -> String {
    let all: Vec<Value> = releases.iter().map(object).collect();
    format!("{:#}\n", Value::Array(all))
}

fn object(release: &Drafted) -> Value {
    let mut map = Map::new();
    let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
    put("version", json!(release.version.to_string()));
    put("date", json!(release.released_on.to_string()));
    if let Some(editions) = &release.said.editions {
        put("editions", json!(editions.iter().map(|it| it.as_str()).collect::<Vec<_>>()));
    }
    if let Some(until) = &release.said.supported_until {
        put("supported_until", json!(until.map(|until| until.to_string())));
    }
    if let Some(summary) = &release.said.summary {
        put("summary", json!(summary));
    }
    if let Some(link) = &release.said.link {
        put("link", json!(link));
    }
    if let Some(yanked) = release.said.yanked {
        put("yanked", json!(yanked));
    }
    if let Some(runs_on) = &release.said.runs_on {
        let one = |it: &crate::releases::Requirement| {
            let text = |range: &Option<crate::releases::Range>| range.as_ref().map(ToString::to_string);
            json!({"what": it.what, "required": text(&it.required), "recommended": text(&it.recommended)})
        };
        put("runs_on", Value::Array(runs_on.iter().map(one).collect()));
    }
    if let Some(notes) = &release.said.notes {
        let one = |note: &Note| json!({"change": note.change.as_str().to_lowercase(), "text": marked(note)});
        put("notes", Value::Array(notes.iter().map(one).collect()));
    }
    Value::Object(map)
}

/// A list as CSV (RFC 4180): a line for each entry, and one for a release without entries. Requirements have no place in it.
pub fn as_table(releases: &[Drafted]) -> String {
    let mut out = format!("{}\r\n", COLUMNS.join(","));
    for release in releases {
        let notes: Vec<Option<&Note>> = match &release.said.notes {
            Some(notes) if !notes.is_empty() => notes.iter().map(Some).collect(),
            _ => vec![None],
        };
        for note in notes {
            let fields = COLUMNS.map(|column| cell(release, note, column));
            // A spreadsheet would run it.
            let plain = fields.map(|field| if field.starts_with(FORMULA) { format!(" {field}") } else { field });
            let quoted = plain.map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
            say(&mut out, format_args!("{}\r\n", quoted.join(",")));
        }
    }
    out
}

fn cell(release: &Drafted, note: Option<&Note>, column: &str) -> String {
    match column {
        "version" => release.version.to_string(),
        "date" => release.released_on.to_string(),
        "editions" => {
            let all = release.said.editions.iter().flatten().map(|it| it.as_str());
            all.collect::<Vec<_>>().join(" | ")
        }
        "supported_until" => release.said.supported_until.flatten().map(|day| day.to_string()).unwrap_or_default(),
        "summary" => release.said.summary.clone().unwrap_or_default(),
        "link" => release.said.link.clone().flatten().unwrap_or_default(),
        "yanked" => if release.said.yanked == Some(true) { "yes" } else { "" }.to_owned(),
        "change" => note.map(|note| note.change.as_str().to_lowercase()).unwrap_or_default(),
        _ => note.map(marked).unwrap_or_default(),
    }
}
