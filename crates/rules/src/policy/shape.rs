//! Whether a file has the shape of a policy: known keys, the right kinds, every required part. Reads the same
//! schema that editors read (POL-1, POL-5), so that neither can know a key that the other does not.

use schemars::Schema;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::{
    Fault, Policy,
    document::{Document, Place},
    fault::{listed, suggestion},
    forms_of_text::{self, Form},
};

/// The JSON Schema of the file.
pub fn schema() -> Schema {
    let mut schema = schemars::schema_for!(Policy);
    schema.insert("title".to_owned(), "Support policy of Firstline".into());
    let mut schema = schema.to_value();
    no_text_is_empty(&mut schema);
    Schema::try_from(schema).expect("a schema with another limit is one")
}

/// People would read nothing there. What has a form of its own says itself what it takes.
fn no_text_is_empty(schema: &mut Value) {
    if let Value::Object(entries) = schema {
        let is_free = ["enum", "const", "format", "pattern"].iter().all(|limit| !entries.contains_key(*limit));
        let kind = entries.get("type").cloned().unwrap_or_default();
        let is_text = kind == "string" || kind.as_array().is_some_and(|kinds| kinds.contains(&"string".into()));
        if is_text && is_free {
            entries.insert("minLength".to_owned(), 1.into());
        }
        entries.values_mut().for_each(no_text_is_empty);
    } else if let Value::Array(parts) = schema {
        parts.iter_mut().for_each(no_text_is_empty);
    }
}

/// All faults of shape.
pub(super) fn check(document: &Document<'_>) -> Vec<Fault> {
    let schema = schema();
    let mut shape = Shape { document, schema: schema.as_value(), faults: Vec::new() };
    shape.table("", document.root(), shape.schema);
    shape.faults
}

struct Shape<'a> {
    document: &'a Document<'a>,
    schema: &'a Value,
    faults: Vec<Fault>,
}

impl<'a> Shape<'a> {
    fn value(&mut self, path: &str, value: &Spanned<DeValue<'_>>, schema: &'a Value) {
        let schema = self.resolve(schema, value.get_ref());
        let wanted = kind_of(schema);
        if wanted != Some(kind_name(value.get_ref())) {
            let wanted = wanted.map_or("something else", in_words);
            let message =
                format!("`{}` is {}, but it must be {wanted}", last(path), in_words(kind_name(value.get_ref())));
            let is_section = !path.contains('.') && kind_of(schema) == Some("object");
            let fix = if is_section { section(path, schema) } else { example(schema) };
            return self.complain(path, Place::Value, message, format!("write {fix}"));
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(path, table, schema),
            DeValue::Array(array) => self.array(path, array, schema),
            DeValue::String(text) => self.string(path, text, schema),
            DeValue::Integer(number) => self.integer(path, number.as_str().parse().ok(), schema),
            DeValue::Boolean(_) | DeValue::Float(_) | DeValue::Datetime(_) => {}
        }
    }

    fn array(&mut self, path: &str, array: &DeArray<'_>, schema: &'a Value) {
        let parts = schema["prefixItems"].as_array().map_or(&[][..], Vec::as_slice);
        if !parts.is_empty() && parts.len() != array.len() {
            let message = format!("`{}` has {} parts, but it must have {}", last(path), array.len(), parts.len());
            return self.complain(path, Place::Value, message, format!("write {}", example(schema)));
        }
        for (at, item) in array.iter().enumerate() {
            self.value(&format!("{path}.{at}"), item, parts.get(at).unwrap_or(&schema["items"]));
        }
    }

    fn table(&mut self, path: &str, table: &DeTable<'_>, schema: &'a Value) {
        if schema["propertyNames"]["format"] == "language" {
            self.languages(path, table);
        }
        let properties = schema["properties"].as_object();
        for (key, value) in table {
            let key = key.get_ref();
            let here = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            if let Some(inner) = properties.and_then(|known| known.get(key.as_ref())) {
                self.value(&here, value, inner);
            } else if schema["additionalProperties"].is_object() {
                self.key(&here, key, &schema["propertyNames"]);
                self.value(&here, value, &schema["additionalProperties"]);
            } else {
                let known = properties.into_iter().flat_map(|known| known.keys().map(String::as_str));
                let place = if path.is_empty() { "a policy".to_owned() } else { format!("`{path}`") };
                self.complain(&here, Place::Key, format!("{place} has no `{key}`"), suggestion(key, known));
            }
        }
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        for key in required.filter(|key| !table.contains_key(*key)) {
            let place = if path.is_empty() { "the policy".to_owned() } else { format!("`{path}`") };
            let field = properties.map_or(&Value::Null, |known| &known[key]);
            let about = field["description"].as_str().unwrap_or_default();
            let about = if about.is_empty() { String::new() } else { format!(" ({})", about.trim_end_matches('.')) };
            let schema = self.resolve(field, &DeValue::Boolean(true));
            self.lacks(path, format!("{place} lacks `{key}`{about}"), (key, schema));
        }
    }

    /// What is missing has no place of its own. A section goes to the end of the file, an entry outside of sections to
    /// its beginning, and everything else to its table.
    fn lacks(&mut self, path: &str, message: String, (key, schema): (&str, &Value)) {
        let source = self.document.source;
        let is_section = kind_of(schema) == Some("object");
        let fault = match (path.is_empty(), is_section) {
            (true, true) => {
                Fault::at(source, source.len()..source.len(), message, format!("add {}", section(key, schema)))
            }
            (true, false) => {
                let fix = format!("add `{key} = {}` above the first section", example(schema));
                Fault::at(source, 0..0, message, fix)
            }
            (false, _) => self.document.fault(path, Place::Key, message, format!("add `{key} = {}`", example(schema))),
        };
        self.faults.push(fault);
    }

