//! The binary as a library, so that the stories run the same wiring as the process.

mod backup;
pub mod commands;
pub mod config;
pub mod control;
mod differences;
mod doctor;
mod exchange;
pub mod folder;
pub mod herald;
mod log;
mod measures;
mod no_post;
pub mod notify;
pub mod outgoing;
pub mod ports;
mod reload;
mod requests;
mod rest;
pub mod serving;
pub mod simulation;
mod text_file;
pub mod tls;
pub mod trackers;
pub mod wire;
