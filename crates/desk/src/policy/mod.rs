//! The policy: versions are applied, never changed (POL-3), and a text is held against them before. Trying one on what
//! happened is `sla`'s (POL-4).

mod apply;
mod read;
mod recompute;
mod take_holidays;
mod would_change;

pub use apply::{NewPolicy, NotApplied, apply};
pub use read::{CheckedText, KeptVersion, VersionStanding, check, versions};
pub use recompute::recompute;
pub use take_holidays::{NotTaken, take_holidays};
pub use would_change::{WouldChange, would_change};
