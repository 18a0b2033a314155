//! The product's releases: what versions are called and which is newer, which release is the latest where, what was fixed since
//! another one, what it runs on, and what follows when one is withdrawn (BUG-1, 7, 8). Who is told that a fix shipped is
//! `bugs`' to say.

mod no_version;
mod range;
mod version;

pub use no_version::{NoVersion, NotOne};
pub use range::{End, NoRange, Range, Span};
pub use version::{Installed, Version};