    /// The policy's own language stands first, so that every reader gets some text.
    fn languages(&mut self, path: &str, table: &DeTable<'_>) {
        let Some(own) = self.document.root().get("language").and_then(|value| value.get_ref().as_str()) else { return };
        let first = table.keys().next().map(|key| key.get_ref().as_ref());
        if first != Some(own) {
            let message = format!("`{}` lacks the policy's own language at its beginning", last(path));
            let fix = format!("write `{own} = \"…\"` first; whoever reads a language that is missing gets that one");
            self.complain(path, Place::Key, message, fix);
        }
    }

    fn string(&mut self, path: &str, text: &str, schema: &Value) {
        let options = options(schema);
        if !options.is_empty() && !options.contains(&text) {
            let message = format!("`{text}` is no value of `{}`", last(path));
            return self.complain(path, Place::Value, message, suggestion(text, options));
        }
        if schema["minLength"].as_u64() == Some(1) && text.trim().is_empty() {
            let message = format!("`{}` is empty, but something must stand there", last(path));
            return self.complain(
                path,
                Place::Value,
                message,
                "write it, or leave the key out where it may be missing",
            );
        }
        if let Some(Err(Form { message, fix })) =
            schema["format"].as_str().map(|format| forms_of_text::check(format, text))
        {
            self.complain(path, Place::Value, message, fix);
        }
    }

    fn key(&mut self, path: &str, key: &str, schema: &Value) {
        if let Some(Err(Form { message, fix })) =
            schema["format"].as_str().map(|format| forms_of_text::check(format, key))
        {
            self.complain(path, Place::Key, message, fix);
        }
    }

    fn integer(&mut self, path: &str, number: Option<i64>, schema: &Value) {
        let least = schema["minimum"].as_i64().unwrap_or(0);
        let most = schema["maximum"].as_i64().unwrap_or(i64::from(u32::MAX));
        if number.is_none_or(|number| !(least..=most).contains(&number)) {
            let message = format!("`{}` lies outside {least} to {most}", last(path));
            self.complain(path, Place::Value, message, format!("choose a number from {least} to {most}"));
        }
    }

    /// Follows references, and among alternatives takes the one of the value's kind.
    fn resolve(&self, schema: &'a Value, value: &DeValue<'_>) -> &'a Value {
        let schema = match schema["$ref"].as_str().and_then(|name| name.strip_prefix("#")) {
            Some(pointer) => self.schema.pointer(pointer).unwrap_or(schema),
            None => schema,
        };
        let Some(alternatives) = schema["anyOf"].as_array() else {
            return schema;
        };
        let mut resolved =
            alternatives.iter().map(|schema| self.resolve(schema, value)).filter(|s| s["type"] != "null");
        let first = resolved.clone().next().unwrap_or(schema);
        resolved.find(|schema| kind_of(schema) == Some(kind_name(value))).unwrap_or(first)
    }

    fn complain(&mut self, path: &str, place: Place, message: String, fix: impl Into<String>) {
        self.faults.push(self.document.fault(path, place, message, fix));
    }
}

/// The last named part of a path, for messages.
fn last(path: &str) -> &str {
    let named = path.rsplit('.').find(|part| part.parse::<usize>().is_err());
    named.unwrap_or(path)
}

/// The values of a string that has only some.
pub(super) fn options(schema: &Value) -> Vec<&str> {
    let plain = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let described = schema["oneOf"].as_array().into_iter().flatten();
    let described = described.flat_map(|one| one["const"].as_str().into_iter().chain(options(one)));
    plain.chain(described).collect()
}

/// The schema's type, `null` aside.
fn kind_of(schema: &Value) -> Option<&str> {
    match &schema["type"] {
        Value::String(kind) => Some(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null"),
        _ => (!options(schema).is_empty()).then_some("string"),
    }
}

fn kind_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "date",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

fn in_words(kind: &str) -> &'static str {
    match kind {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number with a fraction",
        "boolean" => "true or false",
        "date" => "a bare date",
        "array" => "a list",
        _ => "a table",
    }
}

/// How a table of the file is written: a section with what it needs, or one for each of its entries.
fn section(key: &str, schema: &Value) -> String {
    let needed: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    match (schema["additionalProperties"].is_object(), needed.is_empty()) {
        (true, _) => format!("sections such as `[{key}.…]`, one for each, named as you like"),
        (false, true) => format!("a section `[{key}]`"),
        (false, false) => format!("a section `[{key}]` with {}", listed(&needed)),
    }
}

/// How such a value is written.
fn example(schema: &Value) -> String {
    let options = options(schema);
    if !options.is_empty() {
        return format!("one of {}", listed(&options));
    }
    if let Some(example) = schema["examples"][0].as_str() {
        return format!("\"{example}\"");
    }
    match kind_of(schema) {
        Some("integer") => "30".to_owned(),
        Some("boolean") => "true".to_owned(),
        Some("array") if !schema["prefixItems"].is_null() => "[\"08:00\", \"18:00\"]".to_owned(),
        Some("array") => "[…]".to_owned(),
        Some("object") => "{ … }".to_owned(),
        _ => "\"…\"".to_owned(),
    }
}
