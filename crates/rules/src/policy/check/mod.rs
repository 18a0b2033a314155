//! Whether the parts of a policy fit each other (POL-1): what the shape of the file cannot show.
//! Every fault says what is contradictory and why, and what to write instead.

mod escalation;
mod forms;
mod hours;
mod numbers;
mod product;
mod references;
mod targets;

use super::{
    Fault, Keyed, Policy,
    document::{Document, Place},
    fault::suggestion,
};

/// What was found: faults, which refuse the file, and warnings.
#[derive(Debug)]
pub(super) struct Findings<'d> {
    document: &'d Document<'d>,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

/// All contradictions of a policy that has its shape.
pub(super) fn check<'d>(policy: &Policy, document: &'d Document<'d>) -> Findings<'d> {
    let mut found = Findings { document, faults: Vec::new(), warnings: Vec::new() };
    product::check(policy, &mut found);
    references::check(policy, &mut found);
    forms::check(policy, &mut found);
    hours::check(policy, &mut found);
    targets::check(policy, &mut found);
    escalation::check(policy, &mut found);
    numbers::check(policy, &mut found);
    found
}

impl Findings<'_> {
    /// A fault at the value of a path.
    fn fault(&mut self, path: &str, message: impl Into<String>, fix: impl Into<String>) {
        self.faults.push(self.document.fault(path, Place::Value, message, fix));
    }

    fn warn(&mut self, path: &str, message: impl Into<String>, fix: impl Into<String>) {
        self.warnings.push(self.document.fault(path, Place::Value, message, fix));
    }

    /// That `key` is one of the entries of `table`. Whether it is.
    fn refers<K: AsRef<str>, V>(&mut self, path: &str, key: &K, table: &str, entries: &Keyed<K, V>) -> bool {
        let key = key.as_ref();
        let known = entries.keys().any(|known| known.as_ref() == key);
        if !known {
            let names = entries.keys().map(AsRef::as_ref);
            let fix = suggestion(key, names);
            self.fault(path, format!("`{key}` is named here, but `{table}` has no such entry"), fix);
        }
        known
    }

    /// That each key of a list is one of the entries of `table`, and stands in it once.
    fn refer<K: AsRef<str> + PartialEq, V>(&mut self, path: &str, keys: &[K], table: &str, entries: &Keyed<K, V>) {
        for (at, key) in keys.iter().enumerate() {
            let here = format!("{path}.{at}");
            self.refers(&here, key, table, entries);
            self.once(&here, keys, at, |key| key.as_ref().to_owned());
        }
    }

    /// That the item at `at` did not stand in the list before.
    fn once<T: PartialEq>(&mut self, path: &str, items: &[T], at: usize, name: impl Fn(&T) -> String) {
        if items[..at].contains(&items[at]) {
            self.fault(path, format!("`{}` stands in this list twice", name(&items[at])), "leave one of them out");
        }
    }
}
