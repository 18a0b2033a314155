//! A list of installations, as a vendor's own books or telemetry export it: a line each, taken whole or not at all.

use jiff::civil::Date;

use crate::{
    releases::{Edition, Instance, NoName, NoVersion, Version},
    table::{self, Misshapen, Row, Table},
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
pub type LineFault = table::LineFault<Why>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Shape(Misshapen),
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

impl From<Misshapen> for Why {
    fn from(why: Misshapen) -> Self {
        Self::Shape(why)
    }
}

/// Reads a list; `today` is the last day on which anything can have been seen.
///
/// # Errors
/// All that is wrong, by line.
pub fn lines(text: &str, today: Date) -> Result<Vec<Line>, Vec<LineFault>> {
    Table::read(text, &COLUMNS, missing)?.lines(|row| line(row, today), about, |_, first| Why::Twice { first })
}

/// A column that names the owner, or that of the version.
fn missing(columns: &[&str]) -> Option<&'static str> {
    let has = |name: &str| columns.contains(&name);
    match () {
        () if !has("organisation") && !has("licence") => Some("organisation"),
        () if !has("version") => Some("version"),
        () => None,
    }
}

/// The installation of a row, where it is told.
fn about(row: Row<'_>) -> Option<impl Ord> {
    let owner = (row.said("organisation"), row.said("licence"));
    let edition = row.said("edition").map(Edition::read).transpose().ok()?;
    let instance = row.said("instance").map(Instance::read).transpose().ok()?;
    let is_told = row.miscounted().is_none() && owner != (None, None);
    is_told.then_some((owner, edition, instance))
}

fn line(row: Row<'_>, today: Date) -> Result<Line, Vec<Why>> {
    let owned = |column| row.said(column).map(str::to_owned);
    let (organisation, licence) = (owned("organisation"), owned("licence"));
    let mut faults = Vec::new();
    faults.extend((organisation.is_none() && licence.is_none()).then_some(Why::OwnerMissing));
    let version = match row.said("version").map(Version::parse) {
        None => Err(Why::VersionMissing),
        Some(read) => read.map_err(Why::Version),
    };
    let name = |column, why| Why::Name { column, why };
    let edition = row.said("edition").map(Edition::read).transpose().map_err(|why| name("edition", why));
    let instance = row.said("instance").map(Instance::read).transpose().map_err(|why| name("instance", why));
    let day = |it: &str| it.parse::<Date>().map_err(|_| Why::NoDay { text: it.to_owned() });
    let seen = match row.said("seen").map(day).transpose() {
        Ok(Some(day)) if day > today => Err(Why::ToCome { day }),
        read => read,
    };
    match (version, edition, instance, seen) {
        (Ok(version), Ok(edition), Ok(instance), Ok(seen)) if faults.is_empty() => {
            Ok(Line { line: row.line, organisation, licence, version, edition, instance, seen })
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
