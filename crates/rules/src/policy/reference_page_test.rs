//! docs/reference-page.md names, for every statement of the page, what there is: entries of the policy and tests.

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

/// That the tests exist is checked by `cargo xtask tidy`, for every document that names tests.
#[test]
fn every_statement_is_shown_by_a_test_or_waits_for_a_feature() {
    for row in rows() {
        let waits = row[4].strip_prefix("waits for ").is_some_and(|what| !what.is_empty());
        assert!(waits || names(row[4]).next().is_some(), "{} is shown by nothing", row[0]);
    }
}
