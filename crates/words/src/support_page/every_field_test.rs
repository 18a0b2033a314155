//! POL-2: every public field of the policy changes the page, and every field is public or has a reason not to be.

use std::collections::{BTreeMap, BTreeSet};

use rules::policy::{Compiled, Exposure, STAFF, exposure};
use serde_json::{Value, json};

use super::{
    tests::{POLICIES, compiled},
    writer::Writer,
    written,
};
use crate::lang::Lang;

/// A change of one field of one policy.
struct Change {
    /// `types.*.name`
    path: String,
    /// `/types/bug/name`
    pointer: String,
    to: Value,
}

#[test]
fn pol_2_every_public_field_changes_the_page() {
    let schema = rules::policy::schema();
    let root = schema.as_value();
    let mut seen: BTreeMap<String, bool> = BTreeMap::new();
    let rest = with_the_rest();
    for (file, source) in POLICIES.into_iter().chain([("with the rest", rest.as_str())]) {
        let stored = serde_json::to_value(compiled(source)).expect("it serialises");
        let page = render(&stored);
        let mut changes = Vec::new();
        let policy = &stored["policy"];
        Schema { root, policy }.changes(policy, root, (String::new(), String::new()), &mut changes);
        for Change { path, pointer, to } in changes {
            let mut changed = stored.clone();
            *changed["policy"].pointer_mut(&pointer).expect("it was found there") = to.clone();
            let shows = render(&changed) != page;
            let is_origin = path.ends_with("origin");
            if !is_origin && exposure(&path) == Exposure::Public {
                assert!(shows, "{file}: {pointer} becomes {to}, but the page stays the same");
            }
            *seen.entry(path).or_default() |= shows;
        }
    }
    let all = Schema { root, policy: &Value::Null }.paths();
    let never: Vec<&String> =
        all.iter().filter(|path| exposure(path) == Exposure::Public && seen.get(*path) != Some(&true)).collect();
    assert!(never.is_empty(), "neither on the page nor staff with a reason: {never:#?}");
    for (path, reason) in STAFF {
        assert!(all.contains(*path), "the table of staff fields names `{path}`, which is no field");
        assert!(reason.len() > 20, "`{path}` needs a reason");
    }
}

/// What the page says, before it is set as HTML.
fn render(stored: &Value) -> String {
    let compiled: Compiled = serde_json::from_value(stored.clone()).expect("the change keeps the shape");
    let writer = Writer { policy: compiled.policy(), lang: Lang::En };
    let product = &compiled.policy().product;
    format!("{} {:?} {:?}", product.name, product.lead, written(&writer))
}

/// The invented vendor with the fields that neither sample has.
fn with_the_rest() -> String {
    let everything = "[[targets]]\ntype = \"incident\"\npriority = \"s1\"\nregion = \"alps\"\nescalated = true\ncalendar = \"duty\"\n\
         first_response = \"1 wall-clock day\"\nreopened_response = \"1 wall-clock day\"\n\
         next_response = \"1 wall-clock day\"\nupdate = \"1 wall-clock day\"\nworkaround = \"1 wall-clock day\"\n\
         resolution = \"1 wall-clock day\"\nbest_effort = true\n\n[[targets]]";
    POLICIES[1]
        .1
        .replacen("[[targets]]", everything, 1)
        .replacen("unknown_if = { deployment", "unknown_if = { area = [\"queue\"], deployment", 1)
        .replacen(
            "closed_on_holidays = false",
            "closed_on_holidays = false\nin_region_zone = true\nsupport_day_minutes = 600",
            1,
        )
        .replacen("first_response = \"3 support days\"", "region = \"alps\"\nescalated = true\nfirst_response = \"3 support days\"", 1)
        .replacen("[holidays.styria]", REGIONS, 1)
        .replacen("default = \"s2\" }", ONLY_IF, 1)
        .replacen(
            "kind = \"text_file\"\nrequired = true\nwhen = { deployment = [\"self_managed\"], area = [\"runners\", \"queue\"] }",
            "kind = \"text_file\"\nrequired_if = { deployment = [\"self_managed\"], area = [\"queue\"], choice.impact = \
             [\"all\"] }\nwhen = { choice.impact = [\"all\", \"some\"] }\nhow.relay = { name = \"From Relay\", commands = \"relay \
             logs\", when = { deployment = [\"self_managed\"], area = [\"queue\"], choice.impact = [\"all\"] } }",
            1,
        )
        .replacen("when = { deployment = [\"self_managed\"] }\n\n[ticks.newest]", TICK, 1)
        .replacen("unknown_if = { area", "unknown_if = { choice.impact = [\"all\"], area", 1)
        .replacen("named_contacts = 2", "named_contacts = 2\nchannels = [\"portal\"]", 1)
}

const REGIONS: &str = "[calendars.duty.emergency]\npriorities = [\"s1\"]\n\n[calendars.duty.emergency.week]\n\
     mon = [[\"01:00\", \"02:00\"]]\ntue = [[\"01:00\", \"02:00\"]]\nwed = [[\"01:00\", \"02:00\"]]\nthu = [[\"01:00\", \"02:00\"]]\n\
     fri = [[\"01:00\", \"02:00\"]]\nsat = [[\"01:00\", \"02:00\"]]\nsun = [[\"01:00\", \"02:00\"]]\n\n[regions.alps]\nname = \"Alps\"\n\
     about = \"The mountains.\"\nzone = \"Europe/Vienna\"\n\n[regions.plain]\nname = \"Plain\"\n\n[escalation]\nhow = \"Call us.\"\n\
     priorities = [\"s1\"]\ncustomers = true\n\n[plans.seedling.escalation]\nhow = \"Write us.\"\npriorities = [\"s2\"]\n\
     customers = true\n\n[plans.seedling.included.book]\ntext = \"A book.\"\nlink = \"https://larkspur.example/book\"\n\n\
     [holidays.styria]";

