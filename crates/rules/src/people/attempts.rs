//! How often something may be done: signing up, signing in and asking for a new password per address and per network
//! (REG-2), writing per person. Decides from what was counted; counting is the store's and the desk's.

use std::net::{IpAddr, Ipv6Addr};

use jiff::SignedDuration;

use crate::instant::Instant;

/// At most `attempts` in any `window`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub attempts: usize,
    pub window: SignedDuration,
}

impl Limit {
    /// Guesses at one person's password, and mails to one address: a person mistypes, a program does not stop.
    pub const PER_ADDRESS: &'static [Self] = &[Self::new(5, 15), Self::new(20, 24 * 60)];
    /// From one network, behind which a whole company may sit.
    pub const PER_NETWORK: &'static [Self] = &[Self::new(30, 15), Self::new(200, 24 * 60)];

    /// What a program brings with its token.
    pub const PROGRAM: &'static [Self] = &[Self::new(30, 15)];

    /// What a program reads with its token.
    pub const READING: &'static [Self] = &[Self::new(600, 15)];

    /// What a signed-in customer sends: requests, answers, drafts, files, previews. Nobody types as fast; a program does.
    pub const WRITING: &'static [Self] = &[Self::new(300, 5)];

    const fn new(attempts: usize, minutes: i64) -> Self {
        Self { attempts, window: SignedDuration::from_mins(minutes) }
    }
}

/// Too often; the earliest instant at which one more is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryAfter(pub Instant);

/// Whether one more attempt is allowed at `now`, after `earlier` ones, in any order. Attempts older than
/// the longest window need not be given.
pub fn allowed(earlier: &[Instant], limits: &[Limit], now: Instant) -> Result<(), RetryAfter> {
    let mut latest_first = earlier.to_vec();
    latest_first.sort_unstable_by(|one, other| other.cmp(one));
    let free_from = limits.iter().filter_map(|limit| free_from(&latest_first, *limit)).max();
    match free_from {
        Some(then) if then > now => Err(RetryAfter(then)),
        _ => Ok(()),
    }
}

/// When the oldest attempt that fills the limit leaves its window.
fn free_from(latest_first: &[Instant], limit: Limit) -> Option<Instant> {
    let filling = latest_first.get(limit.attempts.saturating_sub(1))?;
    Some(filling.plus(limit.window))
}

/// What counts as one network: an IPv4 address, or the /64 that a provider gives to one customer.
pub fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn minute(minute: i64) -> Instant {
        Instant::from_micros(minute * 60_000_000).unwrap()
    }

    #[test]
    fn reg_2_the_sixth_guess_waits_for_the_first_to_be_forgotten() {
        let guesses: Vec<Instant> = (0..5).map(minute).collect();
        assert_eq!(allowed(&guesses[..4], Limit::PER_ADDRESS, minute(4)), Ok(()));
        assert_eq!(allowed(&guesses, Limit::PER_ADDRESS, minute(5)), Err(RetryAfter(minute(15))));
        assert_eq!(allowed(&guesses, Limit::PER_ADDRESS, minute(15)), Ok(()));
        let shuffled: Vec<Instant> = [3, 0, 4, 2, 1].map(minute).to_vec();
        assert_eq!(allowed(&shuffled, Limit::PER_ADDRESS, minute(5)), Err(RetryAfter(minute(15))));
    }

    #[test]
    fn reg_2_the_longest_wait_of_all_limits_counts() {
        let all_day: Vec<Instant> = (0..20).map(|quarter| minute(quarter * 16)).collect();
        assert_eq!(allowed(&all_day, Limit::PER_ADDRESS, minute(330)), Err(RetryAfter(minute(24 * 60))));
    }

    #[test]
    fn reg_2_a_network_has_its_own_two_limits() {
        let quarter: Vec<Instant> = (0..30).map(|_| minute(0)).collect();
        assert_eq!(allowed(&quarter[..29], Limit::PER_NETWORK, minute(14)), Ok(()));
        assert_eq!(allowed(&quarter, Limit::PER_NETWORK, minute(14)), Err(RetryAfter(minute(15))));
        let day: Vec<Instant> = (0..200).map(|n| minute(n * 7)).collect();
        assert_eq!(allowed(&day[..199], Limit::PER_NETWORK, minute(1_400)), Ok(()));
        assert_eq!(allowed(&day, Limit::PER_NETWORK, minute(1_400)), Err(RetryAfter(minute(24 * 60))));
    }

    #[test]
    fn reg_2_a_network_is_an_ipv4_address_or_a_64() {
        for (ip, expected) in
            [("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
        {
            assert_eq!(network(ip.parse().unwrap()), expected.parse::<IpAddr>().unwrap(), "{ip}");
        }
    }

    proptest! {
        #[test]
        fn whoever_waits_as_told_is_let_in_and_not_a_microsecond_before(times in proptest::collection::vec(0i64..3_000, 0..40), now in 0i64..3_000) {
            let earlier: Vec<Instant> = times.into_iter().map(minute).collect();
            if let Err(RetryAfter(then)) = allowed(&earlier, Limit::PER_ADDRESS, minute(now)) {
                prop_assert!(then > minute(now));
                prop_assert_eq!(allowed(&earlier, Limit::PER_ADDRESS, then), Ok(()));
                prop_assert!(allowed(&earlier, Limit::PER_ADDRESS, then.plus(SignedDuration::from_micros(-1))).is_err());
            }
        }
    }
}
