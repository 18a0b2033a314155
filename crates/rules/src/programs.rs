//! Programs that come to the desk by themselves, each with a token that somebody made for it: what a token reads like, and what
//! it permits. Only its hash is kept; who has lost it makes another one.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a token is good for; each for one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Permit {
    /// Tables of licences (ENT-1).
    #[serde(rename = "licences.import")]
    LicencesImport,
    /// What all staff see of requests, by questions of the filter language; confidential ones do not exist for it.
    #[serde(rename = "requests.read")]
    RequestsRead,
    /// Releases, as a pipeline publishes, rolls out and withdraws them (BUG-1, 4, 7).
    #[serde(rename = "releases.publish")]
    ReleasesPublish,
    /// Which version runs where, as the product says it.
    #[serde(rename = "installed.tell")]
    InstalledTell,
}

impl Permit {
    pub const ALL: [Permit; 4] =
        [Permit::LicencesImport, Permit::RequestsRead, Permit::ReleasesPublish, Permit::InstalledTell];

    /// Its name in the database and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Permit::LicencesImport => "licences.import",
            Permit::RequestsRead => "requests.read",
            Permit::ReleasesPublish => "releases.publish",
            Permit::InstalledTell => "installed.tell",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|permit| permit.as_str() == word)
    }
}

/// What every token begins with, so that scanners of repositories and logs know one.
const MARK: &str = "firstline_";

/// Letters of the longest name that a token is given.
pub const NAME: usize = 80;

/// The token that these unguessable bytes make.
pub fn written(bytes: &[u8; 32]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{MARK}{digits}")
}

/// What is kept of a token; none for what can be no token.
pub fn hash(token: &str) -> Option<[u8; 32]> {
    let digits = token.strip_prefix(MARK)?;
    let reads = digits.len() == 64 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    reads.then(|| Sha256::digest(token).into())
}

/// The token of a header `Authorization: Bearer …` (RFC 6750, 2.1).
pub fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_again_by_its_hash_alone() {
        let token = written(&[7; 32]);
        assert!(token.starts_with("firstline_0707"));
        assert_eq!(hash(&token), Some(Sha256::digest(&token).into()));
        assert_ne!(hash(&token), hash(&written(&[8; 32])));
        for none in ["", "firstline_", "firstline_07", &token.to_uppercase(), &token[1..], &format!("{token}0")] {
            assert_eq!(hash(none), None, "{none}");
        }
    }

    #[test]
    fn a_header_is_read_as_it_is_sent() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc "), Some("abc"));
        for none in ["", "Bearer", "Basic abc"] {
            assert_eq!(bearer(none), None, "{none}");
        }
    }

    #[test]
    fn every_permit_is_read_as_it_is_written() {
        for permit in Permit::ALL {
            assert_eq!(Permit::read(permit.as_str()), Some(permit));
            assert_eq!(serde_json::to_value(permit).unwrap(), permit.as_str());
        }
        assert_eq!(Permit::read("everything"), None);
    }
}
