//! The disk under the data folder: how much room there is, and how often a second it takes something for good.

use std::time::Instant;

use super::Finding;
use crate::{backup::sized, config::Config};

/// Bytes below which what people attach may not fit, and below which somebody should look.
const LEAST: u64 = 200_000_000;
const ENOUGH: u64 = 2_000_000_000;
/// How many syncs are measured, and the rate below which every answer waits noticeably.
const SYNCS: u32 = 20;
const SLOW: f64 = 20.0;

pub(super) fn look(config: &Config) -> Vec<Finding> {
    if config.data_dir.is_dir() { vec![room(config), syncs(config)] } else { vec![] }
}

fn room(config: &Config) -> Finding {
    let folder = config.data_dir.display();
    let free = match rustix::fs::statvfs(&config.data_dir) {
        Ok(disk) => disk.f_bavail.saturating_mul(disk.f_frsize),
        Err(error) => return Finding::warn("disk", format!("{folder}: {error}"), "look at the disk yourself: df"),
    };
    let said = format!("{} are free under {folder}", sized(free));
    match free {
        0..LEAST => Finding::fail("disk", said, "make room: what does not fit is refused"),
        LEAST..ENOUGH => Finding::warn("disk", said, "make room before it is full"),
        _ => Finding::ok("disk", said),
    }
}

#[expect(clippy::disallowed_methods, reason = "measuring is the binary's, and needs a clock that never goes back")]
fn syncs(config: &Config) -> Finding {
    let begun = Instant::now();
    match store::syncs_a_second(&config.data_dir, SYNCS, || begun.elapsed()) {
        Err(error) => Finding::fail(
            "disk syncs",
            format!("{} cannot be written to: {error}", config.data_dir.display()),
            "run this as the user of the server; if you do, mend the disk or the folder's rights",
        ),
        Ok(rate) if rate < SLOW => Finding::warn(
            "disk syncs",
            format!("the disk takes {rate:.0} syncs a second, and every answer waits for one"),
            "use another disk for the data folder",
        ),
        Ok(rate) => Finding::ok("disk syncs", format!("{rate:.0} a second, one serves all who wait")),
    }
}
