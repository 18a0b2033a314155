//! The data folder: one process at a time, a key that nobody else reads, and a socket for the command line.

use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use rules::people::SecretKey;

/// The key that signs links.
pub(crate) const KEY: &str = "secret.key";
/// Says that a restore is under way, or broke off.
const RESTORING: &str = "restoring";

/// A data folder that this process holds.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Held as long as the folder is: the lock goes with the file.
    _lock: File,
}

impl Folder {
    /// Makes the folder if need be, for its owner alone, and takes it. Refused while another process has it.
    pub fn take(path: &Path) -> anyhow::Result<Self> {
        ensure!(
            !path.join(RESTORING).exists(),
            "{} holds a restore that broke off; empty it, and restore anew",
            path.display()
        );
        Self::hold(path)
    }

    /// Takes a folder that holds nothing but lists of erasures and redactions, to restore into it. Until `is_restored`, nobody else
    /// can use it.
    pub fn take_empty(path: &Path) -> anyhow::Result<Self> {
        if path.exists() {
            let mut entries = fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
            let other = entries.find_map(|entry| {
                let name = entry.map(|entry| entry.file_name()).unwrap_or_default();
                let is_list = name == store::erasures::FILE || name == store::redaction_list::FILE;
                (name != "lock" && !is_list).then_some(name)
            });
            if let Some(other) = other {
                bail!(
                    "{} is not empty: there is {}; move what is there to another place, or name another data_dir",
                    path.display(),
                    other.display()
                );
            }
        }
        let folder = Self::hold(path)?;
        let mark = File::create(path.join(RESTORING)).and_then(|mark| mark.sync_all());
        mark.with_context(|| format!("{} cannot be written to", path.display()))?;
        Ok(folder)
    }

    /// What was restored is whole.
    pub fn is_restored(&self) -> anyhow::Result<()> {
        fs::remove_file(self.path.join(RESTORING)).context("the mark of a restore under way cannot be removed")
    }

    /// Whether nobody holds a folder that is there. Makes nothing.
    pub fn is_free(path: &Path) -> bool {
        File::open(path.join("lock")).is_ok_and(|lock| lock.try_lock().is_ok()) || !path.join("lock").exists()
    }

    fn hold(path: &Path) -> anyhow::Result<Self> {
        make(path).with_context(|| format!("{} cannot be made", path.display()))?;
        let file = path.join("lock");
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&file)
            .with_context(|| format!("{} cannot be opened", file.display()))?;
        ensure!(
            lock.try_lock().is_ok(),
            "{} is in use by another Firstline; stop that one, or talk to it (commands do so by themselves)",
            path.display()
        );
        Ok(Self { path: path.to_owned(), _lock: lock })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the command line reaches the server that holds the folder.
    pub fn socket(path: &Path) -> PathBuf {
        path.join("socket")
    }

    /// The key in `file`, or in the folder; drawn at the first start. A key that others can read is refused.
    pub fn secret_key(&self, file: Option<&Path>, draw: impl Fn(&mut [u8])) -> anyhow::Result<SecretKey> {
        let file = file.map_or_else(|| self.path.join(KEY), Path::to_owned);
        if !file.exists() {
            let mut key = [0; 32];
            draw(&mut key);
            let made = OpenOptions::new().create_new(true).write(true).mode(0o600).open(&file);
            let mut made = made.with_context(|| format!("{} cannot be made", file.display()))?;
            made.write_all(&key)?;
            made.sync_all()?;
        }
        read_key(&file)
    }
}

fn make(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    fs::DirBuilder::new().mode(0o700).create(path)
}

fn read_key(file: &Path) -> anyhow::Result<SecretKey> {
    use std::os::unix::fs::PermissionsExt;
    let mut opened = File::open(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mode = opened.metadata()?.permissions().mode();
    ensure!(mode & 0o077 == 0, "others can read {}; run chmod 600 on it", file.display());
    let mut key = Vec::new();
    opened.read_to_end(&mut key)?;
    ensure!(key.len() >= 32, "{} is too short for a key: 32 bytes at least", file.display());
    Ok(SecretKey::new(key))
}
