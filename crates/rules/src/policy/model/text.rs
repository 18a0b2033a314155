//! The smallest parts of a policy: texts in languages, lists that keep their order, and where an entry comes from.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::Keyed;
use crate::keys::Language;

/// What people read, in one language or several; Markdown where it is more than a line. In several, the
/// policy's own language stands first, and whoever reads another language than those gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    One(String),
    Several(Keyed<Language, String>),
}

impl Text {
    /// The text in the reader's language (BCP 47: `de`, `pt-BR`), else in its base language, else in the policy's.
    pub fn say(&self, language: &str) -> &str {
        let texts = match self {
            Text::One(text) => return text,
            Text::Several(texts) => texts,
        };
        let base = language.split('-').next().unwrap_or(language);
        let found = texts.get(language).or_else(|| texts.get(base));
        found.or_else(|| texts.iter().next().map(|(_, text)| text)).map_or("", String::as_str)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::One(text.to_owned())
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text in one language, or in several: `{ en = \"…\", de = \"…\" }`.",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                {
                    "type": "object",
                    "propertyNames": { "format": "language" },
                    "additionalProperties": { "type": "string", "minLength": 1 },
                },
            ],
        })
    }
}

/// Where an entry comes from. The support page sets house rules apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// What the vendor's support page says.
    #[default]
    Page,
    /// What this desk adds to it.
    House,
}
