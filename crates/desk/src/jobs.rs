//! Work that runs by itself: claimed with a lease, tried again with backoff, parked where staff see it.

use jiff::SignedDuration;
use rules::instant::Instant;
use store::jobs::Job;

use crate::{
    Desk, Error, Result, bugs, bulk, exports, installed, mail, opening, organisations, push, reports, sla, teams,
    tracker,
};

/// How long a worker may take before another may have the job: longer than a mail server that has a letter may take to
/// say that it took it, or another node would send it again.
const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// How long to wait after each failed try; after the last, the job is parked.
const BACKOFF_SECONDS: [i64; 10] = [10, 60, 300, 900, 3600, 7200, 14400, 28800, 43200, 86400];
/// How long until it is looked again for what was not set up.
const WAIT: SignedDuration = SignedDuration::from_mins(5);

/// Every kind of job that there is.
pub const KINDS: [&str; 15] = [
    bugs::KIND,
    bugs::CIRCULAR,
    bulk::KIND,
    exports::KIND,
    installed::KIND,
    mail::KIND,
    organisations::KIND,
    organisations::CLOSED_DAYS,
    push::KIND,
    reports::MONTHLY,
    sla::COUNTING,
    sla::SIMULATION,
    teams::ENDED,
    tracker::KIND,
    opening::KIND,
];

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Done {
    Finished,
    /// Nothing is lost, but not now: the other side is busy or away.
    Again {
        fault: String,
    },
    /// The same, and the other side asked that it is not before then.
    Later {
        fault: String,
        at: Instant,
    },
    /// Something that it comes after goes on; it is never parked for that.
    Behind {
        fault: String,
        at: Instant,
    },
    /// What it needs is not set up yet; it is never parked for that.
    Waits {
        fault: String,
    },
    /// Somebody has to do something first: it is set aside at once, where staff see it.
    Parked {
        fault: String,
    },
}

/// Runs everything that is due; how many jobs were run.
pub async fn run_due(desk: &Desk) -> Result<usize> {
    let mut ran = 0;
    while run_next(desk).await? {
        ran += 1;
    }
    Ok(ran)
}

/// Runs the next job that is due; `false` when there was none.
pub(crate) async fn run_next(desk: &Desk) -> Result<bool> {
    let Some(job) = claim(desk).await? else { return Ok(false) };
    run(desk, job).await?;
    Ok(true)
}

async fn claim(desk: &Desk) -> Result<Option<Job>> {
    // A read first, so that an idle desk never asks for the writer's turn.
    if store::jobs::next_due(desk.store.read()).await?.is_none_or(|at| at > desk.now()) {
        return Ok(None);
    }
    let tx = desk.store.begin().await?;
    let now = desk.now();
    let job = store::jobs::claim(&tx, now, now.plus(LEASE)).await?;
    // A step of these is short and never done twice: where its worker died, another need not wait long.
    let lease = job.as_ref().and_then(|job| match job.kind.as_str() {
        bulk::KIND => Some((job.id, bulk::LEASE)),
        bugs::KIND | bugs::CIRCULAR => Some((job.id, bugs::LEASE)),
        _ => None,
    });
    if let Some((id, lease)) = lease {
        store::jobs::lease(&tx, id, now.plus(lease)).await?;
    }
    tx.commit().await?;
    Ok(job)
}

async fn run(desk: &Desk, job: Job) -> Result<()> {
    let done = match job.kind.as_str() {
        bugs::KIND => bugs::tell(desk, &job.payload).await,
        bugs::CIRCULAR => bugs::step_circular(desk, &job.payload).await,
        bulk::KIND => bulk::step(desk, &job.payload).await,
        exports::KIND => exports::make(desk, &job.payload).await,
        installed::KIND => installed::step(desk, &job.payload).await,
        mail::KIND => mail::send(desk, &job.payload).await,
        organisations::KIND => organisations::step(desk, &job.payload).await,
        organisations::CLOSED_DAYS => organisations::tell_closed_days(desk, &job.payload).await,
        push::KIND => push::send(desk, &job.payload).await,
        reports::MONTHLY => reports::send(desk, &job.payload).await,
        sla::SIMULATION => sla::step(desk, &job.payload).await,
        sla::COUNTING => sla::catch_up(desk, &job.payload).await,
        opening::KIND => opening::send(desk, &job.payload).await,
        teams::ENDED => teams::hand_back(desk, &job.payload).await,
        tracker::KIND => tracker::work(desk, &job.payload).await,
        kind => Err(Error::broken(format!("no release of Firstline that this one knows has jobs of kind {kind}"))),
    };
    let result = word(&done);
    let tx = desk.store.begin().await?;
    let now = desk.now();
    match done {
        Ok(Done::Finished) => store::jobs::finish(&tx, job.id).await?,
        // What it was about is gone.
        Err(Error::NotFound) => store::jobs::finish(&tx, job.id).await?,
        Ok(Done::Behind { fault, at }) => store::jobs::wait(&tx, &job, &fault, at).await?,
        Ok(Done::Waits { fault }) => store::jobs::wait(&tx, &job, &fault, now.plus(WAIT)).await?,
        Ok(Done::Parked { fault }) => {
            tracing::warn!(job = job.id.0, kind = job.kind, fault, "a job was parked");
            store::jobs::park(&tx, &job, &fault, now).await?;
        }
        Ok(Done::Again { fault }) => put_off(&tx, &job, &fault, (now, now)).await?,
        Ok(Done::Later { fault, at }) => put_off(&tx, &job, &fault, (now, at)).await?,
        Err(error) => {
            tracing::warn!(job = job.id.0, kind = job.kind, attempts = job.attempts, %error, "a job failed");
            put_off(&tx, &job, &error.to_string(), (now, now)).await?;
        }
    }
    tx.commit().await?;
    metrics::counter!("firstline_jobs_run_total", "kind" => known(&job.kind), "result" => result).increment(1);
    Ok(())
}

/// The kind as a label: another release may have left one that this one does not know.
fn known(kind: &str) -> &'static str {
    KINDS.into_iter().find(|known| *known == kind).unwrap_or("unknown")
}

/// How a try can end, in a word each.
pub const RESULTS: [&str; 5] = ["finished", "again", "waits", "failed", "parked"];

fn word(done: &Result<Done>) -> &'static str {
    match done {
        Ok(Done::Finished) | Err(Error::NotFound) => RESULTS[0],
        Ok(Done::Again { .. } | Done::Later { .. }) => RESULTS[1],
        Ok(Done::Behind { .. } | Done::Waits { .. }) => RESULTS[2],
        Ok(Done::Parked { .. }) => RESULTS[4],
        Err(_) => RESULTS[3],
    }
}

/// Tries it again after a while, and not before `earliest`.
async fn put_off(tx: &store::Tx, job: &Job, fault: &str, (now, earliest): (Instant, Instant)) -> Result<()> {
    let tried = usize::try_from(job.attempts).map_err(Error::broken)?.saturating_sub(1);
    match BACKOFF_SECONDS.get(tried) {
        Some(seconds) => {
            let at = now.plus(SignedDuration::from_secs(*seconds)).max(earliest);
            store::jobs::retry(tx, job, fault, at).await?;
        }
        None => {
            tracing::error!(job = job.id.0, kind = job.kind, fault, "a job was parked");
            store::jobs::park(tx, job, fault, now).await?;
        }
    }
    Ok(())
}
