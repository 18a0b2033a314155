//! docs/reference-page.md names, for every statement of the page, what there is: entries of the policy and tests.

use std::{collections::BTreeSet, fs, path::Path};

use super::reference_test::{REFERENCE, read};

const PAGE: &str = include_str!("../../../../docs/reference-page.md");

/// The cells of the rows: number, statement, entries, rules, shown by.
fn rows() -> Vec<Vec<&'static str>> {
    let rows = PAGE.lines().filter(|line| line.starts_with("| S"));
    rows.map(|row| row.trim_matches('|').split(" | ").map(str::trim).collect()).collect()
}

/// What stands in backticks.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn statements_are_numbered_in_the_order_of_the_page() {
    for (row, number) in rows().iter().zip(1..) {
        assert_eq!(row[0].trim_start_matches("| "), format!("S{number}"));
        assert_eq!(row.len(), 5, "{row:?}");
    }
}

#[test]
fn every_entry_that_the_reference_page_names_exists() {
    let policy = serde_json::to_value(read("allure-testops.toml", REFERENCE).policy).expect("it serialises");
    for row in rows() {
        assert!(names(row[2]).next().is_some(), "{} names no entry", row[0]);
        for entry in names(row[2]) {
            let found = policy.pointer(&format!("/{}", entry.replace('.', "/")));
            assert!(found.is_some_and(|value| !value.is_null()), "{}: the policy has no `{entry}`", row[0]);
        }
    }
}

#[test]
fn every_statement_is_shown_by_a_test_that_exists_or_waits_for_a_feature() {
    let mut tests = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut tests);
    for row in rows() {
        let shown = row[4];
        let waits = shown.strip_prefix("waits for ").is_some_and(|what| !what.is_empty());
        assert!(waits || names(shown).next().is_some(), "{} is shown by nothing", row[0]);
        for test in names(shown) {
            assert!(tests.contains(test), "{}: there is no test `{test}`", row[0]);
        }
    }
}

/// The names of all functions below a folder of crates.
fn collect(folder: &Path, names: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, names);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("a source");
            let functions = source.split("fn ").skip(1).filter_map(|rest| rest.split(['(', '<']).next());
            names.extend(functions.map(str::to_owned));
        }
    }
}
