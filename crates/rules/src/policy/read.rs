//! From the file's text to a checked policy: first its shape, then whether its parts fit each other.

use super::{Fault, Policy, check, document::Document, shape};

/// A policy without faults, and what is allowed in it but probably not meant.
#[derive(Debug)]
pub struct Checked {
    pub policy: Policy,
    pub warnings: Vec<Fault>,
}

impl Policy {
    /// Reads a policy file (TOML 1.1).
    ///
    /// # Errors
    /// All faults that can be found, in the order of the file: first those of TOML, else those of shape (unknown keys,
    /// wrong kinds, missing parts), else contradictions.
    pub fn parse(source: &str) -> Result<Checked, Vec<Fault>> {
        let (document, faults) = Document::read(source);
        stop_at(faults)?;
        stop_at(shape::check(&document))?;
        let policy: Policy = toml::from_str(source).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            vec![Fault::at(source, span, error.message(), "compare the line with the reference of the policy file")]
        })?;
        let found = check::check(&policy, &document);
        stop_at(found.faults)?;
        let mut warnings = found.warnings;
        warnings.sort_by_key(|fault| (fault.line, fault.column));
        Ok(Checked { policy, warnings })
    }
}

fn stop_at(mut faults: Vec<Fault>) -> Result<(), Vec<Fault>> {
    faults.sort_by_key(|fault| (fault.line, fault.column));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
