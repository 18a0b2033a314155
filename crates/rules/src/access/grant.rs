//! Staff roles as sets of grants. An empty set is a customer.

use serde::{Deserialize, Serialize};

/// What a member of staff was entrusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// Works on requests.
    Agent,
    /// Sets people and hours, rules on first responses.
    Lead,
    /// Takes accepted bugs, plans releases; reads no confidential request by it (VIS-2).
    Product,
    /// Reads and answers security reports, and what is confidential.
    Security,
    /// Connects mail, applies policies, gives grants; reads neither security reports nor confidential requests by it (VIS-2).
    Administrator,
}

impl Grant {
    pub const ALL: [Grant; 5] = [Grant::Agent, Grant::Lead, Grant::Product, Grant::Security, Grant::Administrator];

    /// Its name in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Grant::Agent => "agent",
            Grant::Lead => "lead",
            Grant::Product => "product",
            Grant::Security => "security",
            Grant::Administrator => "administrator",
        }
    }
}

impl std::str::FromStr for Grant {
    type Err = UnknownGrant;
    fn from_str(name: &str) -> Result<Self, UnknownGrant> {
        Grant::ALL.into_iter().find(|grant| grant.as_str() == name).ok_or_else(|| UnknownGrant(name.to_owned()))
    }
}

/// A name that is no grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownGrant(pub String);

impl std::fmt::Display for UnknownGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\" is no grant; there are agent, lead, product, security and administrator", self.0)
    }
}

impl std::error::Error for UnknownGrant {}

/// A set of grants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Grants(u8);

impl Grants {
    /// A customer's: none.
    pub const NONE: Grants = Grants(0);

    pub fn has(self, grant: Grant) -> bool {
        self.0 & bit(grant) != 0
    }

    #[must_use]
    pub fn with(self, grant: Grant) -> Self {
        Self(self.0 | bit(grant))
    }

    /// Whether the person is staff at all.
    pub fn is_staff(self) -> bool {
        self != Grants::NONE
    }

    pub fn any_of(self, grants: &[Grant]) -> bool {
        grants.iter().any(|grant| self.has(*grant))
    }

    pub fn iter(self) -> impl Iterator<Item = Grant> {
        Grant::ALL.into_iter().filter(move |grant| self.has(*grant))
    }
}

impl FromIterator<Grant> for Grants {
    fn from_iter<I: IntoIterator<Item = Grant>>(grants: I) -> Self {
        grants.into_iter().fold(Grants::NONE, Grants::with)
    }
}

fn bit(grant: Grant) -> u8 {
    1 << grant as u8
}
