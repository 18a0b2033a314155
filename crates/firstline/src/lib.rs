//! The binary as a library, so that the stories run the same wiring as the process.

pub mod commands;
