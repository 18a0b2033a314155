//! Whether a verb that can be tried first is tried, or done.

/// Whether it is only looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    Dry,
    Real,
}
