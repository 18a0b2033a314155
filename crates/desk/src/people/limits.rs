//! Attempts are limited per address and per network, counted in the database so that all nodes agree (REG-2).

use std::net::IpAddr;

use jiff::SignedDuration;
use rules::{
    instant::Instant,
    people::attempts::{Limit, RetryAfter, allowed, network},
};
use sha2::{Digest, Sha256};
use store::Tx;

use crate::{Error, Result};

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub(super) enum Trying {
    SignUp,
    SignIn,
    Reset,
}

impl Trying {
    fn word(self) -> &'static str {
        match self {
            Trying::SignUp => "sign_up",
            Trying::SignIn => "sign_in",
            Trying::Reset => "reset",
        }
    }
}

/// Counts an attempt, or refuses it with the instant from which it may be made.
pub(super) async fn attempt(tx: &Tx, trying: Trying, address: &str, from: &str, now: Instant) -> Result<()> {
    let network = from.parse::<IpAddr>().map_or_else(|_| from.to_owned(), |ip| network(ip).to_string());
    let counted = [
        (format!("{}/address", trying.word()), address, Limit::PER_ADDRESS),
        (format!("{}/network", trying.word()), network.as_str(), Limit::PER_NETWORK),
    ];
    for (kind, who, limits) in &counted {
        let earlier = store::sessions::attempts(tx, kind, &hashed(who), now.plus(-LONGEST)).await?;
        allowed(&earlier, limits, now).map_err(|RetryAfter(until)| Error::Limited { until })?;
    }
    for (kind, who, _) in &counted {
        store::sessions::note_attempt(tx, kind, &hashed(who), now).await?;
    }
    Ok(())
}

/// The longest window of any limit.
const LONGEST: SignedDuration = SignedDuration::from_hours(24);

fn hashed(who: &str) -> Vec<u8> {
    Sha256::digest(who.as_bytes()).to_vec()
}
