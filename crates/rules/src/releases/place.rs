//! Where somebody runs the product: which edition, and on their own servers or on an instance of the cloud.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Characters of a name, at most.
const LONGEST: usize = 40;

/// A name that can be none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoName {
    pub written: String,
    pub like: &'static str,
}

impl fmt::Display for NoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no name; it is like {}", self.written, self.like)
    }
}

impl std::error::Error for NoName {}

/// In small letters, so that "Team" and "team" are one.
fn folded(written: &str, like: &'static str) -> Result<String, NoName> {
    let name = written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let fits = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    let is_name = name.starts_with(char::is_alphanumeric) && name.chars().count() <= LONGEST && name.chars().all(fits);
    // What small letters are made of may not be one letter any more.
    if is_name && name.to_lowercase() == name {
        Ok(name)
    } else {
        Err(NoName { written: written.chars().take(LONGEST).collect(), like })
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $name:ident, $like:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Reads it, whatever its case.
            ///
            /// # Errors
            /// What is no name.
            pub fn read(written: &str) -> Result<Self, NoName> {
                folded(written, $like).map(Self)
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NoName;
            fn from_str(written: &str) -> Result<Self, NoName> {
                Self::read(written)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NoName;
            fn try_from(written: String) -> Result<Self, NoName> {
                Self::read(&written)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name!(
    /// An edition of the product, as licences name it: "team".
    Edition,
    "team"
);
name!(
    /// An instance of the cloud: "eu1".
    Instance,
    "eu1"
);

/// Where and as what the product runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// `None` where nobody said it.
    pub edition: Option<Edition>,
    pub host: Host,
}

/// Whose machines it runs on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Host {
    /// The customer's own: they upgrade.
    Own,
    /// The vendor's: a release reaches it by roll-out. `None`: nobody knows which instance.
    Cloud(Option<Instance>),
}

impl Place {
    /// Somebody's own servers.
    pub fn own(edition: Option<Edition>) -> Self {
        Self { edition, host: Host::Own }
    }

    pub fn cloud(instance: Option<Instance>) -> Self {
        Self { edition: None, host: Host::Cloud(instance) }
    }
}
