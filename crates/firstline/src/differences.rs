//! What changed between two policies, in words for whoever writes the file. What a change is, `rules::policy` knows.

use rules::policy::{Change, Policy, changes};

/// One text per change, in the order of the file; one alone says that nothing changed.
pub(crate) fn differences(old: &Policy, new: &Policy) -> Vec<String> {
    let found: Vec<String> = changes(old, new).into_iter().map(said).collect();
    if found.is_empty() { vec!["nothing changed".to_owned()] } else { found }
}

fn said(change: Change) -> String {
    match change {
        Change::Added { path, value } => format!("{path} is new: {value}"),
        Change::Removed { path, value } => format!("{path} is gone; it was: {value}"),
        Change::Changed { path, from, to } => format!("{path} was: {from}\n{path} is: {to}"),
        Change::Reordered { path, to } => format!("{path} stands in another order: {to}"),
    }
}
