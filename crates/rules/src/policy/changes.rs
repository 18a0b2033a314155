//! What differs between two policies, entry by entry and field by field. Says nothing of what it means for open
//! requests: their clocks are pinned (POL-3).

use serde_json::Value;

use super::Policy;

/// A difference at a path such as `types.bug.receipt`. Values are as JSON writes them, texts without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Added {
        path: String,
        value: String,
    },
    Removed {
        path: String,
        value: String,
    },
    Changed {
        path: String,
        from: String,
        to: String,
    },
    /// The same entries in another order, which is meaning for types, priorities and forms.
    Reordered {
        path: String,
        to: String,
    },
}

/// All differences, in the order of the file.
pub fn changes(old: &Policy, new: &Policy) -> Vec<Change> {
    let json = |policy: &Policy| serde_json::to_value(policy).expect("a policy is texts, numbers and lists");
    let mut found = Vec::new();
    compare("", &json(old), &json(new), &mut found);
    found
}

fn compare(path: &str, old: &Value, new: &Value, found: &mut Vec<Change>) {
    match (old, new) {
        _ if old == new && same_order(old, new) => {}
        (Value::Object(before), Value::Object(after)) => {
            let null = Value::Null;
            for (key, value) in before {
                compare(&join(path, key), value, after.get(key).unwrap_or(&null), found);
            }
            for (key, value) in after.iter().filter(|(key, _)| !before.contains_key(*key)) {
                compare(&join(path, key), &null, value, found);
            }
            let kept: Vec<&String> = before.keys().filter(|key| after.contains_key(*key)).collect();
            let order: Vec<&String> = after.keys().filter(|key| before.contains_key(*key)).collect();
            if kept != order {
                let to = after.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                found.push(Change::Reordered { path: path.to_owned(), to });
            }
        }
        (Value::Array(before), Value::Array(after)) if before.iter().chain(after).all(Value::is_object) => {
            let null = Value::Null;
            for place in 0..before.len().max(after.len()) {
                let (one, other) = (before.get(place).unwrap_or(&null), after.get(place).unwrap_or(&null));
                compare(&join(path, &(place + 1).to_string()), one, other, found);
            }
        }
        (Value::Null, _) => found.push(Change::Added { path: path.to_owned(), value: shown(new) }),
        (_, Value::Null) => found.push(Change::Removed { path: path.to_owned(), value: shown(old) }),
        _ => found.push(Change::Changed { path: path.to_owned(), from: shown(old), to: shown(new) }),
    }
}

/// `==` on maps does not look at their order, which is meaning here.
fn same_order(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            old.keys().eq(new.keys()) && old.iter().all(|(key, value)| same_order(value, &new[key]))
        }
        (Value::Array(old), Value::Array(new)) => old.iter().zip(new).all(|(old, new)| same_order(old, new)),
        _ => true,
    }
}

fn join(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") }
}

/// A text as it reads; of a table only what is said in it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            let said = entries.iter().filter(|(_, value)| !value.is_null() && **value != Value::Array(Vec::new()));
            let said = said.map(|(key, value)| format!("{key}: {}", shown(value)));
            format!("{{ {} }}", said.collect::<Vec<_>>().join("; "))
        }
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            larkspur_test::LARKSPUR,
            reference_test::{REFERENCE, read},
        },
        *,
    };

    fn between(from: &str, to: &str) -> Vec<Change> {
        of(REFERENCE, from, to)
    }

    fn of(source: &str, from: &str, to: &str) -> Vec<Change> {
        assert!(source.contains(from), "nothing to change");
        let new = read("new", &source.replacen(from, to, 1)).policy;
        changes(&read("old", source).policy, &new)
    }

    #[test]
    fn nothing_changed_is_no_change() {
        assert_eq!(between("# The support policy", "# A policy"), []);
    }

    #[test]
    fn a_changed_field_says_what_it_was_and_is() {
        let expected = Change::Changed {
            path: "targets.1.first_response".to_owned(),
            from: "8 working hours".to_owned(),
            to: "4 working hours".to_owned(),
        };
        assert_eq!(between("8 working hours", "4 working hours"), [expected]);
    }

    #[test]
    fn entries_come_and_go() {
        let added = between(
            "[scope.framework]",
            "[scope.chess]\nname = \"Chess\"\nstand = \"covered\"\ntext = \"Ours.\"\n\n[scope.framework]",
        );
        assert!(matches!(&added[..], [Change::Added { path, .. }] if path == "scope.chess"), "{added:?}");
        let removed = between("[included.demos]\ntext = \"Recorded demo sessions, to watch at any time.\"\n", "");
        assert!(matches!(&removed[..], [Change::Removed { path, .. }] if path == "included.demos"), "{removed:?}");
    }

    #[test]
    fn another_order_of_entries_is_a_change() {
        let cloud = "[deployments.cloud]\nname = \"Cloud\"\nabout = \"An instance that we run for you.\"\n\n";
        let first = REFERENCE.replacen(cloud, "", 1).replacen(
            "[deployments.server]",
            &format!("{cloud}[deployments.server]"),
            1,
        );
        let found = changes(&read("old", REFERENCE).policy, &read("new", &first).policy);
        let expected = Change::Reordered { path: "deployments".to_owned(), to: "cloud, server".to_owned() };
        assert_eq!(found, [expected]);
    }
    #[test]
    fn a_list_of_names_is_one_value_and_shown_as_a_line() {
        let expected = Change::Changed {
            path: "types.vulnerability.converts_to".to_owned(),
            from: "incident".to_owned(),
            to: "question, incident".to_owned(),
        };
        let found = of(LARKSPUR, "converts_to = [\"incident\"]\n", "converts_to = [\"question\", \"incident\"]\n");
        assert_eq!(found, [expected]);
    }

    #[test]
    fn of_a_new_entry_only_what_is_said_in_it_is_shown() {
        let expected = Change::Added {
            path: "plans.meadow".to_owned(),
            value: "{ name: Meadow; named_contacts: 3; origin: page }".to_owned(),
        };
        let meadow = "[plans.meadow]\nname = \"Meadow\"\nnamed_contacts = 3\n\n[registration]";
        assert_eq!(of(LARKSPUR, "[registration]", meadow), [expected]);
    }

    #[test]
    fn another_order_inside_a_list_is_a_change_too() {
        let steps = |order: &str| format!("steps = [\"Open the desk and choose *Sign up*.\", {order}, ");
        let step = "\"Give your name and your work address.\"";
        let (en, de, it) = ("en = \"Name.\"", "de = \"Name.\"", "it = \"Nome.\"");
        let old = LARKSPUR.replacen(step, &format!("{{ {en}, {de}, {it} }}"), 1);
        let found = of(&old, &steps(&format!("{{ {en}, {de}, {it} }}")), &steps(&format!("{{ {en}, {it}, {de} }}")));
        assert!(matches!(&found[..], [Change::Changed { path, .. }] if path == "registration.steps"), "{found:?}");
    }
}
