//! What is supported: the product, the contract, what is included and where support ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Origin, Text, When};
use crate::releases;

/// The product and its vendor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    pub name: String,
    pub vendor: String,
    /// The address of the portal.
    #[schemars(extend("format" = "url"))]
    pub portal: String,
    /// The address of the product's documentation.
    #[schemars(extend("format" = "url"))]
    pub documentation: Option<String>,
    /// What the support page says first.
    pub lead: Text,
    /// Its editions, as licences and releases name them: `["team", "enterprise"]`; one for all unless given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<String>,
    /// The instances of its cloud, which a release reaches one by one: `["eu1", "us1"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instances: Vec<String>,
}

impl Product {
    /// As releases go by it.
    pub fn released(&self) -> releases::Product {
        releases::Product {
            name: self.name.clone(),
            editions: self.editions.iter().filter_map(|name| releases::Edition::read(name).ok()).collect(),
            instances: self.instances.iter().filter_map(|name| releases::Instance::read(name).ok()).collect(),
        }
    }
}

/// How the product's versions are called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Versions {
    /// What a version looks like: `5.12.1`.
    pub example: String,
    /// Where a customer finds the version that they run.
    pub where_shown: Text,
    /// Where this holds a customer need not know it and may write "unknown"; nowhere unless given.
    pub unknown_if: Option<When>,
    #[serde(default)]
    pub origin: Origin,
}

/// A thing with a name and a line about it: a deployment, an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    pub name: Text,
    pub about: Option<Text>,
    #[serde(default)]
    pub origin: Origin,
}

/// The contract that support is part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The name of the contract.
    pub contract: Text,
    /// The clauses that speak of support: `["1.3", "1.4"]`.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// Where it can be read.
    #[schemars(extend("format" = "url"))]
    pub link: Option<String>,
    /// What a licence has to do with support.
    pub text: Text,
    #[serde(default)]
    pub origin: Origin,
}

/// Something that support includes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Included {
    pub text: Text,
    #[schemars(extend("format" = "url"))]
    pub link: Option<String>,
    #[serde(default)]
    pub origin: Origin,
}

/// A line of the scope (SCO-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntry {
    /// What it is about, in a few words.
    pub name: Text,
    pub stand: Stand,
    pub text: Text,
    /// What is covered all the same.
    pub except: Option<Text>,
    /// Where to go instead.
    pub instead: Option<Text>,
    /// The address of that place.
    #[schemars(extend("format" = "url"))]
    pub link: Option<String>,
    /// Words and phrases by which a subject is recognised that speaks of it, in any language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Words and phrases of its exceptions: a subject with one of them is not recognised.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    #[serde(default)]
    pub origin: Origin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    Covered,
    /// As far as the documentation goes, and no further.
    AsDocumented,
    NotCovered,
}
