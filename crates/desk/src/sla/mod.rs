//! Clocks: told from the events after every change, and swept when a mark has come.

mod sweep;
mod tell;

pub use sweep::{Swept, sweep};
pub(crate) use tell::tell;
pub use tell::{clocks, history};
