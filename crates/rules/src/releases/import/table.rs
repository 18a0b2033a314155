//! A list as a spreadsheet exports it: a line for each entry of the notes, the lines of one release one after the other.

use super::{Drafted, Found, ImportFault, Read, Said, Why, entry, field};
use crate::{
    entitlement::import::{NoColumn, named, records},
    policy::nearest,
};

/// The columns, by the names that the first line gives them, in any order.
pub(super) const COLUMNS: [&str; 9] =
    ["version", "date", "editions", "supported_until", "summary", "link", "yanked", "change", "text"];

/// What a spreadsheet takes for a formula begins with one of them.
pub(super) const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Columns that say something of the release, so that its lines have to agree.
const OF_RELEASE: [&str; 6] = ["date", "editions", "supported_until", "summary", "link", "yanked"];

/// A record by its columns.
struct Row<'r> {
    line: usize,
    columns: &'r [&'static str],
    fields: &'r [String],
}

impl Row<'_> {
    fn text(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|known| *known == column)?;
        self.fields.get(at).map(|field| field.trim())
    }
}

/// Reads a table whose fields are separated by commas, semicolons or tabs.
///
/// # Errors
/// All that is wrong, by line.
pub fn table(text: &str) -> Result<Read, Vec<ImportFault>> {
    let one = |line, why| vec![ImportFault { line, why }];
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let records = records(text).map_err(|(line, why)| one(line, Why::NotARecord(why)))?;
    let Some((head, rows)) = records.split_first() else { return Err(one(1, Why::NoReleases)) };
    let columns = columns(&head.fields)
        .map_err(|all| all.into_iter().map(|why| ImportFault { line: head.line, why }).collect::<Vec<_>>())?;
    let mut found = Found::default();
    // The first line of the release that the lines before are about.
    let mut first: Option<Row<'_>> = None;
    for record in rows {
        let row = Row { line: record.line, columns: &columns, fields: &record.fields };
        if record.fields.len() != columns.len() {
            found.fault(row.line, Why::FieldCount { fields: record.fields.len(), columns: columns.len() });
            continue;
        }
        for (column, written) in columns.iter().zip(&record.fields) {
            if written.starts_with(FORMULA) {
                found.fault(row.line, Why::Formula { column });
            }
        }
        let goes_on = first.as_ref().is_some_and(|first| first.text("version") == row.text("version"));
        match first.as_ref().filter(|_| goes_on) {
            Some(first) => agree(first, &row, &mut found),
            None => {
                release(&row, &mut found);
                first = Some(Row { ..row });
            }
        }
        let row = Row { line: record.line, columns: &columns, fields: &record.fields };
        note(&row, &mut found);
    }
    found.whole()
}

fn columns(head: &[String]) -> Result<Vec<&'static str>, Vec<Why>> {
    let (columns, strange) = named(head, &COLUMNS);
    let mut faults: Vec<Why> = strange
        .into_iter()
        .map(|it| match it {
            NoColumn::Twice { name } => Why::ColumnTwice { name },
            NoColumn::Unknown { written } => {
                Why::NoSuchColumn { name: field::cut(written), like: like(&written.trim().to_lowercase(), &COLUMNS) }
            }
        })
        .collect();
    for name in ["version", "date"] {
        if faults.is_empty() && !columns.contains(&name) {
            faults.push(Why::ColumnMissing { name });
        }
    }
    if columns.contains(&"change") != columns.contains(&"text") && faults.is_empty() {
        faults.push(Why::ColumnMissing { name: if columns.contains(&"text") { "change" } else { "text" } });
    }
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

/// The name that was probably meant.
pub(super) fn like(written: &str, known: &[&'static str]) -> &'static str {
    nearest(written, known.iter().copied()).or_else(|| known.first().copied()).unwrap_or_default()
}

fn agree(first: &Row<'_>, row: &Row<'_>, found: &mut Found) {
    for column in OF_RELEASE {
        if first.text(column) != row.text(column) {
            found.fault(row.line, Why::Differs { column, first: first.line });
        }
    }
}

fn release(row: &Row<'_>, found: &mut Found) {
    let mut faults = Vec::new();
    let version = field::version(row.text("version").unwrap_or_default()).map_err(|why| faults.push(why)).ok();
    let date = field::date(row.text("date").unwrap_or_default()).map_err(|why| faults.push(why)).ok();
    if let Some(version) = &version {
        found.is_first(version, row.line);
    }
    // All of it, also where the version is none, so that every fault is told.
    let said = said(row, &mut faults);
    faults.into_iter().for_each(|why| found.fault(row.line, why));
    if let (Some(version), Some(released_on)) = (version, date) {
        found.read.releases.push(Drafted { line: row.line, version, released_on, said });
    }
}

fn said(row: &Row<'_>, faults: &mut Vec<Why>) -> Said {
    let mut said = Said::default();
    let mut take = |read: Result<(), Why>| faults.extend(read.err());
    if let Some(text) = row.text("editions") {
        let all = text.split('|').map(str::trim).filter(|name| !name.is_empty()).map(field::edition);
        take(all.collect::<Result<_, _>>().map(|all| said.editions = Some(all)));
    }
    if let Some(text) = row.text("supported_until") {
        let day = Some(text).filter(|text| !text.is_empty()).map(field::date).transpose();
        take(day.map(|day| said.supported_until = Some(day)));
    }
    if let Some(text) = row.text("summary") {
        take(entry::summary(text).map(|text| said.summary = Some(text)));
    }
    if let Some(text) = row.text("link") {
        let link = Some(text).filter(|text| !text.is_empty()).map(field::link).transpose();
        take(link.map(|link| said.link = Some(link)));
    }
    if let Some(text) = row.text("yanked") {
        take(field::yes_or_no(text).map(|yanked| said.yanked = Some(yanked)));
    }
    said.notes = row.text("text").map(|_| Vec::new());
    said
}

fn note(row: &Row<'_>, found: &mut Found) {
    let (change, text) = (row.text("change").unwrap_or_default(), row.text("text").unwrap_or_default());
    if change.is_empty() && text.is_empty() {
        return;
    }
    if change.is_empty() || text.is_empty() {
        return found.fault(row.line, Why::HalfAnEntry);
    }
    let (change, text) = (field::change(change), entry::read(text));
    match (change, text) {
        (Ok(change), Ok(text)) => {
            found.read.push(entry::note(change, text));
        }
        (change, text) => {
            change.err().into_iter().chain(text.err()).for_each(|why| found.fault(row.line, why));
        }
    }
}
