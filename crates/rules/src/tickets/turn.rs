//! Whose turn it is, and since when (TRN-1).

use crate::instant::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub whose: Whose,
    pub since: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    Ours,
    Theirs,
}
