//! What the machine says: the time, a process's share of it, its memory, and how often the disk can sync.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context;

#[expect(clippy::disallowed_methods, reason = "measuring is the binary's, and needs a clock that never goes back")]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// Ticks a second of `/proc/PID/stat`; Linux promises a hundred (`getconf CLK_TCK`).
const TICKS: f64 = 100.0;

/// The processor time that a process has used, in user and kernel mode.
pub(super) fn cpu(pid: u32) -> anyhow::Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).context("the process is gone")?;
    // The name in parentheses may hold anything; what follows it is counted from the third field on (proc(5)).
    let rest = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: f64 = rest.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    Ok(Duration::from_secs_f64(ticks / TICKS))
}

/// Bytes of anonymous memory: what no file gives back.
pub(super) fn anonymous(pid: u32) -> anyhow::Result<f64> {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).context("the process is gone")?;
    let line =
        rollup.lines().find_map(|line| line.strip_prefix("Anonymous:")).context("smaps_rollup says Anonymous")?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().context("a number of kB")?;
    Ok(kibibytes * 1024.0)
}

/// Syncs a second of a log that grows by a page each time, as a commit's does.
pub(super) async fn syncs(folder: &Path) -> anyhow::Result<f64> {
    const LENGTH: Duration = Duration::from_secs(2);
    let path = folder.join("syncs.tmp");
    tokio::task::spawn_blocking(move || {
        let mut file = File::create(&path)?;
        let (begun, mut count) = (now(), 0_u32);
        while begun.elapsed() < LENGTH {
            file.write_all(&[0; 4096])?;
            file.sync_data()?;
            count += 1;
        }
        fs::remove_file(&path)?;
        Ok(f64::from(count) / begun.elapsed().as_secs_f64())
    })
    .await?
}
