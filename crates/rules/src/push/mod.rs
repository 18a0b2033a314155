//! A browser that shows notifications while the desk is closed (Web Push): what it says when it is asked where to send them,
//! and what is sent. How that is sealed and carried is the desk's.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use serde::Deserialize;

use crate::{
    instant::Instant,
    notices::Notice,
    outgoing::{BadTarget, Target},
};

/// Browsers that one person may have at most.
pub const DEVICES: usize = 20;
/// Bytes that a browser's answer may have at most.
const LONGEST: usize = 8 * 1024;
/// How long a push service keeps what a browser does not fetch: what is told of a day is of no use after it.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// How long a wait that a push service asks for is believed.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(24);

/// Where a browser is reached, and its keys (W3C Push API, `PushSubscription.toJSON`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// As the browser wrote it: whoever knows it can send.
    pub endpoint: String,
    pub target: Target,
    /// Its public key: a point of P-256, uncompressed. Whether it lies on the curve is seen when it is used.
    pub key: [u8; 65],
    /// The secret that it shares with who sends.
    pub secret: [u8; 16],
}

/// Why a browser's answer cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no subscription.
    Unreadable,
    TooLong,
    NotHttps,
    /// It lies in a network that the desk may not reach.
    Private,
    /// Its keys are none.
    Keys,
}

#[derive(Deserialize)]
struct Written {
    endpoint: String,
    keys: Keys,
}

#[derive(Deserialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

impl Subscription {
    pub fn read(text: &str) -> Result<Self, Unfit> {
        if text.len() > LONGEST {
            return Err(Unfit::TooLong);
        }
        let Written { endpoint, keys } = serde_json::from_str(text).map_err(|_| Unfit::Unreadable)?;
        let target = Target::read(&endpoint).map_err(|bad| match bad {
            BadTarget::NotHttps => Unfit::NotHttps,
            BadTarget::TooLong => Unfit::TooLong,
            BadTarget::Unreadable => Unfit::Unreadable,
        })?;
        let key: [u8; 65] = bytes(&keys.p256dh)?;
        if key[0] != 4 {
            return Err(Unfit::Keys);
        }
        Ok(Self { endpoint, target, key, secret: bytes(&keys.auth)? })
    }
}

/// base64url, with or without its end.
fn bytes<const N: usize>(text: &str) -> Result<[u8; N], Unfit> {
    let read = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| Unfit::Keys)?;
    read.try_into().map_err(|_| Unfit::Keys)
}

/// How soon a device is to show it (RFC 8030, 5.3): what runs out wakes a phone that saves its battery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    Low,
    Normal,
    High,
}

impl Urgency {
    pub fn of(notice: Notice) -> Self {
        match notice {
            Notice::Breached | Notice::Warned | Notice::Pressed | Notice::Security => Self::High,
            Notice::Assigned | Notice::CustomerReplied | Notice::Called => Self::Normal,
            Notice::Opening => Self::Low,
        }
    }

    /// As the header has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}

/// What a push service's answer means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Taken,
    /// The browser is not reached there any more, and never will be.
    Gone,
    /// Not now; not before then, where it says so.
    Later(Option<Instant>),
    /// Something about it is not to its liking, which time may mend or not.
    Refused,
}

impl Answer {
    /// RFC 8030, 5 and 7.3; `retry_after` is that header.
    pub fn read(status: u16, retry_after: Option<&str>, now: Instant) -> Self {
        match status {
            200..=299 => Self::Taken,
            404 | 410 => Self::Gone,
            408 | 425 | 429 | 500..=599 => Self::Later(retry_after.and_then(|text| wait(text, now))),
            _ => Self::Refused,
        }
    }
}

/// RFC 9110, 10.2.3: seconds, or a moment. At most a day, whatever it says.
fn wait(text: &str, now: Instant) -> Option<Instant> {
    let latest = now.plus(LONGEST_WAIT);
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) {
        let seconds = text.parse().unwrap_or(i64::MAX).min(LONGEST_WAIT.as_secs());
        return Some(now.plus(SignedDuration::from_secs(seconds)));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(Instant::from(at.timestamp()).clamp(now, latest))
}

#[cfg(test)]
mod tests;
