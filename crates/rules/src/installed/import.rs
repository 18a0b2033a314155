//! A list of installations, as a vendor's own books or telemetry export it: a line each, with commas, semicolons or tabs. It is read
//! by the reader of tables of licences, and taken whole or not at all.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::{
    entitlement::import::{NoColumn, NoRecord, named, records},
    releases::{Edition, Instance, NoName, NoVersion, Version},
};

/// The columns, by the names that the first line gives them, in any order.
pub const COLUMNS: [&str; 6] = ["organisation", "licence", "version", "edition", "instance", "seen"];

/// A line that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub line: usize,
    /// Its number, or one of its domains.
    pub organisation: Option<String>,
    /// The key of one of its licences; one of both stands there.
    pub licence: Option<String>,
    pub version: Version,
    pub edition: Option<Edition>,
    pub instance: Option<Instance>,
    /// The day on which it was so; the day of the import unless given.
    pub seen: Option<Date>,
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
    /// No column names the owner, or none the version.
    ColumnMissing {
        name: &'static str,
    },
    NotARecord(NoRecord),
    /// More or fewer fields than the first line has columns.
    FieldCount {
        fields: usize,
        columns: usize,
    },
    OwnerMissing,
    VersionMissing,
    Version(NoVersion),
    Name {
        column: &'static str,
        why: NoName,
    },
    NoDay {
        text: String,
    },
    /// A day that has not come.
    ToCome {
        day: Date,
    },
    /// It begins as a formula does: a spreadsheet would run it.
    Formula {
        column: &'static str,
        text: String,
    },
    /// The same installation as in another line.
    Twice {
        first: usize,
    },
    NoSuchOrganisation {
        organisation: String,
    },
    NoSuchLicence {
        licence: String,
    },
    /// The licence is another organisation's than the line names.
    LicenceOfAnother {
        licence: String,
    },
}

/// Reads a list; `today` is the last day on which anything can have been seen.
///
/// # Errors
/// All that is wrong, by line.
pub fn lines(text: &str, today: Date) -> Result<Vec<Line>, Vec<LineFault>> {
    let one = |line, why| vec![LineFault { line, why }];
    let records = records(text).map_err(|(line, why)| one(line, Why::NotARecord(why)))?;
    let Some((head, rows)) = records.split_first() else { return Err(one(1, Why::Empty)) };
    let at = |line: usize, all: Vec<Why>| all.into_iter().map(move |why| LineFault { line, why });
    let columns = columns(&head.fields).map_err(|all| at(head.line, all).collect::<Vec<_>>())?;
    let (mut taken, mut faults, mut known) = (Vec::new(), Vec::new(), BTreeMap::new());
    for row in rows {
        match line(row.line, &row.fields, &columns, today) {
            Ok(line) => {
                let of = (line.organisation.clone(), line.licence.clone(), line.edition.clone(), line.instance.clone());
                match known.get(&of) {
                    Some(first) => faults.push(LineFault { line: row.line, why: Why::Twice { first: *first } }),
                    None => {
                        known.insert(of, row.line);
                    }
                }
                taken.push(line);
            }
            Err(all) => faults.extend(at(row.line, all)),
        }
    }
    if faults.is_empty() { Ok(taken) } else { Err(faults) }
}

fn columns(head: &[String]) -> Result<Vec<&'static str>, Vec<Why>> {
    let (columns, strange) = named(head, &COLUMNS);
    let mut faults: Vec<Why> = strange
        .into_iter()
        .map(|it| match it {
            NoColumn::Twice { name } => Why::ColumnTwice { name },
            NoColumn::Unknown { written } => Why::NoSuchColumn { name: written.trim().to_owned() },
        })
        .collect();
    if faults.is_empty() && !columns.contains(&"organisation") && !columns.contains(&"licence") {
        faults.push(Why::ColumnMissing { name: "organisation" });
    }
    if faults.is_empty() && !columns.contains(&"version") {
        faults.push(Why::ColumnMissing { name: "version" });
    }
    if faults.is_empty() { Ok(columns) } else { Err(faults) }
}

fn line(line: usize, fields: &[String], columns: &[&'static str], today: Date) -> Result<Line, Vec<Why>> {
    if fields.len() != columns.len() {
        return Err(vec![Why::FieldCount { fields: fields.len(), columns: columns.len() }]);
    }
    let text = |name: &str| {
        let at = columns.iter().position(|column| *column == name)?;
        fields.get(at).map(|field| field.trim().to_owned()).filter(|field| !field.is_empty())
    };
    let mut faults = Vec::new();
    for column in columns {
        if let Some(text) = text(column).filter(|it| it.starts_with(['=', '+', '-', '@'])) {
            faults.push(Why::Formula { column, text });
        }
    }
    let (organisation, licence) = (text("organisation"), text("licence"));
    faults.extend((organisation.is_none() && licence.is_none()).then_some(Why::OwnerMissing));
    let version = match text("version").map(|it| Version::parse(&it)) {
        None => Err(Why::VersionMissing),
        Some(read) => read.map_err(Why::Version),
    };
    let name = |column, why| Why::Name { column, why };
    let edition = text("edition").map(|it| Edition::read(&it)).transpose().map_err(|why| name("edition", why));
    let instance = text("instance").map(|it| Instance::read(&it)).transpose().map_err(|why| name("instance", why));
    let seen = match text("seen").map(|it| it.parse::<Date>().map_err(|_| Why::NoDay { text: it })).transpose() {
        Ok(Some(day)) if day > today => Err(Why::ToCome { day }),
        read => read,
    };
    match (version, edition, instance, seen) {
        (Ok(version), Ok(edition), Ok(instance), Ok(seen)) if faults.is_empty() => {
            Ok(Line { line, organisation, licence, version, edition, instance, seen })
        }
        (version, edition, instance, seen) => {
            faults.extend(version.err());
            faults.extend(edition.err());
            faults.extend(instance.err());
            faults.extend(seen.err());
            Err(faults)
        }
    }
}
