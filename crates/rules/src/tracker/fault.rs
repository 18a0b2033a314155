//! What can go wrong between the desk and a tracker, and whether trying again is of use. How it is said is `words`'.

use serde::{Deserialize, Serialize};

use crate::instant::Instant;

/// Characters of what a tracker says of a refusal, at most.
const LONGEST: usize = 300;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// This desk sends nothing over the web.
    NotSetUp,
    /// The token was sealed by another secret key.
    Sealed,
    /// Its address is none.
    BadAddress,
    /// It lies in a network that the desk may not reach.
    Private { host: String },
    /// Nobody there, or no answer in time.
    Away { host: String, why: String },
    /// 5xx.
    Failing { host: String, status: u16 },
    /// It answered something that cannot be read.
    Unreadable { host: String },
    /// 429, or 403 with a limit that is used up.
    Limited { host: String, until: Option<Instant> },
    /// 401.
    TokenUnknown { host: String },
    /// 403.
    Forbidden { host: String },
    /// 404: it is not there, or the token does not let it be seen.
    NotThere { host: String },
    /// 410.
    Gone { host: String },
    /// 3xx: it has another address now.
    Moved { host: String },
    /// Any other 4xx, with what it says.
    Refused { host: String, status: u16, why: String },
    /// The place keeps no issues.
    NoIssues,
    /// The token reads and may not write.
    ReadOnly,
    /// The place is closed to changes.
    Archived,
}

/// Whether it is tried again by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// After a while that grows.
    Soon,
    /// Not before then.
    NotBefore(Instant),
    /// Somebody has to do something first.
    Never,
}

impl Fault {
    pub fn refused(host: String, status: u16, why: &str) -> Self {
        Self::Refused { host, status, why: crate::mail::one_line(why).chars().take(LONGEST).collect() }
    }

    pub fn retry(&self) -> Retry {
        match self {
            Self::Away { .. } | Self::Failing { .. } | Self::Unreadable { .. } | Self::Limited { until: None, .. } => {
                Retry::Soon
            }
            Self::Limited { until: Some(at), .. } => Retry::NotBefore(*at),
            Self::NotSetUp
            | Self::Sealed
            | Self::BadAddress
            | Self::Private { .. }
            | Self::TokenUnknown { .. }
            | Self::Forbidden { .. }
            | Self::NotThere { .. }
            | Self::Gone { .. }
            | Self::Moved { .. }
            | Self::Refused { .. }
            | Self::NoIssues
            | Self::ReadOnly
            | Self::Archived => Retry::Never,
        }
    }

    /// What an answer that is no success means.
    pub fn of(host: String, status: u16, (why, until): (&str, Option<Instant>)) -> Self {
        match status {
            429 => Self::Limited { host, until },
            403 if until.is_some() => Self::Limited { host, until },
            401 => Self::TokenUnknown { host },
            403 => Self::Forbidden { host },
            404 => Self::NotThere { host },
            410 => Self::Gone { host },
            300..=399 => Self::Moved { host },
            500..=599 => Self::Failing { host, status },
            _ => Self::refused(host, status, why),
        }
    }
}

/// For logs and lists of work.
impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotSetUp => f.write_str("this desk sends nothing"),
            Self::Sealed => f.write_str("the token of the tracker was sealed by another secret key"),
            Self::BadAddress => f.write_str("the address of the tracker is none"),
            Self::Private { host } => write!(f, "{host} lies in a network that outgoing.networks does not allow"),
            Self::Away { host, why } => write!(f, "{host}: {why}"),
            Self::Failing { host, status } | Self::Refused { host, status, .. } => {
                write!(f, "{host} answered {status}")
            }
            Self::Unreadable { host } => write!(f, "{host} answered what cannot be read"),
            Self::Limited { host, .. } => write!(f, "{host} asks to wait"),
            Self::TokenUnknown { host } => write!(f, "{host} does not know the token (401)"),
            Self::Forbidden { host } => write!(f, "{host} does not permit it (403)"),
            Self::NotThere { host } => write!(f, "{host} says that it is not there (404)"),
            Self::Gone { host } => write!(f, "{host} says that it is gone (410)"),
            Self::Moved { host } => write!(f, "{host} says that it has another address"),
            Self::NoIssues => f.write_str("the place keeps no issues"),
            Self::ReadOnly => f.write_str("the token may not write"),
            Self::Archived => f.write_str("the place is closed to changes"),
        }
    }
}
