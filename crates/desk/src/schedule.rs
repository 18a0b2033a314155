//! Everything that runs by itself: jobs when they are due, clocks when a mark has come, timers of states, the search
//! index, and the broom for what is past.

use std::{ops::ControlFlow, time::Duration};

use jiff::SignedDuration;
use rules::instant::Instant;
use store::Standing;
use tokio::sync::{Notify, watch};

use crate::{
    Desk, Result, bugs, bulk, exports, jobs, live, mail, notifications, opening, search, sla, tickets, tracker,
};

/// How long to rest at most between two looks.
const REST: SignedDuration = SignedDuration::from_secs(5);
/// How long, once told to stop, it tries to write down what mail servers said: a database that is just coming back is
/// waited for, one that stays away is not.
const LAST_WRITES: Duration = Duration::from_secs(8);
/// How often the room on the disk is looked at, and how often while there is none.
const LOOK: Duration = Duration::from_secs(5);
const SOON: Duration = Duration::from_secs(1);
/// How long attempts are remembered, longer than any window of a limit (REG-2).
const ATTEMPTS: SignedDuration = SignedDuration::from_hours(48);

/// How long an invitation that ran out is shown to who may send it again.
const UNANSWERED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long it is kept why work was given up.
const DROPPED: SignedDuration = SignedDuration::from_hours(92 * 24);
/// How long it is kept what a form showed that was never sent.
const UNSENT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Does everything that is due now, until nothing is: what the world does between two actions of people.
pub async fn settle(desk: &Desk) -> Result<()> {
    mail::catch_up(desk).await?;
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

/// Doubts addresses whose proof is old (REG-7). Throws away files whose time is over (LOG-5), expired sessions, links, proofs and attempts, and files that nothing names any more.
pub async fn sweep_out(desk: &Desk) -> Result<u64> {
    crate::people::doubt_old(desk).await?;
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let parked = store::parked_reports::sweep(&tx, now).await?;
    let gone = parked + store::sessions::sweep(&tx, now, now.plus(-ATTEMPTS)).await?;
    let gone = gone + sla::sweep_simulations(&tx, now).await? + exports::sweep(&tx, now).await?;
    let gone = gone + store::invitations::sweep(&tx, now.plus(-UNANSWERED)).await?;
    let gone = gone + notifications::sweep(&tx, now).await? + bulk::sweep(&tx, now).await?;
    let gone = gone + store::tracker::sweep(&tx, now.plus(-tracker::CALLS)).await?;
    let gone = gone + store::work::sweep(&tx, now.plus(-DROPPED)).await?;
    let gone = gone + store::suggestions::sweep(&tx, now.plus(-UNSENT)).await?;
    let expired = store::attachments::expire(&tx, now).await? + store::uploads::expire(&tx, now).await?;
    tx.commit().await?;
    // What a crash, or another node, kept out of this folder's list.
    desk.store.note_erasures().await?;
    desk.store.note_redactions().await?;
    desk.store.scrub().await?;
    Ok(gone + expired + desk.store.sweep_blobs(now).await?)
}

/// Has the next opening of the desk told, as [`run`] does when it begins and every hour.
pub async fn tell_openings(desk: &Desk) -> Result<()> {
    opening::keep_up(desk).await
}

/// Runs until `stop` is ready, and finishes what it has begun. A fault is logged and tried again. Clocks and timers do not
/// wait for jobs: a mail server that hangs holds up mail alone.
pub async fn run(desk: &Desk, stop: impl Future<Output = ()>) {
    let (halt, halted) = watch::channel(false);
    let stop = async {
        stop.await;
        halt.send_replace(true);
    };
    let searchable = search::keep_up(desk, halted.clone());
    tokio::join!(
        stop,
        keep_time(desk, halted.clone()),
        work(desk, halted.clone()),
        watch_room(desk, halted.clone()),
        live::keep_up(desk, halted),
        searchable
    );
}

/// After something did not fit: tries until there is room, so that writing goes on by itself. While there is still some
/// left, says in the log when it becomes little.
async fn watch_room(desk: &Desk, mut halted: watch::Receiver<bool>) {
    let mut was_low = false;
    loop {
        let full = desk.store.standing() == Standing::Full;
        if full && let Err(error) = desk.store.try_again().await {
            tracing::debug!(%error, "there is still no room");
        }
        if let Ok(room) = desk.store.room() {
            if room.is_low() && !was_low {
                tracing::warn!(
                    free = room.free,
                    size = room.size,
                    "little room is left on the disk of the data folder"
                );
            }
            was_low = room.is_low();
        }
        tokio::select! {
            _ = halted.wait_for(|halted| *halted) => return,
            () = tokio::time::sleep(if full { SOON } else { LOOK }) => {}
        }
    }
}

/// Tells marks of clocks and moves states when their instant has come.
async fn keep_time(desk: &Desk, mut halted: watch::Receiver<bool>) {
    let next = async || {
        let upcoming = store::upcoming(desk.store.read()).await?;
        Ok([upcoming.mark, tickets::next_time_out(desk, &upcoming).await?].into_iter().flatten().min())
    };
    loop {
        let told = async {
            sla::sweep(desk).await?;
            tickets::time_out(desk).await?;
            next().await
        };
        if rest(desk, &desk.time_set, &mut halted, told.await).await.is_break() {
            return;
        }
    }
}

/// Runs jobs when they are due; every hour the broom, and has the next opening told.
async fn work(desk: &Desk, mut halted: watch::Receiver<bool>) {
    let mut broom_at = desk.now();
    if let Err(error) = bulk::resume(desk).await {
        tracing::error!(%error, "what was begun in bulk goes on when its lease ends");
    }
    if let Err(error) = bugs::resume(desk).await {
        tracing::error!(%error, "telling of fixes goes on when its lease ends");
    }
    loop {
        let done = async {
            mail::catch_up(desk).await?;
            // Told to stop, it ends the job that it is at and leaves the others where they are kept.
            while !*halted.borrow() && jobs::run_next(desk).await? {}
            Ok(store::jobs::next_due(desk.store.read()).await?)
        };
        let done = done.await;
        if desk.now() >= broom_at {
            if let Err(error) = sweep_out(desk).await {
                tracing::error!(%error, "sweeping out failed and is tried again");
            }
            if let Err(error) = opening::keep_up(desk).await {
                tracing::error!(%error, "the next opening could not be ordered and is tried again");
            }
            if let Err(error) = tracker::keep_up(desk).await {
                tracing::error!(%error, "looking at the tracker could not be ordered and is tried again");
            }
            broom_at = desk.now().plus(SignedDuration::from_hours(1));
        }
        if rest(desk, &desk.wake, &mut halted, done).await.is_break() {
            return mail::write_last(desk, LAST_WRITES).await;
        }
    }
}

/// Until the next thing is due or somebody wakes it, at most `REST`; as long after a fault, which may last. Breaks when it
/// is time to stop.
async fn rest(
    desk: &Desk,
    woken: &Notify,
    halted: &mut watch::Receiver<bool>,
    next: Result<Option<Instant>>,
) -> ControlFlow<()> {
    let next = next.unwrap_or_else(|error| {
        tracing::error!(%error, "the schedule met a fault and goes on");
        None
    });
    let wait = next.map_or(REST, |at| at.since(desk.now()).clamp(SignedDuration::from_millis(20), REST));
    tokio::select! {
        _ = halted.wait_for(|halted| *halted) => ControlFlow::Break(()),
        () = woken.notified() => ControlFlow::Continue(()),
        () = tokio::time::sleep(Duration::try_from(wait).unwrap_or(Duration::from_secs(1))) => ControlFlow::Continue(()),
    }
}
