//! Moving from another system (REQ-6): builds of the tool, systems that somebody misses, and reports of dry runs.

mod add_tool;
mod ask_system;
mod fetch_tool;
mod reports;

pub use add_tool::{NewBuild, add_tool};
pub use ask_system::{Heard, ask_system, asked_systems};
pub use fetch_tool::{fetch_tool, newest, tools};
pub use reports::{ShownReport, reports};

pub use store::{systems::Asked, tools::Tool};
