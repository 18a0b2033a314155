//! Who people are: addresses and their domains, passwords, proofs of work (REG-1 to 6).

pub mod address;
pub mod captcha;
pub mod domain;
pub mod entries;
pub mod join;
pub mod lists;
pub mod secret;

pub use address::{Address, AddressFault};
pub use domain::{Domain, DomainFault};
pub use entries::{DomainRefusal, match_organisation, may_claim};
pub use join::{Alone, Joining, Known, PublicMail, join};
pub use lists::{Additions, Classified, DomainClass, Source};

/// Why a password was refused (REG-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordWeakness {
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
    },
    /// Guessed quickly; what the meter found, as its own advice.
    Guessable {
        score: u8,
    },
    /// Holds the person's own name or address.
    Personal,
}
