//! What of the support policy can be found: each section of the support page and each line of the scope, with what it
//! says in every language of the policy. What only staff read of it is not in there (POL-2).

use serde_json::Value;

use crate::{
    keys::{EntryKey, is_key},
    policy::{Exposure, Policy, ScopeEntry, Text, exposure},
};

/// A piece of the policy that answers something by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub of: PassageOf,
    /// What it is called, where the policy names it.
    pub name: String,
    pub text: String,
}

/// Which piece.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassageOf {
    /// A section of the support page, by its id there.
    Section(&'static str),
    /// A line of the scope (SCO-1).
    Scope(EntryKey),
}

/// The sections of the support page, and the tables of the policy that each is made from.
pub const SECTIONS: [(&str, &[&str]); 13] = [
    ("included", &["product", "deployments", "terms", "included"]),
    ("hours", &["hours", "calendars", "holidays"]),
    ("types", &["types", "details", "ticks", "areas", "filing"]),
    ("priorities", &["priority", "priorities"]),
    ("first-response", &["first_response", "targets"]),
    ("bugs", &["bugs"]),
    ("licence", &["entitlement", "plans"]),
    ("account", &["registration", "domains"]),
    ("colleagues", &["visibility"]),
    ("scope", &["scope"]),
    ("security", &["security"]),
    ("migration", &["migration"]),
    ("forum", &["forum"]),
];

/// All that can be found of a policy.
pub fn passages(policy: &Policy) -> Vec<Passage> {
    let value = serde_json::to_value(policy).unwrap_or_default();
    let sections = SECTIONS.iter().map(|(id, tables)| {
        let mut said = Vec::new();
        for table in *tables {
            collect(&value[*table], table, &mut said);
        }
        Passage { of: PassageOf::Section(id), name: String::new(), text: said.join("\n") }
    });
    let scope = policy.scope.iter().map(|(key, entry)| of_scope(key, entry));
    sections.chain(scope).filter(|passage| !passage.text.is_empty()).collect()
}

fn of_scope(key: &EntryKey, entry: &ScopeEntry) -> Passage {
    let texts = [Some(&entry.text), entry.except.as_ref(), entry.instead.as_ref()];
    let mut said: Vec<&str> = texts.into_iter().flatten().flat_map(said).collect();
    // Customers are found what they search for by the words that they use.
    said.extend(entry.words.iter().map(String::as_str));
    let name = said_in_all(&entry.name);
    Passage { of: PassageOf::Scope(key.clone()), name, text: said.join("\n") }
}

/// In every language.
fn said(text: &Text) -> Vec<&str> {
    match text {
        Text::One(text) => vec![text],
        Text::Several(texts) => texts.iter().map(|(_, text)| text.as_str()).collect(),
    }
}

fn said_in_all(text: &Text) -> String {
    said(text).join("\n")
}

/// The texts below a field that customers read; keys are no texts.
fn collect(value: &Value, path: &str, said: &mut Vec<String>) {
    match value {
        Value::String(text) if !is_key(text) && exposure(path) == Exposure::Public => said.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, &format!("{path}.*"), said)),
        Value::Object(entries) => {
            for (key, entry) in entries {
                let field = [format!("{path}.{key}"), format!("{path}.*")];
                // A key of a list, or a field's name: what is the staff's under either stays the staff's.
                match field.iter().find(|field| exposure(field) != Exposure::Public) {
                    Some(_) => {}
                    None => collect(entry, &field[usize::from(is_list(path))], said),
                }
            }
        }
        _ => {}
    }
}

/// Whether the entries of a table have keys of the policy's own.
fn is_list(path: &str) -> bool {
    const LISTS: [&str; 20] = [
        "deployments",
        "areas",
        "included",
        "calendars",
        "holidays",
        "priorities",
        "types",
        "details",
        "ticks",
        "plans",
        "scope",
        "first_response.rules",
        "bugs.hotfix.faults",
        "security.takes",
        "migration.limits",
        "forum.streams",
        "details.*.choices",
        "domains.corporate",
        "holidays.*.days",
        "targets",
    ];
    LISTS.contains(&path)
}
