//! The data folder: one process at a time, a key that nobody else reads, and a socket for the command line.

use std::{
    fs::{File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use rules::people::SecretKey;

/// A data folder that this process holds.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// Held as long as the folder is: the lock goes with the file.
    _lock: File,
}

impl Folder {
    /// Makes the folder if need be, and takes it. Refused while another process has it.
    pub fn take(path: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(path).with_context(|| format!("{} cannot be made", path.display()))?;
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
        let file = file.map_or_else(|| self.path.join("secret.key"), Path::to_owned);
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
