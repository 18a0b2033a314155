//! The binary as a library, so that the stories run the same wiring as the process.

pub mod commands;
pub mod config;
pub mod control;
mod differences;
pub mod folder;
mod no_post;
pub mod ports;
pub mod serving;
pub mod wire;
