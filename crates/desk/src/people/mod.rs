//! People: accounts, sessions, links.

mod demo;
mod domains;
mod enter;
mod erase;
mod hash;
mod limits;
mod link;
mod pace;
mod prove;
mod reset;
mod sessions;
mod sign_in;
mod sign_up;
mod staff;
mod verify;

pub use demo::{enter_as, name_of};
pub use domains::leads_to;
pub(crate) use enter::open_session;
pub use enter::{Browser, Entered, enter};
pub use erase::{erase, erase_again};
pub use hash::NOBODY;
pub(crate) use limits::{Trying, attempt};
pub use link::expected;
pub(crate) use link::{NewLink, link_text, make};
pub(crate) use pace::Pace;
pub use pace::keep_pace;
pub use prove::{ask_proof, doubt_old, is_doubted, prove};
pub(crate) use prove::{doubt_bounced, proven};
pub use reset::{ask_reset, reset};
pub use sessions::{address, end_session, sessions, sign_out, sign_out_everywhere};
pub use sign_in::{Credentials, sign_in};
pub(crate) use sign_up::named;
pub use sign_up::{SignUp, challenge, sign_up};
pub use staff::{Added, NewStaff, PasswordLink, add_staff, is_staff};
pub use verify::{NewPassword, measure, verify};
pub(crate) use verify::{address as link_address, hashed, register};
