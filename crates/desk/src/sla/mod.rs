//! Clocks that run out: swept when a mark has come. How they are told from the events is `clocks`'.

mod sweep;

pub use sweep::{Swept, marks, sweep};
