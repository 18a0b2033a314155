//! The file as a tree that remembers where everything stands, addressed by dotted paths: `types.bug.details.2`.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fault, not_toml};

/// A parsed file and the faults found so far.
#[derive(Debug)]
pub(super) struct Document<'s> {
    pub(super) source: &'s str,
    root: Spanned<DeTable<'s>>,
}

impl<'s> Document<'s> {
    /// The tree as far as it could be read, and TOML's own complaints.
    pub(super) fn read(source: &'s str) -> (Self, Vec<Fault>) {
        let (root, errors) = DeTable::parse_recoverable(source);
        let faults = not_toml::faults(source, &errors);
        (Self { source, root }, faults)
    }

    pub(super) fn root(&self) -> &DeTable<'s> {
        self.root.get_ref()
    }

    /// Where a path stands: its value, or its key when `Place::Key`; what is missing stands where its parent does.
    pub(super) fn span(&self, path: &str, place: Place) -> Range<usize> {
        let mut span = 0..self.source.find('\n').unwrap_or(self.source.len());
        let mut table = Some(self.root());
        let mut array: Option<&toml::de::DeArray<'_>> = None;
        for part in path.split('.').filter(|part| !part.is_empty()) {
            let value = if let Some(found) = table.and_then(|table| table.get_key_value(part)) {
                span = match place {
                    Place::Key => found.0.span(),
                    Place::Value => narrow(found.0.span(), found.1),
                };
                found.1
            } else if let Some(found) = array.zip(part.parse().ok()).and_then(|(array, at): (_, usize)| array.get(at)) {
                span = found.span();
                found
            } else {
                return span;
            };
            table = value.get_ref().as_table();
            array = value.get_ref().as_array();
        }
        span
    }

    pub(super) fn fault(&self, path: &str, place: Place, message: impl Into<String>, fix: impl Into<String>) -> Fault {
        Fault::at(self.source, self.span(path, place), message, fix)
    }
}

/// A table is shown by its key, everything else by itself.
fn narrow(key: Range<usize>, value: &Spanned<DeValue<'_>>) -> Range<usize> {
    if value.get_ref().is_table() { key } else { value.span() }
}

/// Which end of `key = value` a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Key,
    Value,
}
