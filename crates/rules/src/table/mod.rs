//! Any table that somebody brings, as text with commas, semicolons or tabs: its first line names the columns, and every other line is
//! a row of them. What is wrong is said of every line at once.

mod reader;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use reader::{FILE_BYTES, NoRecord, NoText, text};
use reader::{Record, records};

/// What a spreadsheet takes for a formula begins with one of them.
pub(crate) const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// What is wrong in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault<Why> {
    /// Counted from 1.
    pub line: usize,
    pub why: Why,
}

/// What can be wrong with a table, whatever its rows say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misshapen {
    /// No line names columns.
    Empty,
    NoSuchColumn {
        /// As it is written.
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
    /// It begins as a formula does: a spreadsheet would run it.
    Formula {
        column: &'static str,
        text: String,
    },
}

/// A table whose first line names nothing but known columns.
pub(crate) struct Table {
    columns: Vec<&'static str>,
    records: Vec<Record>,
}

/// A line of a table.
#[derive(Clone, Copy)]
pub(crate) struct Row<'t> {
    pub(crate) line: usize,
    /// The columns that the table has.
    pub(crate) columns: &'t [&'static str],
    fields: &'t [String],
}

impl Table {
    /// Reads a table. The columns are known by their names, whatever their capitals; `missing` is one that has to be there and is not.
    ///
    /// # Errors
    /// The first line that is not whole, or all that is wrong with the columns.
    pub(crate) fn read<Why: From<Misshapen>>(
        text: &str,
        known: &[&'static str],
        missing: impl Fn(&[&str]) -> Option<&'static str>,
    ) -> Result<Self, Vec<LineFault<Why>>> {
        let at = |line, why: Misshapen| LineFault { line, why: why.into() };
        let mut records = records(text).map_err(|(line, why)| vec![at(line, Misshapen::NotARecord(why))])?.into_iter();
        let Some(head) = records.next() else { return Err(vec![at(1, Misshapen::Empty)]) };
        let (mut columns, mut faults) = (Vec::new(), Vec::new());
        for written in head.fields {
            let name = written.trim().to_lowercase();
            match known.iter().find(|known| **known == name) {
                Some(known) if columns.contains(known) => faults.push(Misshapen::ColumnTwice { name }),
                Some(known) => columns.push(*known),
                None => faults.push(Misshapen::NoSuchColumn { name: written }),
            }
        }
        if faults.is_empty() {
            faults.extend(missing(&columns).map(|name| Misshapen::ColumnMissing { name }));
        }
        if faults.is_empty() {
            return Ok(Self { columns, records: records.collect() });
        }
        Err(faults.into_iter().map(|why| at(head.line, why)).collect())
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.records.iter().map(|it| Row { line: it.line, columns: &self.columns, fields: &it.fields })
    }

    /// Reads every row by itself. No two rows are about the same, which `about` tells of every row, also of one with another fault;
    /// `twice` is the fault of the later one, with the line of the first.
    ///
    /// # Errors
    /// All that is wrong, by line.
    pub(crate) fn lines<'t, Line, About: Ord, Why: From<Misshapen>>(
        &'t self,
        read: impl Fn(Row<'t>) -> Result<Line, Vec<Why>>,
        about: impl Fn(Row<'t>) -> Option<About>,
        twice: impl Fn(About, usize) -> Why,
    ) -> Result<Vec<Line>, Vec<LineFault<Why>>> {
        let (mut taken, mut faults, mut known) = (Vec::new(), Vec::new(), BTreeMap::new());
        for row in self.rows() {
            let mut wrong = Vec::new();
            match row.miscounted() {
                Some(why) => wrong.push(why.into()),
                None => {
                    wrong.extend(row.formulas().map(Why::from));
                    read(row).map_or_else(|all| wrong.extend(all), |line| taken.push(line));
                }
            }
            if let Some(about) = about(row) {
                match known.get(&about) {
                    Some(first) => wrong.push(twice(about, *first)),
                    None => {
                        known.insert(about, row.line);
                    }
                }
            }
            faults.extend(wrong.into_iter().map(|why| LineFault { line: row.line, why }));
        }
        if faults.is_empty() { Ok(taken) } else { Err(faults) }
    }
}

impl<'t> Row<'t> {
    /// The field of a column; none where the table has no such column.
    pub(crate) fn text(&self, column: &str) -> Option<&'t str> {
        let at = self.columns.iter().position(|known| *known == column)?;
        self.fields.get(at).map(|field| field.trim())
    }

    /// The field of a column, unless nothing stands there.
    pub(crate) fn said(&self, column: &str) -> Option<&'t str> {
        self.text(column).filter(|text| !text.is_empty())
    }

    /// All fields as they are written.
    pub(crate) fn written(&self) -> impl Iterator<Item = (&'static str, &'t str)> {
        self.columns.iter().copied().zip(self.fields.iter().map(String::as_str))
    }

    /// The fault that it has not a field for each column.
    pub(crate) fn miscounted(&self) -> Option<Misshapen> {
        let (fields, columns) = (self.fields.len(), self.columns.len());
        (fields != columns).then_some(Misshapen::FieldCount { fields, columns })
    }

    fn formulas(&self) -> impl Iterator<Item = Misshapen> {
        let texts = self.written().map(|(column, written)| (column, written.trim()));
        let formulas = texts.filter(|(_, text)| text.starts_with(FORMULA));
        formulas.map(|(column, text)| Misshapen::Formula { column, text: text.to_owned() })
    }
}
