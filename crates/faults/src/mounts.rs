//! A small disk of one's own: an ext4 in a file, mounted, so that it can fill up, be read-only and lose what was not
//! synced. Needs the rights of root.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::report::Unable;

const MEGABYTES: u64 = 40;

#[derive(Debug)]
pub(crate) struct Disk {
    image: PathBuf,
    pub(crate) mount: PathBuf,
}

impl Disk {
    pub(crate) fn make(folder: &Path) -> Result<Self> {
        let disk = Self { image: folder.join("disk.img"), mount: folder.join("disk") };
        File::create(&disk.image)?.set_len(MEGABYTES * 1024 * 1024)?;
        fs::create_dir_all(&disk.mount)?;
        // No blocks kept back for root, who runs this.
        let image = disk.image.to_string_lossy().into_owned();
        command("mkfs.ext4", &["-q", "-m", "0", &image]).map_err(|why| unable(&why))?;
        disk.mount("loop").map_err(|why| unable(&why))?;
        Ok(disk)
    }

    pub(crate) fn mount(&self, options: &str) -> Result<()> {
        command("mount", &["-o", options, &self.image.to_string_lossy(), &self.mount.to_string_lossy()])
    }

    /// `ro`, `rw`, or `abort`: as after a fault of the device, nothing more is written, not even what is in memory.
    pub(crate) fn remount(&self, how: &str) -> Result<()> {
        command("mount", &["-o", &format!("remount,{how}"), &self.mount.to_string_lossy()])
    }

    pub(crate) fn unmount(&self) -> Result<()> {
        command("umount", &[&self.mount.to_string_lossy()])
    }

    /// Takes all the room but for `spare` bytes; the file that takes it.
    pub(crate) fn fill(&self, spare: usize) -> Result<PathBuf> {
        let path = self.mount.join("filler");
        let mut file = File::create(&path)?;
        loop {
            match file.write_all(&[0x5a; 64 * 1024]) {
                Err(error) if error.kind() == ErrorKind::StorageFull => break,
                other => other?,
            }
        }
        let length = file.metadata()?.len();
        file.set_len(length.saturating_sub(spare as u64))?;
        Ok(path)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Unmounted already, or held by a process that is about to end.
        let _ = command("umount", &["-l", &self.mount.to_string_lossy()]);
    }
}

fn unable(why: &anyhow::Error) -> anyhow::Error {
    Unable(format!("a disk of its own cannot be made here: {why:#}")).into()
}

fn command(program: &str, arguments: &[&str]) -> Result<()> {
    // Whoever else has work on this thread, such as the mail server, does not wait for it.
    let done = tokio::task::block_in_place(|| Command::new(program).args(arguments).output());
    let done = done.with_context(|| format!("{program} cannot be started"))?;
    let said = String::from_utf8_lossy(&done.stderr);
    anyhow::ensure!(done.status.success(), "{program} {}: {}", arguments.join(" "), said.trim());
    Ok(())
}
