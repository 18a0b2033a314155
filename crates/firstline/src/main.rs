//! The binary: reads the command line and hands over to the library.

use clap::Parser;

/// A page is written in thousands of small pieces; the system's allocator takes twice the time for them.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    firstline::commands::run(firstline::commands::Line::parse())
}
