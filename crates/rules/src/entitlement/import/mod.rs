//! A table of licences, as a vendor's books export it: every line is a licence of an organisation, known by its key. A file is
//! taken whole or not at all, and what is wrong is said of every line at once.

#[cfg(test)]
mod tests;

use super::{Terms, Written, read};
use crate::{
    policy::Policy,
    refusal::FieldFault,
    table::{self, Misshapen, Row, Table},
};

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
pub type LineFault = table::LineFault<Why>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Shape(Misshapen),
    KeyMissing,
    OrganisationMissing,
    /// The same key as another line.
    KeyTwice {
        key: String,
        first: usize,
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

impl From<Misshapen> for Why {
    fn from(why: Misshapen) -> Self {
        Self::Shape(why)
    }
}

/// Reads a table.
///
/// # Errors
/// All that is wrong, by line.
pub fn lines(text: &str, policy: &Policy) -> Result<Vec<Line>, Vec<LineFault>> {
    let missing = |columns: &[&str]| ["key", "organisation"].into_iter().find(|name| !columns.contains(name));
    Table::read(text, &COLUMNS, missing)?.lines(
        |row| line(row, policy),
        |row| row.said("key"),
        |key, first| Why::KeyTwice { key: key.to_owned(), first },
    )
}

fn line(row: Row<'_>, policy: &Policy) -> Result<Line, Vec<Why>> {
    let text = |name: &str| row.text(name).unwrap_or_default().to_owned();
    let organisation = text("organisation");
    let mut faults = Vec::new();
    faults.extend(text("key").is_empty().then_some(Why::KeyMissing));
    faults.extend(organisation.is_empty().then_some(Why::OrganisationMissing));
    match read(&Written::of(text), policy) {
        Ok(terms) if faults.is_empty() => {
            return Ok(Line { line: row.line, organisation, terms, columns: row.columns.to_vec() });
        }
        Ok(_) => {}
        Err(all) => faults.extend(all.into_iter().map(Why::Field)),
    }
    Err(faults)
}
