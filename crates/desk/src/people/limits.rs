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
pub(crate) enum Trying {
    SignUp,
    SignIn,
    /// From a browser that the person signed in with before.
    SignInWhereKnown,
    Reset,
    /// Without an account (SEC-1).
    SecurityReport,
    /// Somebody else's address, to join an organisation.
    Invite,
    /// One's own address, once more.
    Prove,
    /// A token that opens nothing.
    Token,
    /// What a program brings with one that does.
    Program,
    /// What one reads.
    Reading,
    /// What the product says of itself.
    Telling,
}

impl Trying {
    /// What is counted: by address or browser, and by network.
    fn kinds(self) -> (&'static str, &'static str) {
        match self {
            Trying::SignUp => ("sign_up/address", "sign_up/network"),
            Trying::SignIn => ("sign_in/address", "sign_in/network"),
            Trying::SignInWhereKnown => ("sign_in/browser", "sign_in/network"),
            Trying::SecurityReport => ("report/address", "report/network"),
            Trying::Invite => ("invite/address", "invite/network"),
            Trying::Prove => ("prove/address", "prove/network"),
            Trying::Token => ("token/from", "token/network"),
            Trying::Program => ("program/token", "program/network"),
            Trying::Reading => ("reading/token", "reading/network"),
            Trying::Telling => ("telling/token", "telling/network"),
            Trying::Reset => ("reset/address", "reset/network"),
        }
    }
}

impl Trying {
    fn limits(self) -> &'static [Limit] {
        match self {
            Trying::Program => Limit::PROGRAM,
            Trying::Reading | Trying::Telling => Limit::READING,
            Trying::Token => Limit::PER_NETWORK,
            _ => Limit::PER_ADDRESS,
        }
    }

    fn network_limits(self) -> &'static [Limit] {
        match self {
            Trying::Reading | Trying::Telling => Limit::READING,
            _ => Limit::PER_NETWORK,
        }
    }
}

/// Counts an attempt, or refuses it with the instant from which it may be made. `whose`: an address or a browser.
pub(crate) async fn attempt(tx: &Tx, trying: Trying, whose: &str, from: &str, now: Instant) -> Result<()> {
    let network = from.parse::<IpAddr>().map_or_else(|_| from.to_owned(), |ip| network(ip).to_string());
    let (by_whom, by_network) = trying.kinds();
    let counted = [(by_whom, whose, trying.limits()), (by_network, network.as_str(), trying.network_limits())];
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