const ONLY_IF: &str = "default = \"s2\", only_if.s1 = { when = { deployment = [\"hosted\"], area = [\"queue\"], choice.impact = \
     [\"all\"] }, why = \"Only there.\" } }";

const TICK: &str =
    "when = { deployment = [\"self_managed\"], area = [\"queue\"], choice.impact = [\"all\"] }\n\n[ticks.newest]";

struct Schema<'s> {
    root: &'s Value,
    /// Whose fields are changed.
    policy: &'s Value,
}

impl<'s> Schema<'s> {
    /// Follows references and leaves `null` aside; with the name of the definition.
    fn resolve(&self, schema: &'s Value) -> (&'s Value, &'s str) {
        if let Some(name) = schema["$ref"].as_str() {
            let found = self.root.pointer(name.trim_start_matches('#')).expect("a definition");
            let (inner, deeper) = self.resolve(found);
            let name = name.rsplit('/').next().unwrap_or_default();
            return (inner, if name.ends_with("Key") || name == "Text" { name } else { deeper });
        }
        let wanted = |one: &&'s Value| one["type"] != "null";
        match schema["anyOf"].as_array() {
            Some(some) if some.iter().any(|one| one["type"] == "null") => {
                self.resolve(some.iter().find(wanted).expect("something besides null"))
            }
            _ => (schema, ""),
        }
    }

    /// The paths of all fields.
    fn paths(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        self.collect(self.root, String::new(), &mut paths);
        paths
    }

    fn collect(&self, schema: &'s Value, path: String, paths: &mut BTreeSet<String>) {
        let (schema, name) = self.resolve(schema);
        if let Some(properties) = schema["properties"].as_object() {
            for (key, inner) in properties {
                self.collect(inner, join(&path, key), paths);
            }
        } else if name == "Text" || !(schema["additionalProperties"].is_object() || is_list(schema)) {
            paths.insert(path);
        } else {
            let inner = if is_list(schema) { &schema["items"] } else { &schema["additionalProperties"] };
            self.collect(inner, join(&path, "*"), paths);
        }
    }

    /// A change of every field that a value has.
    fn changes(&self, value: &Value, schema: &'s Value, at: (String, String), found: &mut Vec<Change>) {
        let (schema, name) = self.resolve(schema);
        let (path, pointer) = at;
        if value.is_null() {
            return;
        }
        if let Some(properties) = schema["properties"].as_object() {
            for (key, inner) in properties {
                self.changes(&value[key], inner, (join(&path, key), format!("{pointer}/{key}")), found);
            }
        } else if name == "Text" {
            let to = if value.is_string() { json!("Something else") } else { json!({ "en": "Something else" }) };
            found.push(Change { path, pointer, to });
        } else if let Some(items) = value.as_array().filter(|_| is_list(schema)) {
            for (place, item) in items.iter().enumerate() {
                let at = (join(&path, "*"), format!("{pointer}/{place}"));
                self.changes(item, &schema["items"], at, found);
            }
        } else if let Some(entries) = value.as_object() {
            for (key, entry) in entries {
                let at = (join(&path, "*"), format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")));
                self.changes(entry, &schema["additionalProperties"], at, found);
            }
        } else if let Some(to) = other(self.policy, value, schema, name) {
            found.push(Change { path, pointer, to });
        }
    }
}

/// A list of anything but the two ends of a slot.
fn is_list(schema: &Value) -> bool {
    schema["items"].is_object() || schema["items"] == true
}

fn join(path: &str, part: &str) -> String {
    if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") }
}

/// Another value of the same kind; none where there is only one.
fn other(root: &Value, value: &Value, schema: &Value, name: &str) -> Option<Value> {
    let options: Vec<&Value> = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .chain(schema["oneOf"].as_array().into_iter().flatten().flat_map(|one| match one["enum"].as_array() {
            Some(some) => some.iter().collect::<Vec<_>>(),
            None => vec![&one["const"]],
        }))
        .collect();
    if !options.is_empty() {
        return options.into_iter().find(|option| *option != value).cloned();
    }
    let table = match name {
        "TypeKey" => &root["types"],
        "PriorityKey" => &root["priorities"],
        "CalendarKey" => &root["calendars"],
        "DetailKey" => &root["details"],
        "TickKey" => &root["ticks"],
        "DeploymentKey" => &root["deployments"],
        "AreaKey" => &root["areas"],
        "RegionKey" => &root["regions"],
        "HolidaysKey" => &root["holidays"],
        "EntryKey" => &root["forum"]["streams"],
        _ => &Value::Null,
    };
    if let Some(entries) = table.as_object() {
        return entries.keys().find(|key| Some(key.as_str()) != value.as_str()).map(|key| json!(key));
    }
    Some(match value {
        Value::Bool(yes) => json!(!yes),
        Value::Number(number) => json!(number.as_i64().unwrap_or_default() + 1),
        Value::Array(_) => json!(["03:00", "03:30"]),
        _ => match schema["format"].as_str() {
            Some("target") => json!("77 working minutes"),
            Some("zone") => json!("Asia/Tokyo"),
            Some("url") => json!("https://elsewhere.example/"),
            Some("language") => json!("de"),
            _ => json!("elsewhere.example"),
        },
    })
}
