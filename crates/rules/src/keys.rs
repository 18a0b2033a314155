//! The names that a policy gives to its things: `bug`, `urgent`, `logs`. Lower-case ASCII letters,
//! digits and `_`, starting with a letter, at most 40 characters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! key {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        $(#[$doc])*
        pub struct $name(pub String);

        impl $name {
            pub fn new(name: impl Into<String>) -> Self {
                Self(name.into())
            }
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

key! {
    /// A type of request: `question`, `bug`.
    TypeKey
    /// A priority: `urgent`. Their order is the policy's.
    PriorityKey
    /// A detail that a form asks for: `steps`, `logs`.
    DetailKey
    /// A box to tick before sending.
    TickKey
    /// A plan that a licence names.
    PlanKey
    /// A calendar of working hours.
    CalendarKey
    /// A way the product is run: `server`, `cloud`.
    DeploymentKey
    /// A field of support: `performance`.
    AreaKey
    /// A part of the world that organisations belong to: `emea`.
    RegionKey
    /// A list of holidays: `bavaria`.
    HolidaysKey
    /// A language of texts, as BCP 47 writes it: `en`, `pt-BR`.
    #[schemars(extend("format" = "language"))]
    Language
    /// An entry that nothing else refers to: something included, a line of the scope, a forum's stream.
    EntryKey
}

/// Whether `name` can be a key.
pub fn is_key(name: &str) -> bool {
    let mut bytes = name.bytes();
    name.len() <= 40
        && bytes.next().is_some_and(|b| b.is_ascii_lowercase())
        && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
