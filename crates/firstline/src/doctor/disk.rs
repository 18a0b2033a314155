//! The disk under the data folder: how much room there is, and how often a second it takes something for good.

use std::time::Instant;

use super::Finding;
use crate::{backup::sized, config::Config};

/// Bytes below which what people attach may not fit.
const LEAST: u64 = 200_000_000;
/// How many syncs are measured, and the rate below which every answer waits noticeably.
const SYNCS: u32 = 20;
const SLOW: f64 = 20.0;

pub(super) fn look(config: &Config) -> Vec<Finding> {
    if config.data_dir.is_dir() { vec![room(config), syncs(config)] } else { vec![] }
}

fn room(config: &Config) -> Finding {
    let folder = config.data_dir.display();
    let room = match store::Room::of(&config.data_dir) {
        Ok(room) => room,
        Err(error) => return Finding::warn("disk", error.to_string(), "look at the disk yourself: df"),
    };
    let said = format!("{} are free under {folder}", sized(room.free));
    match room.free {
        0..LEAST => Finding::fail("disk", said, "make room: what does not fit is refused"),
        _ if room.is_low() => Finding::warn("disk", said, "make room before it is full"),
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
