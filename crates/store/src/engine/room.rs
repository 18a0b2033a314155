//! Whether there is room to write: what the disk of the data folder has left, and what is remembered of a write that
//! did not fit. Decides nothing about who is told; the desk's schedule looks again and again until there is room.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{Error, Result};

/// What a disk has, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// What this process may still use.
    pub free: u64,
    pub size: u64,
}

/// Below this it is time to make room, or below a twentieth of a disk of less than 20 GiB.
const LOW: u64 = 1 << 30;
/// What has to fit before writing is believed to work again.
const TRIAL: usize = 256 * 1024;

impl Room {
    /// The room on the disk of a folder.
    pub fn of(folder: &Path) -> Result<Self> {
        let disk = rustix::fs::statvfs(folder).map_err(|e| Error::broken(format!("{}: {e}", folder.display())))?;
        Ok(Self {
            free: disk.f_bavail.saturating_mul(disk.f_frsize),
            size: disk.f_blocks.saturating_mul(disk.f_frsize),
        })
    }

    /// Whether an administrator should look after it.
    pub fn is_low(self) -> bool {
        self.free < LOW.min(self.size / 20)
    }
}

/// Whether what is written now is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Writes,
    /// Something did not fit. Ends by itself.
    Full,
    /// The disk refused a sync. Ends with a new start.
    Stopped,
}

/// Remembers that something did not fit, for everybody who holds the same store.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fullness(Arc<AtomicBool>);

impl Fullness {
    pub(crate) fn is_noted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Looks at how a write ended.
    pub(crate) fn heed<T>(&self, ended: Result<T>) -> Result<T> {
        ended.inspect_err(|error| self.note(error))
    }

    /// Looks at why a write failed.
    pub(crate) fn note(&self, error: &Error) {
        if let Error::Full(why) = error
            && !self.0.swap(true, Ordering::Relaxed)
        {
            tracing::error!(why, "there is no room to write; reading goes on, and writing will once there is room");
        }
    }

    pub(crate) fn forget(&self) {
        if self.0.swap(false, Ordering::Relaxed) {
            tracing::info!("there is room again; writing goes on");
        }
    }
}

/// Writes as much as an ordinary commit may need to a file of its own, and takes it away again.
pub(crate) fn try_folder(folder: &Path) -> Result<()> {
    let path = folder.join("room");
    let tried = fill(&path);
    let gone = fs::remove_file(&path);
    tried.and(gone).map_err(|error| Error::from_io(&error, folder))
}

fn fill(path: &PathBuf) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(&vec![0x5a; TRIAL])?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIB: u64 = 1 << 30;

    #[test]
    fn little_room_is_a_gibibyte_and_a_twentieth_of_a_smaller_disk() {
        let low = |free, size| Room { free, size }.is_low();
        assert!(low(GIB - 1, 1000 * GIB) && !low(GIB, 1000 * GIB));
        assert!(low(GIB / 20 - 1, GIB) && !low(GIB / 20 + 1, GIB));
    }

    #[test]
    fn a_full_disk_is_noted_once_and_forgotten_for_all() {
        let (one, other) = (Fullness::default(), Fullness::default());
        let same = one.clone();
        assert!(one.heed::<()>(Err(Error::Full("no space".into()))).is_err());
        assert!(one.heed(Ok(())).is_ok(), "one write that fits proves nothing of the next");
        assert!(same.is_noted() && !other.is_noted());
        same.forget();
        assert!(!one.is_noted());
    }

    #[test]
    fn a_trial_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        try_folder(folder.path()).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
