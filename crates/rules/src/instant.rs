//! A point in time, exact to the microsecond, in UTC. The only unit of time that is stored.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01T00:00:00Z, behind a newtype. Serialises as that number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Instant(Timestamp);

/// A number of microseconds that lies outside the years -9999 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange(pub i64);

impl std::fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} microseconds is no instant between the years -9999 and 9999", self.0)
    }
}

impl std::error::Error for OutOfRange {}

/// The last whole second of time, beyond which jiff counts no microseconds.
const LAST: Timestamp = Timestamp::constant(253_402_207_200, 0);

impl Instant {
    /// The end of time, in the year 9999.
    pub const LAST: Self = Self(LAST);

    /// From microseconds since the epoch.
    pub fn from_micros(micros: i64) -> Result<Self, OutOfRange> {
        Timestamp::from_microsecond(micros).map(Self).map_err(|_| OutOfRange(micros))
    }

    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0.as_microsecond()
    }

    pub fn timestamp(self) -> Timestamp {
        self.0
    }

    /// This instant and `length` more; stays at the end of time when that is passed.
    pub fn plus(self, length: SignedDuration) -> Self {
        self.0.checked_add(length).map_or(
            if length.is_negative() { Self::from(Timestamp::MIN) } else { Self::from(Timestamp::MAX) },
            Self::from,
        )
    }

    /// The wall-clock time from `earlier` to this instant; negative when `earlier` is later.
    pub fn since(self, earlier: Self) -> SignedDuration {
        self.0.duration_since(earlier.0)
    }
}

impl From<Timestamp> for Instant {
    /// Anything finer than a microsecond is cut off, towards the past.
    fn from(timestamp: Timestamp) -> Self {
        let micros = timestamp.as_nanosecond().div_euclid(1_000);
        let micros = i64::try_from(micros).expect("a timestamp's microseconds fit 64 bits");
        Self(Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 { Timestamp::MIN } else { LAST }))
    }
}

impl TryFrom<i64> for Instant {
    type Error = OutOfRange;
    fn try_from(micros: i64) -> Result<Self, OutOfRange> {
        Self::from_micros(micros)
    }
}

impl From<Instant> for i64 {
    fn from(instant: Instant) -> i64 {
        instant.micros()
    }
}

impl std::str::FromStr for Instant {
    type Err = jiff::Error;
    /// RFC 3339 with an offset: `2026-11-20T16:40:00Z`.
    fn from_str(s: &str) -> Result<Self, jiff::Error> {
        s.parse::<Timestamp>().map(Self::from)
    }
}

impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Debug for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_time_stay_in_range() {
        for end in [Timestamp::MIN, Timestamp::MAX] {
            let instant = Instant::from(end);
            assert_eq!(Instant::from_micros(instant.micros()), Ok(instant));
            assert_eq!(instant.timestamp().as_second(), end.as_second());
        }
        assert_eq!(Instant::from(Timestamp::MAX), Instant::LAST);
    }
}
