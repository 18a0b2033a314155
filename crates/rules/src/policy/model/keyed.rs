//! A list of entries by key that keeps the order of the file: the order of priorities, types and details is meaning.

use std::{borrow::Borrow, borrow::Cow, fmt, marker::PhantomData};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

use crate::keys;

/// Entries by key, in the order of the file. Serialises as a map whose order is meaning: keep it as text
/// (PostgreSQL's `jsonb` forgets it).
#[derive(Clone, PartialEq, Eq)]
pub struct Keyed<K, V>(Vec<(K, V)>);

impl<K, V> Keyed<K, V> {
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> + ExactSizeIterator {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &K> + ExactSizeIterator + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get<Q: Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.position(key).map(|at| &self.0[at].1)
    }

    /// The place of a key in the order of the file, from 0.
    pub fn position<Q: Eq + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.0.iter().position(|(known, _)| known.borrow() == key)
    }

    pub fn contains<Q: Eq + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.position(key).is_some()
    }
}

impl<K, V> Default for Keyed<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> FromIterator<(K, V)> for Keyed<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Keyed<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Serialize, V: Serialize> Serialize for Keyed<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Keyed<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

struct InOrder<K, V>(PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for InOrder<K, V> {
    type Value = Keyed<K, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of entries by key")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Keyed(entries))
    }
}

/// How the keys of a list are written.
pub trait KeyForm {
    /// The `format` of the key in the schema.
    const FORM: &'static str;
}

impl KeyForm for jiff::civil::Date {
    const FORM: &'static str = "date";
}

impl KeyForm for keys::Language {
    const FORM: &'static str = "language";
}

macro_rules! plain_keys {
    ($($name:ident)*) => {$(
        impl KeyForm for keys::$name {
            const FORM: &'static str = "key";
        }
    )*};
}

plain_keys! {
    TypeKey PriorityKey DetailKey TickKey PlanKey CalendarKey DeploymentKey AreaKey RegionKey HolidaysKey EntryKey
}

impl<K: KeyForm, V: JsonSchema> JsonSchema for Keyed<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("KeyedBy_{}_{}", K::FORM, V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            "propertyNames": { "format": K::FORM },
            "additionalProperties": generator.subschema_for::<V>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::EntryKey;

    fn read(json: &str) -> serde_json::Result<Keyed<EntryKey, u8>> {
        serde_json::from_str(json)
    }

    #[test]
    fn entries_keep_the_order_in_which_they_are_written() {
        let keyed = read(r#"{"pear":1,"apple":2,"quince":3}"#).expect("a table");
        assert_eq!((keyed.len(), Keyed::<EntryKey, u8>::default().len()), (3, 0));
        assert_eq!(
            ["pear", "apple", "quince", "plum"].map(|key| keyed.position(key)),
            [Some(0), Some(1), Some(2), None]
        );
        assert_eq!(["apple", "plum"].map(|key| keyed.contains(key)), [true, false]);
        assert_eq!(["apple", "plum"].map(|key| keyed.get(key)), [Some(&2), None]);
        assert_eq!(serde_json::to_string(&keyed).expect("it serialises"), r#"{"pear":1,"apple":2,"quince":3}"#);
        assert_eq!(format!("{keyed:?}"), r#"{EntryKey("pear"): 1, EntryKey("apple"): 2, EntryKey("quince"): 3}"#);
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        let refused = read("[1]").expect_err("a list").to_string();
        assert!(refused.contains("expected a table of entries by key"), "{refused}");
    }
}
