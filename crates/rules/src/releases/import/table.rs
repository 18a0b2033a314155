//! A list as a spreadsheet exports it: a line for each entry of the notes, the lines of one release one after the other.

use super::{Drafted, Found, ImportFault, Read, Said, Why, entry, field};
use crate::{
    policy::nearest,
    table::{FORMULA, Misshapen, Row, Table},
};

/// The columns, by the names that the first line gives them, in any order.
pub(super) const COLUMNS: [&str; 9] =
    ["version", "date", "editions", "supported_until", "summary", "link", "yanked", "change", "text"];

/// Columns that say something of the release, so that its lines have to agree.
const OF_RELEASE: [&str; 6] = ["date", "editions", "supported_until", "summary", "link", "yanked"];

impl From<Misshapen> for Why {
    fn from(why: Misshapen) -> Self {
        match why {
            Misshapen::Empty => Self::NoReleases,
            Misshapen::NotARecord(why) => Self::NotARecord(why),
            Misshapen::NoSuchColumn { name } => {
                Self::NoSuchColumn { name: field::cut(&name), like: like(&name.trim().to_lowercase(), &COLUMNS) }
            }
            Misshapen::ColumnTwice { name } => Self::ColumnTwice { name },
            Misshapen::ColumnMissing { name } => Self::ColumnMissing { name },
            Misshapen::FieldCount { fields, columns } => Self::FieldCount { fields, columns },
            Misshapen::Formula { column, .. } => Self::Formula { column },
        }
    }
}

/// Reads a table whose fields are separated by commas, semicolons or tabs.
///
/// # Errors
/// All that is wrong, by line.
pub fn table(text: &str) -> Result<Read, Vec<ImportFault>> {
    let table = Table::read(text.strip_prefix('\u{feff}').unwrap_or(text), &COLUMNS, missing)?;
    let mut found = Found::default();
    // The first line of the release that the lines before are about.
    let mut first: Option<Row<'_>> = None;
    for row in table.rows() {
        if let Some(why) = row.miscounted() {
            found.fault(row.line, why.into());
            continue;
        }
        for (column, _) in row.written().filter(|(_, written)| written.starts_with(FORMULA)) {
            found.fault(row.line, Why::Formula { column });
        }
        match first.filter(|first| first.text("version") == row.text("version")) {
            Some(first) => agree(first, row, &mut found),
            None => {
                release(row, &mut found);
                first = Some(row);
            }
        }
        note(row, &mut found);
    }
    found.whole()
}

/// An entry has both its columns or none.
fn missing(columns: &[&str]) -> Option<&'static str> {
    let is_missing = |name: &&str| !columns.contains(name);
    let needed = ["version", "date"].into_iter().find(is_missing);
    needed.or_else(|| match ["change", "text"].map(|name| is_missing(&name)) {
        [true, false] => Some("change"),
        [false, true] => Some("text"),
        _ => None,
    })
}

/// The name that was probably meant.
pub(super) fn like(written: &str, known: &[&'static str]) -> &'static str {
    nearest(written, known.iter().copied()).or_else(|| known.first().copied()).unwrap_or_default()
}

fn agree(first: Row<'_>, row: Row<'_>, found: &mut Found) {
    for column in OF_RELEASE {
        if first.text(column) != row.text(column) {
            found.fault(row.line, Why::Differs { column, first: first.line });
        }
    }
}

fn release(row: Row<'_>, found: &mut Found) {
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

fn said(row: Row<'_>, faults: &mut Vec<Why>) -> Said {
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

fn note(row: Row<'_>, found: &mut Found) {
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
