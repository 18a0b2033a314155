//! Everything that runs by itself: jobs when they are due, clocks when a mark has come, timers of states, and
//! the broom for what is past.

use std::time::Duration;

use jiff::SignedDuration;
use rules::instant::Instant;

use crate::{Desk, Result, jobs, sla, tickets};

/// How long to rest at most between two looks.
const REST: SignedDuration = SignedDuration::from_secs(5);
/// How long attempts are remembered, longer than any window of a limit (REG-2).
const ATTEMPTS: SignedDuration = SignedDuration::from_hours(48);

/// Does everything that is due now, until nothing is: what the world does between two actions of people.
pub async fn settle(desk: &Desk) -> Result<()> {
    while next(desk).await?.is_some_and(|at| at <= desk.now()) {
        let swept = sla::sweep(desk).await?;
        let moved = tickets::time_out(desk).await?;
        let ran = jobs::run_due(desk).await?;
        if swept == sla::Swept::default() && moved == 0 && ran == 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// When something is due by itself next: a job, a mark of a clock, a timer of a state.
pub async fn next(desk: &Desk) -> Result<Option<Instant>> {
    let upcoming = store::upcoming(desk.store.read()).await?;
    let time_out = tickets::next_time_out(desk, &upcoming).await?;
    Ok([upcoming.job, upcoming.mark, time_out].into_iter().flatten().min())
}

/// Throws away expired sessions, links, proofs and attempts, and files that nothing names any more.
pub async fn sweep_out(desk: &Desk) -> Result<u64> {
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let gone = store::sessions::sweep(&tx, now, now.plus(-ATTEMPTS)).await?;
    tx.commit().await?;
    Ok(gone + desk.store.sweep_blobs(now).await?)
}

/// Runs until `stop` is ready, and finishes what it has begun. A fault is logged and tried again.
pub async fn run(desk: &Desk, stop: impl Future<Output = ()>) {
    let mut stop = std::pin::pin!(stop);
    let mut broom_at = desk.now();
    loop {
        if let Err(error) = settle(desk).await {
            tracing::error!(%error, "the schedule met a fault and goes on");
        }
        if desk.now() >= broom_at {
            if let Err(error) = sweep_out(desk).await {
                tracing::error!(%error, "sweeping out failed and is tried again");
            }
            broom_at = desk.now().plus(SignedDuration::from_hours(1));
        }
        let rest = rest(desk).await;
        tokio::select! {
            () = &mut stop => return,
            () = desk.wake.notified() => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// Until the next thing is due, at most `REST`.
async fn rest(desk: &Desk) -> Duration {
    let next = next(desk).await.ok().flatten();
    let wait = next.map_or(REST, |at| at.since(desk.now()).clamp(SignedDuration::from_millis(20), REST));
    Duration::try_from(wait).unwrap_or(Duration::from_secs(1))
}
