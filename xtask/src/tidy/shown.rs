//! Documents that say what shows a statement: every test that they name exists, and every file. docs/security.md also
//! counts its own rows, and says of each requirement one of three things.

use std::collections::BTreeSet;

use super::{Fault, File};

/// Where each row says in its last cell what shows it, and how such a row begins.
const DOCUMENTS: [(&str, IsRow); 2] = [
    ("docs/reference-page.md", |row| row.starts_with("| S")),
    (SECURITY, |row| row.strip_prefix("| ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))),
];
/// Whether a line is such a row.
type IsRow = fn(&str) -> bool;
const SECURITY: &str = "docs/security.md";
/// What docs/security.md says of a requirement.
const STATES: [&str; 3] = ["yes", "not yet", "not ours"];

pub(super) fn by_tests(files: &[File]) -> Vec<Fault> {
    let tests: BTreeSet<&str> =
        files.iter().filter(|file| file.is_rust()).flat_map(|file| tests_of(&file.text)).collect();
    let mut faults = vec![];
    for (path, is_row) in DOCUMENTS {
        let Some(document) = files.iter().find(|file| file.path == path) else { continue };
        for (number, row) in document.text.lines().enumerate().filter(|(_, line)| is_row(line)) {
            for name in names(cells(row).last().copied().unwrap_or_default()) {
                let exists = if name.contains(['/', '.']) {
                    files.iter().any(|file| file.path == name)
                } else {
                    tests.contains(name)
                };
                if !exists {
                    faults.push(document.fault(number + 1, format!("`{name}` is neither a test nor a file")));
                }
            }
        }
        if path == SECURITY {
            faults.extend(states(document, is_row));
        }
    }
    faults
}

/// Numbers rise, each row has a state, a "yes" is shown by something, and the head counts right.
fn states(document: &File, is_row: IsRow) -> Vec<Fault> {
    let (mut faults, mut last, mut counted) = (vec![], vec![], [0; 3]);
    for (at, row) in document.text.lines().enumerate().filter(|(_, line)| is_row(line)) {
        let cells = cells(row);
        let number: Vec<u32> = cells[0].split('.').filter_map(|part| part.parse().ok()).collect();
        if number.len() != 3 || number <= last {
            faults.push(document.fault(at + 1, format!("{} does not follow {last:?}", cells[0])));
        }
        last = number;
        match STATES.iter().position(|state| cells.get(2) == Some(state)) {
            Some(state) => counted[state] += 1,
            None => faults.push(document.fault(at + 1, "the state is one of yes, not yet, not ours")),
        }
        if cells.len() != 4 || cells[3].is_empty() || (cells[2] == "yes" && names(cells[3]).next().is_none()) {
            faults.push(document.fault(at + 1, "number, what, state, and by what it is shown or why not"));
        }
    }
    let [yes, not_yet, not_ours] = counted;
    let head = format!("{} requirements: {yes} yes, {not_yet} not yet, {not_ours} not ours", yes + not_yet + not_ours);
    if !document.text.contains(&head) {
        faults.push(document.fault(0, format!("the head does not say \"{head}\"")));
    }
    faults
}

fn cells(row: &str) -> Vec<&str> {
    row.trim().trim_matches('|').split(" | ").map(str::trim).collect()
}

/// What stands in backticks.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// The names of the tests of a source: functions behind a test's attribute, or that a macro makes tests of.
pub(crate) fn tests_of(source: &str) -> Vec<&str> {
    let listed = source.split("both_engines!").skip(1).filter_map(|rest| rest.split([')', '}']).next());
    let mut tests: Vec<&str> = listed.flat_map(|names| names.split(['(', '{', ',']).map(str::trim)).collect();
    let (mut is_next, mut until) = (false, None);
    for line in source.lines() {
        let trimmed = line.trim_start();
        let indent = &line[..line.len() - trimmed.len()];
        if trimmed.starts_with("on_both! {") || trimmed.starts_with("proptest! {") {
            until = Some(indent);
        } else if until == Some(indent) && trimmed == "}" {
            until = None;
        } else if trimmed.starts_with("#[") {
            is_next |= trimmed.contains("test]") || trimmed.contains("test(");
        } else if let Some((_, rest)) = trimmed.split_once("fn ") {
            if is_next || until.is_some() {
                tests.extend(rest.split(['(', '<']).next());
            }
            is_next = false;
        }
    }
    tests
}
