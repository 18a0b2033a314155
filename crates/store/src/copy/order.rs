//! In which order tables are filled: one after those that its rows name.

use crate::{Error, Result};

/// The tables, each behind those that it needs; `needs` are pairs of a table and one that it needs. A table that needs
/// itself is filled by one statement, at whose end all of its rows are there.
pub(super) fn after_what_they_need(tables: &[String], needs: &[(String, String)]) -> Result<Vec<String>> {
    let mut left: Vec<&String> = tables.iter().collect();
    let mut ordered: Vec<String> = Vec::new();
    while !left.is_empty() {
        let waits = |table: &String| {
            let mut needed = needs.iter().filter(|(of, need)| of == table && need != table);
            needed.any(|(_, need)| left.contains(&need))
        };
        let (later, ready): (Vec<&String>, Vec<&String>) = left.iter().partition(|table| waits(table));
        if ready.is_empty() {
            return Err(Error::broken(format!("the tables {later:?} name each other in a circle")));
        }
        ordered.extend(ready.into_iter().cloned());
        left = later;
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::after_what_they_need;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn a_table_comes_after_what_its_rows_name() {
        let tables = ["draft", "person", "ticket"].map(str::to_owned);
        let needs = pairs(&[("draft", "person"), ("ticket", "person"), ("person", "ticket"), ("ticket", "ticket")]);
        assert!(after_what_they_need(&tables, &needs).is_err());
        let ordered =
            after_what_they_need(&tables, &pairs(&[("draft", "ticket"), ("ticket", "ticket"), ("ticket", "person")]));
        assert_eq!(ordered.unwrap(), ["person", "ticket", "draft"]);
    }
}
