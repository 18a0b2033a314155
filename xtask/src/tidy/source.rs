//! Rules on Rust sources: module docs, workspace lints, SQL in one crate only, tests that neither sleep nor hide.

use super::{Fault, File};

/// Every module says what it decides and what it leaves to whom.
pub(super) fn module_docs(file: &File) -> Vec<Fault> {
    let first = file.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
    if !file.is_rust() || first.is_some_and(|line| line.starts_with("//!")) {
        return Vec::new();
    }
    vec![file.fault(1, "no `//!`: open the module with what it decides and what it leaves to whom")]
}

/// Every crate takes the workspace's lints.
pub(super) fn lints(file: &File) -> Vec<Fault> {
    let is_crate = file.path.ends_with("/Cargo.toml") && !file.path.starts_with("fuzz/");
    if !is_crate || file.text.contains("[lints]\nworkspace = true") {
        return Vec::new();
    }
    vec![file.fault(0, "the crate does not take the workspace's lints: add `[lints]` with `workspace = true`")]
}

/// SQL stands in the store and nowhere else.
pub(super) fn sql_outside_the_store(file: &File) -> Vec<Fault> {
    const SQL: &[&str] = &[
        "SELECT ",
        "INSERT INTO ",
        "DELETE FROM ",
        "CREATE TABLE",
        "CREATE INDEX",
        "ALTER TABLE",
        "ORDER BY ",
        "PRAGMA ",
        "GROUP BY ",
    ];
    if !file.is_rust() || file.is_tidy_itself() || file.path.starts_with("crates/store/") {
        return Vec::new();
    }
    file.faults_by_line(|line| {
        let word = SQL.iter().find(|word| code(line).contains(*word))?;
        Some(format!("SQL (`{}`) outside crates/store: ask the store for what is needed", word.trim()))
    })
}

/// Tests wait for conditions and all of them run.
pub(super) fn sleeping_or_ignored_tests(file: &File) -> Vec<Fault> {
    if !file.is_rust() || file.is_tidy_itself() {
        return Vec::new();
    }
    let tests_from = first_line_of_tests(file);
    let lines = file.text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let line = code(line);
            let why = if line.trim_start().starts_with("#[ignore") {
                "an ignored test: make it pass or remove it"
            } else if at >= tests_from && line.contains("sleep(") {
                "a test that sleeps: wait for a condition with a deadline"
            } else {
                return None;
            };
            Some(file.fault(at + 1, why))
        })
        .collect()
}

/// `unwrap` is for tests; nobody excuses themselves from that lint.
pub(super) fn expected_unwrap(file: &File) -> Vec<Fault> {
    if !file.is_rust() || file.is_tidy_itself() {
        return Vec::new();
    }
    file.faults_by_line(|line| {
        code(line)
            .contains("clippy::unwrap_used")
            .then(|| "the unwrap lint is switched off: name the invariant with `expect`".into())
    })
}

/// The index of the first line that is test code.
fn first_line_of_tests(file: &File) -> usize {
    let whole = file.path.contains("/tests/") || file.path.ends_with("tests.rs") || file.path.ends_with("_test.rs");
    if whole {
        return 0;
    }
    file.text.lines().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(usize::MAX)
}

/// The line without a comment that begins it.
fn code(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line }
}
