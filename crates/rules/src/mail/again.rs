//! A mail that a server refused and somebody has sent again: why it does not go out after all.

use serde::{Deserialize, Serialize};

/// Asked when it is wanted, and again when it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotOwed {
    /// Whom it is for does not see what it is about, or not any more (VIS-3).
    NotTheirs,
    /// It was taken back or redacted, is over, or its reader has no address any more.
    OwedNoMore,
}
