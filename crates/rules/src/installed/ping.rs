//! What the product, or whoever gathers it for the vendor, says of an installation: JSON of a few fields. Nothing of it is about a
//! person, and what is not known is refused, so that nothing else comes along.

use serde::Deserialize;

use crate::{
    instant::Instant,
    releases::{Edition, Instance, NoName, NoVersion, Version},
};

/// Letters of what names the owner, at most.
const NAME: usize = 200;

/// A word about one installation, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ping {
    /// The key of a licence, as the vendor's books have it.
    pub licence: Option<String>,
    /// The organisation's number, or one of its domains.
    pub organisation: Option<String>,
    pub edition: Option<Edition>,
    pub instance: Option<Instance>,
    pub version: Version,
    /// When it was so; now unless given.
    pub seen: Option<Instant>,
}

/// Why it is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTold {
    /// No JSON, or a field that there is not; what its reader says, in English.
    Unreadable(String),
    /// Neither a licence nor an organisation is named.
    OwnerMissing,
    OwnerTooLong,
    VersionMissing,
    Version(NoVersion),
    Edition(NoName),
    Instance(NoName),
    SeenAt(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    licence: Option<String>,
    organisation: Option<String>,
    edition: Option<String>,
    version: Option<String>,
    instance: Option<String>,
    seen_at: Option<String>,
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl Ping {
    /// Reads `{"licence": "SUB-17", "version": "5.12.1", "edition": "team", "instance": "prod"}`.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub fn read(body: &[u8]) -> Result<Self, NotTold> {
        let written: Written = serde_json::from_slice(body).map_err(|why| NotTold::Unreadable(why.to_string()))?;
        let (licence, organisation) = (filled(written.licence), filled(written.organisation));
        let owners = [&licence, &organisation];
        if owners.iter().all(|it| it.is_none()) {
            return Err(NotTold::OwnerMissing);
        }
        if owners.into_iter().flatten().any(|it| it.chars().count() > NAME) {
            return Err(NotTold::OwnerTooLong);
        }
        let version = filled(written.version).ok_or(NotTold::VersionMissing)?;
        let seen = filled(written.seen_at);
        Ok(Self {
            licence,
            organisation,
            edition: filled(written.edition).map(|it| Edition::read(&it)).transpose().map_err(NotTold::Edition)?,
            instance: filled(written.instance).map(|it| Instance::read(&it)).transpose().map_err(NotTold::Instance)?,
            version: Version::parse(&version).map_err(NotTold::Version)?,
            seen: seen.map(|it| it.parse().map_err(|_| NotTold::SeenAt(it))).transpose()?,
        })
    }
}
