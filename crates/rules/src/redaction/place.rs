//! Where a request holds words that people wrote.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    ids::{DraftId, MessageId, PersonId, Seq},
    keys::DetailKey,
};

/// A place of a request, by ids and keys alone: `message-31`, `detail-symptoms`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    Subject,
    Detail(DetailKey),
    Message(MessageId),
    /// The words that came with an event.
    Remark(Seq),
    /// What somebody said after its end.
    Rating(PersonId),
    /// The versions that an advisory names, and its text.
    Affected,
    Advisory,
    /// What somebody has not sent yet: each of its fields.
    Draft(DraftId),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Subject => f.write_str("subject"),
            Place::Detail(key) => write!(f, "detail-{key}"),
            Place::Message(id) => write!(f, "message-{id}"),
            Place::Remark(seq) => write!(f, "remark-{seq}"),
            Place::Rating(person) => write!(f, "rating-{person}"),
            Place::Affected => f.write_str("affected"),
            Place::Advisory => f.write_str("advisory"),
            Place::Draft(id) => write!(f, "draft-{id}"),
        }
    }
}

/// A text that names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoPlace;

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this names no place of a request")
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        match text {
            "subject" => return Ok(Place::Subject),
            "affected" => return Ok(Place::Affected),
            "advisory" => return Ok(Place::Advisory),
            _ => {}
        }
        let (kind, of) = text.split_once('-').ok_or(NoPlace)?;
        if kind == "detail" && !of.is_empty() {
            return Ok(Place::Detail(DetailKey::from(of)));
        }
        let id: i64 = of.parse().map_err(|_| NoPlace)?;
        match kind {
            "message" => Ok(Place::Message(MessageId(id))),
            "remark" => Ok(Place::Remark(Seq(id))),
            "rating" => Ok(Place::Rating(PersonId(id))),
            "draft" => Ok(Place::Draft(DraftId(id))),
            _ => Err(NoPlace),
        }
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}
