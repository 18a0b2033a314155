//! The support policy: what the file says, whether it holds together, and what it answers.
//!
//! - `Policy::parse(source) -> Result<Checked, Vec<Fault>>`: reads and checks the TOML file (POL-1).
//! - `Policy` and its parts (`model`): every table of the file as a struct; texts are `Text`, said by
//!   `text.say("en")`; lists by key are `Keyed`, in the order of the file.
//! - `policy.request_type(&key)`, `.details_of(..)`, `.ticks_of(..)`, `.allowed(..)`, `.clamp(..)`: what a form shows and
//!   what filing checks (`forms`).
//! - `policy.applied(kind, &about)`: which target applies, and which line won (`targets`, PLN-1).
//! - `Compiled`: what is stored of a version, with its hash (POL-3).
//!
//! Decides nothing about time (`calendar`, `sla`) and says nothing to customers (`words`).

mod changes;
mod check;
mod closed_days;
mod compiled;
mod document;
mod effects;
mod exposure;
mod fault;
mod forms;
mod forms_of_text;
mod growth;
mod model;
mod not_toml;
mod read;
mod reference;
mod shape;
mod targets;

pub use changes::{Change, changes};
pub use closed_days::ClosedDay;
pub use compiled::Compiled;
pub use effects::{Effect, OpenGroup, Touched, effects};
pub use exposure::{Exposure, STAFF, exposure};
pub(crate) use fault::nearest;
pub use fault::{Fault, Severity};
pub use forms::Chosen;
pub use model::*;
pub use read::Checked;
pub use reference::reference;
pub use shape::schema;
pub use targets::{Applied, Column, Fit, Winner};

#[cfg(test)]
mod broken_test;
#[cfg(test)]
mod larkspur_test;
#[cfg(test)]
mod reference_page_test;
#[cfg(test)]
mod reference_test;
#[cfg(test)]
mod vendors_test;
