//! A list as JSON: an array of releases, by itself or under `releases`.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use super::{Drafted, Found, ImportFault, Kind, Read, Said, Why, entry, field, table::like};
use crate::releases::{Note, Requirement};

const OF_FILE: [&str; 1] = ["releases"];
const OF_RELEASE: [&str; 9] =
    ["version", "date", "editions", "supported_until", "summary", "link", "yanked", "runs_on", "notes"];
const OF_NOTE: [&str; 2] = ["change", "text"];
const OF_REQUIREMENT: [&str; 3] = ["what", "required", "recommended"];
/// Characters of a product's name.
const NAME: usize = 200;

/// The keys of an object in the order of the file, also those that stand there twice.
struct Pairs<'t>(Vec<(Cow<'t, str>, &'t RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Pairs<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry::<String, &'de RawValue>()? {
                    pairs.push((Cow::Owned(pair.0), pair.1));
                }
                Ok(Pairs(pairs))
            }
        }
        from.deserialize_map(Each)
    }
}

/// A value where it stands.
#[derive(Clone, Copy)]
struct At<'t> {
    raw: &'t RawValue,
    line: usize,
    key: &'static str,
}

struct Reader<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    found: Found,
}

/// Reads a list.
///
/// # Errors
/// All that is wrong, by line.
pub fn json(text: &str) -> Result<Read, Vec<ImportFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        vec![ImportFault { line: error.line().max(1), why: Why::NotJson { column: error.column() } }]
    })?;
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader { text, starts, found: Found::default() };
    let file = reader.at(raw, "releases");
    let list = if raw.get().starts_with('{') {
        reader.object(file, &OF_FILE).and_then(|all| reader.required(&all, "releases", file.line))
    } else {
        Some(file)
    };
    for release in list.map(|list| reader.list(list)).unwrap_or_default() {
        reader.release(release);
    }
    reader.found.whole()
}

impl<'t> Reader<'t> {
    fn at(&self, raw: &'t RawValue, key: &'static str) -> At<'t> {
        // The value is a piece of the text.
        let offset = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        At { raw, line: self.starts.partition_point(|start| *start <= offset), key }
    }

    fn wrong(&mut self, value: At<'t>, wanted: Kind) {
        self.found.fault(value.line, Why::WrongKind { key: value.key, wanted });
    }

    fn object(&mut self, value: At<'t>, known: &[&'static str]) -> Option<Vec<At<'t>>> {
        let Ok(Pairs(pairs)) = serde_json::from_str::<Pairs<'t>>(value.raw.get()) else {
            self.wrong(value, Kind::Object);
            return None;
        };
        let mut all: Vec<At<'t>> = Vec::new();
        for (key, raw) in pairs {
            let Some(name) = known.iter().find(|name| **name == key) else {
                let line = self.at(raw, "").line;
                self.found.fault(line, Why::NoSuchKey { key: field::cut(&key), like: like(&key, known) });
                continue;
            };
            let value = self.at(raw, name);
            if all.iter().any(|other| other.key == *name) {
                self.found.fault(value.line, Why::KeyTwice { key: key.into_owned() });
            } else {
                all.push(value);
            }
        }
        Some(all)
    }

    fn list(&mut self, value: At<'t>) -> Vec<At<'t>> {
        match serde_json::from_str::<Vec<&'t RawValue>>(value.raw.get()) {
            Ok(all) => all.into_iter().map(|raw| self.at(raw, value.key)).collect(),
            Err(_) => {
                self.wrong(value, Kind::List);
                Vec::new()
            }
        }
    }

    fn text(&mut self, value: At<'t>) -> Option<String> {
        let text = serde_json::from_str(value.raw.get()).ok();
        if text.is_none() {
            self.wrong(value, Kind::Text);
        }
        text
    }

    fn required(&mut self, all: &[At<'t>], key: &'static str, line: usize) -> Option<At<'t>> {
        let found = all.iter().find(|value| value.key == key).copied();
        if found.is_none() {
            self.found.fault(line, Why::KeyMissing { key });
        }
        found
    }

    /// The value of a key, read; nothing where it is not given, or is wrong.
    fn read<T>(&mut self, value: At<'t>, read: impl Fn(&str) -> Result<T, Why>) -> Option<T> {
        let text = self.text(value)?;
        read(&text).map_err(|why| self.found.fault(value.line, why)).ok()
    }

    /// The same, where `null` is nothing.
    fn maybe<T>(&mut self, value: At<'t>, read: impl Fn(&str) -> Result<T, Why>) -> Option<T> {
        if value.raw.get() == "null" { None } else { self.read(value, read) }
    }

    fn release(&mut self, value: At<'t>) {
        let Some(all) = self.object(value, &OF_RELEASE) else { return };
        let version = self.required(&all, "version", value.line).and_then(|it| self.read(it, field::version));
        let date = self.required(&all, "date", value.line).and_then(|it| self.read(it, field::date));
        if let Some(version) = &version {
            self.found.is_first(version, value.line);
        }
        let mut said = Said::default();
        for part in all {
            self.part(&mut said, part);
        }
        if let (Some(version), Some(released_on)) = (version, date) {
            self.found.read.releases.push(Drafted { line: value.line, version, released_on, said });
        }
    }

    fn part(&mut self, said: &mut Said, part: At<'t>) {
        match part.key {
            "editions" => {
                let all = self.list(part);
                said.editions = Some(all.into_iter().filter_map(|it| self.read(it, field::edition)).collect());
            }
            "supported_until" => said.supported_until = Some(self.maybe(part, field::date)),
            "summary" => said.summary = self.read(part, entry::summary),
            "link" => said.link = Some(self.maybe(part, field::link)),
            "yanked" => match serde_json::from_str(part.raw.get()) {
                Ok(yanked) => said.yanked = Some(yanked),
                Err(_) => self.wrong(part, Kind::YesOrNo),
            },
            "runs_on" => {
                let all = self.list(part);
                said.runs_on = Some(all.into_iter().filter_map(|it| self.requirement(it)).collect());
            }
            "notes" => {
                let all = self.list(part);
                said.notes = Some(all.into_iter().filter_map(|it| self.note(it)).collect());
            }
            _ => {}
        }
    }

    fn requirement(&mut self, value: At<'t>) -> Option<Requirement> {
        let all = self.object(value, &OF_REQUIREMENT)?;
        let what = self.required(&all, "what", value.line).and_then(|it| self.read(it, name));
        let mut requirement = Requirement { what: String::new(), required: None, recommended: None };
        for part in all {
            match part.key {
                "required" => requirement.required = self.maybe(part, field::range),
                "recommended" => requirement.recommended = self.maybe(part, field::range),
                _ => {}
            }
        }
        Some(Requirement { what: what?, ..requirement })
    }

    fn note(&mut self, value: At<'t>) -> Option<Note> {
        let all = self.object(value, &OF_NOTE)?;
        let change = self.required(&all, "change", value.line).and_then(|it| self.read(it, field::change));
        let text = self.required(&all, "text", value.line).and_then(|it| self.read(it, entry::read));
        Some(entry::note(change?, text?))
    }
}

fn name(text: &str) -> Result<String, Why> {
    let name = text.trim();
    let characters = name.chars().count();
    match () {
        () if name.is_empty() || name.chars().any(char::is_control) => Err(Why::EmptyEntry),
        () if characters > NAME => Err(Why::TooLong { characters, most: NAME }),
        () => Ok(name.to_owned()),
    }
}
