//! Secrets in texts, each replaced by a mask that says what stood there: `[token 1]`. The same secret has the same mask
//! everywhere in a request, so that a reader still sees what belongs together (LOG-3). Decides what a secret is by a set of
//! shapes kept as data, and by how a value looks behind a name that sounds secret.

mod keeper;
mod keys;
mod shapes;
mod stream;
mod value;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use keeper::{Digest, Keeper, Known};
pub use stream::Masker;

/// What kind of secret a mask stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    Password,
    Token,
    Key,
    PrivateKey,
    Cookie,
}

impl Secret {
    pub const ALL: [Secret; 5] = [Secret::Password, Secret::Token, Secret::Key, Secret::PrivateKey, Secret::Cookie];

    /// Its name in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Secret::Password => "password",
            Secret::Token => "token",
            Secret::Key => "key",
            Secret::PrivateKey => "private_key",
            Secret::Cookie => "cookie",
        }
    }

    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|secret| secret.as_str() == name)
    }

    /// As it stands in a mask.
    pub(super) fn word(self) -> &'static str {
        match self {
            Secret::PrivateKey => "private key",
            other => other.as_str(),
        }
    }
}

/// A short text with its secrets masked.
pub fn masked(text: &str, keeper: Keeper) -> (String, Keeper) {
    let (mut masker, mut out) = (Masker::new(keeper), String::with_capacity(text.len()));
    masker.push(text, &mut out);
    let keeper = masker.finish(&mut out);
    (out, keeper)
}
