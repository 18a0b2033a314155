//! Which version of the product runs where, as far as anybody said it: the forms of requests, a list that was imported, the product
//! itself, and our own roll-outs. What of several words counts is decided here; whom a bug affects by it, `bugs` says.

pub mod import;
mod ping;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use ping::{NotTold, Ping};

use crate::{
    instant::Instant,
    releases::{Edition, Instance, Version},
};

/// Where a version is known from; of two words of one instant the first of these counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// We rolled it out to the instance. Never kept: the releases say it.
    Rollout,
    /// The product said so itself.
    Ping,
    /// A list.
    Import,
    /// The form of a request.
    Request,
}

impl Source {
    pub const ALL: [Source; 4] = [Source::Rollout, Source::Ping, Source::Import, Source::Request];

    pub fn as_str(self) -> &'static str {
        match self {
            Source::Rollout => "rollout",
            Source::Ping => "ping",
            Source::Import => "import",
            Source::Request => "request",
        }
    }

    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == word)
    }
}

/// A word about one installation: the newest of its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// `None` where nobody said it.
    pub edition: Option<Edition>,
    /// As its owner calls it, or an instance of the cloud; `None` where it was not named.
    pub instance: Option<Instance>,
    pub version: Version,
    pub seen: Instant,
    pub source: Source,
}

impl Installed {
    /// Whether it is as good a word about what the other one is about: the same instance, or one of the same edition where the
    /// other names none, or any where the other names nothing.
    fn covers(&self, other: &Self) -> bool {
        match (&other.instance, &other.edition) {
            (Some(instance), _) => self.instance.as_ref() == Some(instance),
            (None, Some(edition)) => self.edition.as_ref() == Some(edition),
            (None, None) => true,
        }
    }

    fn is_newer(&self, other: &Self) -> bool {
        (self.seen, std::cmp::Reverse(self.source)) > (other.seen, std::cmp::Reverse(other.source))
    }
}

/// The words that count, by instance and edition: a word about an installation goes when there is a newer one about it. One that
/// names nothing is about whatever they run, so any newer word takes its place, while it takes the place of no word that
/// names an installation: of two that may be two, none is left out.
pub fn current(all: &[Installed]) -> Vec<&Installed> {
    let counts = |at: usize, one: &Installed| {
        !all.iter().enumerate().any(|(other_at, other)| {
            let is_later = other.is_newer(one) || (other_at < at && !one.is_newer(other));
            other_at != at && other.covers(one) && is_later
        })
    };
    let mut current: Vec<&Installed> =
        all.iter().enumerate().filter(|(at, one)| counts(*at, one)).map(|(_, one)| one).collect();
    current.sort_by(|one, other| (&one.instance, &one.edition).cmp(&(&other.instance, &other.edition)));
    current
}
