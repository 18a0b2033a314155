//! How long a browser stays signed in (REG-6). Decides whether a session still stands; the table of sessions
//! and who ends them are the store's and the verbs'.

use jiff::SignedDuration;

use crate::instant::Instant;

/// The policy's lengths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Without being used.
    pub idle: SignedDuration,
    /// However much it is used.
    pub longest: SignedDuration,
}

/// What is kept about a session's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    pub created: Instant,
    pub last_seen: Instant,
}

/// The instant from which the session no longer stands.
pub fn ends(used: Used, lifetime: Lifetime) -> Instant {
    used.created.plus(lifetime.longest).min(used.last_seen.plus(lifetime.idle))
}

/// Whether the session stands at `now`.
pub fn stands(used: Used, lifetime: Lifetime, now: Instant) -> bool {
    now < ends(used, lifetime)
}

/// Whether `last_seen` is old enough to be written again: a hundredth of the idle time, at most an hour,
/// so that reading pages does not write, and the list of sessions is right to the hour.
pub fn worth_noting(used: Used, lifetime: Lifetime, now: Instant) -> bool {
    let step = (lifetime.idle / 100).min(SignedDuration::from_hours(1));
    now.since(used.last_seen) >= step
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIFETIME: Lifetime =
        Lifetime { idle: SignedDuration::from_hours(14 * 24), longest: SignedDuration::from_hours(90 * 24) };

    fn day(day: i64) -> Instant {
        Instant::from_micros(day * 86_400_000_000).unwrap()
    }

    #[test]
    fn reg_6_a_session_ends_when_unused_or_too_old() {
        for (created, last_seen, now, stands_then) in [
            (0, 0, 0, true),
            (0, 0, 13, true),
            (0, 0, 14, false),
            (0, 80, 89, true),
            (0, 80, 90, false),
            (0, 60, 74, false),
        ] {
            let used = Used { created: day(created), last_seen: day(last_seen) };
            assert_eq!(stands(used, LIFETIME, day(now)), stands_then, "{created} {last_seen} {now}");
        }
        let used = Used { created: day(0), last_seen: day(0) };
        assert!(stands(used, LIFETIME, day(14).plus(SignedDuration::from_micros(-1))));
    }

    #[test]
    fn being_seen_is_written_once_an_hour() {
        let used = Used { created: day(0), last_seen: day(1) };
        let after = |minutes| day(1).plus(SignedDuration::from_mins(minutes));
        assert!(!worth_noting(used, LIFETIME, after(59)));
        assert!(worth_noting(used, LIFETIME, after(60)));
        assert!(!worth_noting(used, LIFETIME, after(-500)));
        let short = Lifetime { idle: SignedDuration::from_hours(10), ..LIFETIME };
        assert!(worth_noting(used, short, after(6)));
    }
}
