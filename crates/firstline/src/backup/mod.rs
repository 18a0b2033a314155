//! Backups: a folder with everything that a desk keeps, which says itself whether it is whole (`manifest`). `take` writes
//! one while the desk serves; `check` looks whether it still is what was written; `restore` makes a desk of it again, or
//! tries it in a place that is thrown away.

mod again;
mod check;
mod differences;
mod hash;
mod manifest;
mod restore;
mod take;

pub(crate) use again::Later;
pub(crate) use restore::{Outcome, restore, verify};
pub(crate) use take::take;

/// Whether a folder holds a backup that was finished.
pub(crate) fn is_there(folder: &std::path::Path) -> bool {
    folder.join(manifest::NAME).exists()
}

/// A size as people read it.
pub(crate) fn sized(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
