//! The cast and their life: people who sign up, file requests, answer, wait and complain, by the verbs of the desk.
//!
//! Decides who there is and what they do and say; time and chance are the stage's, so the same seed gives the same
//! world. What follows from their acts is the desk's. The demo, the stories and the benchmarks use the same builders.

mod arrive;
pub mod bugs;
pub mod bulk;
mod cast;
mod dice;
mod file;
mod form;
mod letters;
mod life;
mod releases;
mod stage;
mod texts;

pub use arrive::proof;
pub use cast::{Cast, Member};
pub use file::{file, text};
pub use form::{File, Filing, complete};
pub use letters::Letters;
pub use life::{beginning, live};
pub use releases::release;
pub use stage::{Stage, StageChance, StageClock};

/// The password of everybody on the stage.
pub const PASSWORD: &str = "ferry-lantern-oxbow-47-sill";
