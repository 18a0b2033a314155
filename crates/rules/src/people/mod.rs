//! Who people are: addresses and their domains, passwords, proofs of work (REG-1 to 6).

pub mod address;
pub mod attempts;
pub mod captcha;
pub mod domain;
pub mod entries;
mod erased;
pub mod inviting;
pub mod join;
pub mod known;
pub mod lists;
pub mod password;
pub mod proof;
pub mod secret;
pub mod session;
pub mod token;

pub use address::{Address, AddressFault};
pub use domain::{Domain, DomainFault};
pub use entries::{DomainRefusal, match_organisation, may_claim};
pub use erased::erased_name;
pub use inviting::{INVITATION, Inviting, OFFER, OPEN_INVITATIONS, Others, may_invite};
pub use join::{Alone, Joining, Known, PublicMail, join};
pub use lists::{Additions, Classified, DomainClass, Source};
pub use password::PasswordWeakness;
pub use secret::SecretKey;
