//! What it takes for bytes to outlive a power cut: the log's file handed to the disk, and the folders that name it.

use std::{
    fs::{self, File},
    io::{self, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Brings the log of commits to the disk. Tests put their own in, to hold it up or to let it fail.
pub trait Disk: Send + Sync + std::fmt::Debug {
    /// Returns once everything that the log held at the call would outlive a power cut. Blocks meanwhile.
    fn sync(&self) -> io::Result<()>;
}

/// SQLite's log beside its database.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    opened: Mutex<Option<File>>,
}

impl Log {
    pub(crate) fn beside(database: &Path) -> Self {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        Self { path: path.into(), opened: Mutex::default() }
    }
}

impl Disk for Log {
    /// The file stays open between two calls: the kernel tells an open file of every write that failed since it was
    /// opened, also when SQLite's own file heard of it first.
    fn sync(&self) -> io::Result<()> {
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ours = match &*opened {
            // SQLite makes another log only after it closed its last connection, and by then it has brought the
            // whole of the old one into the database and synced that.
            Some(file) => identity(&file.metadata()?) == identity(&fs::metadata(&self.path)?),
            None => false,
        };
        if !is_ours {
            *opened = Some(File::open(&self.path)?);
            sync_folder(self.path.parent().unwrap_or(Path::new(".")))?;
        }
        opened.as_ref().map_or(Ok(()), File::sync_data)
    }
}

fn identity(file: &fs::Metadata) -> (u64, u64) {
    (file.dev(), file.ino())
}

/// Makes a folder with those above it, and has the disk know their names.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    make_folder(above)?;
    match fs::create_dir(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    sync_folder(above)
}

/// Has the disk know the names in a folder.
pub(crate) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// The disk's own measure, beside which a rate of commits can be read: how often a second it takes one page at the end
/// of a file in `folder` and says that it has it. `elapsed` tells the time since any fixed instant.
pub fn syncs_a_second(folder: &Path, times: u32, elapsed: impl Fn() -> Duration) -> io::Result<f64> {
    let path = folder.join("syncs");
    let mut file = File::create(&path)?;
    let begun = elapsed();
    for _ in 0..times {
        file.write_all(&[0x5a; 4096])?;
        file.sync_data()?;
    }
    let taken = elapsed().saturating_sub(begun);
    fs::remove_file(&path)?;
    Ok(f64::from(times) / taken.as_secs_f64().max(f64::EPSILON))
}
