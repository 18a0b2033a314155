//! The sync barrier: commits go into the log without waiting for the disk, and who made one waits here until the disk
//! has it. One sync serves all commits that the log held when it began, so the writer's turn is over before the wait.
//!
//! Nobody is answered, no mail leaves and no job is begun before the sync that covers the commit it stands on: a commit
//! that builds on an earlier one comes after it in the log. A *reader* may see a commit that is not synced yet; what
//! it is shown then is no promise.
//!
//! A sync that failed may have lost pages for good while the next one succeeds (Linux marks them clean), so there is
//! no second try: all who wait fail, and so does every transaction after, until the database is opened anew.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use tokio::{sync::watch, time::Instant};

use super::Disk;
use crate::{Error, Result};

/// Where commits wait for the disk.
#[derive(Clone, Debug)]
pub(crate) struct Barrier(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    disk: Arc<dyn Disk>,
    /// Commits that the log holds.
    written: AtomicU64,
    /// Whether a thread syncs; before it ends it looks for commits that came meanwhile.
    running: Mutex<bool>,
    passed: watch::Sender<Passed>,
}

#[derive(Clone, Debug)]
enum Passed {
    /// The disk has the commits up to this one.
    UpTo(u64),
    Never(String),
}

impl Barrier {
    pub(crate) fn new(disk: Arc<dyn Disk>) -> Self {
        let passed = watch::Sender::new(Passed::UpTo(0));
        Self(Arc::new(Shared { disk, written: AtomicU64::new(0), running: Mutex::new(false), passed }))
    }

    /// Called when a commit stands in the log; returns when the disk has it. Who gives up waiting takes nothing
    /// back: the sync goes on, and the commit stands.
    pub(crate) async fn pass(&self) -> Result<()> {
        let ticket = self.0.written.fetch_add(1, Ordering::SeqCst) + 1;
        let mut passed = self.0.passed.subscribe();
        Shared::start(&self.0);
        let verdict = passed.wait_for(|passed| passed.decides(ticket)).await.map_err(Error::broken)?;
        verdict.check()
    }

    /// Whether what is written now can still become lasting.
    pub(crate) fn check(&self) -> Result<()> {
        self.0.passed.borrow().check()
    }
}

impl Passed {
    fn decides(&self, ticket: u64) -> bool {
        match self {
            Passed::UpTo(last) => *last >= ticket,
            Passed::Never(_) => true,
        }
    }

    fn check(&self) -> Result<()> {
        match self {
            Passed::UpTo(_) => Ok(()),
            Passed::Never(why) => Err(Error::Stopped(why.clone())),
        }
    }
}

impl Shared {
    fn start(this: &Arc<Self>) {
        let mut running = this.running.lock().unwrap_or_else(PoisonError::into_inner);
        if !*running {
            *running = true;
            let this = Arc::clone(this);
            tokio::task::spawn_blocking(move || this.run());
        }
    }

    fn run(&self) {
        loop {
            // Read before the sync begins: what is written after this may miss it.
            let written = self.written.load(Ordering::SeqCst);
            let begun = Instant::now();
            let synced = self.disk.sync();
            metrics::histogram!("firstline_sync_seconds").record(begun.elapsed());
            if let Err(error) = synced {
                let why = format!(
                    "the disk did not take the log ({error}); nothing more is written until Firstline is started anew"
                );
                tracing::error!("{why}");
                self.passed.send_replace(Passed::Never(why));
                return;
            }
            self.passed.send_replace(Passed::UpTo(written));
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            if self.written.load(Ordering::SeqCst) == written {
                *running = false;
                return;
            }
        }
    }
}
