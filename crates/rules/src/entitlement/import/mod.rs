//! A table of licences, as a vendor's books export it: every line is a licence of an organisation, known by its key. A file is
//! taken whole or not at all, and what is wrong is said of every line at once.

mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use table::{FILE_BYTES, NoRecord, NoText, text};

use super::{Terms, Written, read};
use crate::{policy::Policy, refusal::FieldFault};

/// The columns, by the names that the first line gives them, in any order.
pub const COLUMNS: [&str; 9] =
    ["key", "organisation", "kind", "plan", "deployment", "product", "edition", "seats", "through"];

/// A line that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub line: usize,
    /// Its number, or one of its domains.
    pub organisation: String,
    pub terms: Terms,
    /// The columns that the table has.
    pub columns: Vec<&'static str>,
}

impl Line {
    /// What a known licence says by this line: what the table has no column for stays as it is.
    pub fn over(&self, known: &Terms) -> Terms {
        let Terms { external_key, product, edition, deployment, plan, kind, seats, through } = self.terms.clone();
        let has = |column: &str| self.columns.contains(&column);
        Terms {
            external_key,
            product: if has("product") { product } else { known.product.clone() },
            edition: if has("edition") { edition } else { known.edition.clone() },
            deployment: if has("deployment") { deployment } else { known.deployment.clone() },
            plan: if has("plan") { plan } else { known.plan.clone() },
            kind: if has("kind") { kind } else { known.kind },
            seats: if has("seats") { seats } else { known.seats },
            through: if has("through") { through } else { known.through },
        }
    }
}

/// What is wrong in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    pub line: usize,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No line names columns.
    Empty,
    NoSuchColumn {
        name: String,
    },
    ColumnTwice {
        name: String,
    },
    ColumnMissing {
        name: &'static str,
    },
    NotARecord(NoRecord),
    /// More or fewer fields than the first line has columns.
    FieldCount {
        fields: usize,
        columns: usize,
    },
    KeyMissing,
    OrganisationMissing,
    /// The same key as another line.
    KeyTwice {
        key: String,
        first: usize,
    },
    /// It begins as a formula does: a spreadsheet would run it.
    Formula {
        column: &'static str,
        text: String,
    },
    Field(FieldFault),
    NoSuchOrganisation {
        organisation: String,
    },
    /// The key is that of another organisation's licence.
    KeyOfAnother {
        key: String,
        organisation: String,
    },
}

/// Reads a table.
///
/// # Errors
/// All that is wrong, by line.
pub fn lines(text: &str, policy: &Policy) -> Result<Vec<Line>, Vec<LineFault>> {
    let one = |line, why| vec![LineFault { line, why }];
    let records = records(text).map_err(|(line, why)| one(line, Why::NotARecord(why)))?;
    let Some((head, rows)) = records.split_first() else { return Err(one(1, Why::Empty)) };
    let columns = columns(&head.fields).map_err(|all| faults_at(head.line, all))?;
    let (mut taken, mut faults, mut keys) = (Vec::new(), Vec::new(), HashMap::new());
    for row in rows {
        match line(row, &columns, policy) {
            Ok(line) => taken.push(line),
            Err(all) => faults.extend(faults_at(row.line, all)),
        }
        // Also among lines that have another fault.
        let Some(key) = field(row, &columns, "key").filter(|key| !key.is_empty()) else { continue };
        if let Some(first) = keys.get(key) {
            faults.push(LineFault { line: row.line, why: Why::KeyTwice { key: key.to_owned(), first: *first } });
        } else {
            keys.insert(key.to_owned(), row.line);
        }
    }
    if faults.is_empty() { Ok(taken) } else { Err(faults) }
}

/// The records of any table, by the separator that its first line has most of.
///
/// # Errors
/// The first line that is not whole.
pub(crate) fn records(text: &str) -> Result<Vec<table::Record>, (usize, NoRecord)> {
    table::records(text, table::separator(text))
}

/// A name in the head of a table that says no column of it.
pub(crate) enum NoColumn<'a> {
    Twice { name: String },
    Unknown { written: &'a str },
}

/// The columns that the head of any table names, whatever their capitals, and what names none.
pub(crate) fn named<'a>(head: &'a [String], known: &[&'static str]) -> (Vec<&'static str>, Vec<NoColumn<'a>>) {
    let (mut columns, mut strange) = (Vec::new(), Vec::new());
    for written in head {
        let name = written.trim().to_lowercase();
        match known.iter().find(|known| **known == name) {
            Some(known) if columns.contains(known) => strange.push(NoColumn::Twice { name }),
            Some(known) => columns.push(*known),
            None => strange.push(NoColumn::Unknown { written }),
        }
    }
    (columns, strange)
}

fn faults_at(line: usize, all: Vec<Why>) -> Vec<LineFault> {
    all.into_iter().map(|why| LineFault { line, why }).collect()
}

/// Which column stands where.
fn columns(head: &[String]) -> Result<Vec<&'static str>, Vec<Why>> {
    let (columns, strange) = named(head, &COLUMNS);
    let mut faults: Vec<Why> = strange
        .into_iter()
        .map(|it| match it {
            NoColumn::Twice { name } => Why::ColumnTwice { name },
            NoColumn::Unknown { written } => Why::NoSuchColumn { name: written.trim().to_owned() },
        })
        .collect();
    for name in ["key", "organisation"] {
        if faults.is_empty() && !columns.contains(&name) {
            faults.push(Why::ColumnMissing { name });
        }
    }
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

fn field<'r>(row: &'r table::Record, columns: &[&'static str], name: &str) -> Option<&'r str> {
    let at = columns.iter().position(|column| *column == name)?;
    row.fields.get(at).map(|field| field.trim())
}

fn line(row: &table::Record, columns: &[&'static str], policy: &Policy) -> Result<Line, Vec<Why>> {
    if row.fields.len() != columns.len() {
        return Err(vec![Why::FieldCount { fields: row.fields.len(), columns: columns.len() }]);
    }
    let text = |name: &str| field(row, columns, name).unwrap_or_default().to_owned();
    let mut faults = Vec::new();
    for (column, text) in columns.iter().map(|column| (*column, text(column))) {
        if text.starts_with(['=', '+', '-', '@']) {
            faults.push(Why::Formula { column, text });
        }
    }
    let organisation = text("organisation");
    faults.extend(text("key").is_empty().then_some(Why::KeyMissing));
    faults.extend(organisation.is_empty().then_some(Why::OrganisationMissing));
    match read(&Written::of(text), policy) {
        Ok(terms) if faults.is_empty() => {
            return Ok(Line { line: row.line, organisation, terms, columns: columns.to_vec() });
        }
        Ok(_) => {}
        Err(all) => faults.extend(all.into_iter().map(Why::Field)),
    }
    Err(faults)
}
