//! How fast first responses were of late (FRT-8): median and 90th percentile in working time. What each took is written
//! beside its clock when it is told (`clocks`), so a ruling, a bounce or a merge is in the figures at once.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::SignedDuration;
use rules::{ids::TicketId, instant::Instant, sla::nearest_rank};
use serde::{Deserialize, Serialize};

use crate::{Actor, Desk, Error, Result, clocks::write, jobs::Done, scribe::Scribe};

/// What the last days were like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    pub cases: u32,
    pub median: SignedDuration,
    /// By then nine of ten were answered.
    pub ninetieth: SignedDuration,
}

/// Cases whose figures may be a minute old. Where there are so many, one more or less moves nothing that shows; below,
/// they are counted anew each time.
const A_MINUTE_FOR: u32 = 10_000;

/// The figures that this process counted last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counted(Arc<Mutex<Option<Known>>>);

/// Counted at an instant, of so many days.
#[derive(Clone, Copy, Debug)]
struct Known {
    at: Instant,
    days: u32,
    figures: Option<Figures>,
}

/// The figures of the policy's days; `None` below its number of cases.
pub async fn figures(desk: &Desk) -> Result<Option<Figures>> {
    let (rule, now) = (desk.policy().await?.policy().statistics.clone(), desk.now());
    let known = *desk.counted.0.lock().unwrap_or_else(PoisonError::into_inner);
    let figures = match known {
        Some(known) if known.days == rule.days && known.is_fresh(now) => known.figures,
        _ => {
            let since = now.plus(-SignedDuration::from_hours(24 * i64::from(rule.days)));
            let figures = of(store::answers::worked_since(desk.store.read(), since).await?);
            *desk.counted.0.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(Known { at: now, days: rule.days, figures });
            figures
        }
    };
    Ok(figures.filter(|figures| figures.cases >= rule.from_cases))
}

fn of(mut worked: Vec<SignedDuration>) -> Option<Figures> {
    Some(Figures {
        cases: u32::try_from(worked.len()).unwrap_or(u32::MAX),
        median: nearest_rank(&mut worked, 50)?,
        ninetieth: nearest_rank(&mut worked, 90)?,
    })
}

impl Known {
    fn is_fresh(&self, now: Instant) -> bool {
        let minutes = self.figures.map_or(0, |figures| figures.cases / A_MINUTE_FOR);
        self.at <= now && now < self.at.plus(SignedDuration::from_mins(minutes.into()))
    }
}

/// The job that tells what an older release did not: what a response took (FRT-8), and updates (PLN-2). It goes on with itself
/// behind each step.
pub(crate) const COUNTING: &str = "figures";

/// Requests of one step, few enough that nobody waits for the writer's turn.
const STEP: i64 = 100;

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    after: TicketId,
}

/// Tells the clocks of the next requests anew.
pub(crate) async fn catch_up(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { after } = serde_json::from_str(payload).map_err(Error::broken)?;
    let policies = desk.policies().await?;
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let tickets = store::tickets::behind(&scribe.tx, after, STEP).await?;
    for (ticket, history) in store::events::of_tickets(&scribe.tx, &tickets).await? {
        let unchanged = store::tickets::get(&scribe.tx, ticket).await?.updated_at;
        write(&scribe.tx, (ticket, &history), &policies, unchanged).await?;
    }
    if let Some(last) = tickets.last() {
        let now = scribe.now;
        scribe.enqueue(COUNTING, &format!("{COUNTING}/{last}"), &Step { after: *last }, now).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
