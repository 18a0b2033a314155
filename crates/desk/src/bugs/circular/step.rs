//! A circular goes out in steps of a hundred letters, between other work. To whom it went is written down with the letters that are
//! owed, so that who dies in between leaves nobody with two and nobody with none.

use rules::ids::{CircularId, PersonId};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Desk, Error, Result,
    jobs::Done,
    mail::{self, CircularTold, Order},
    scribe::Scribe,
};

pub(crate) const CIRCULAR: &str = "circular";
/// Letters of a step.
const STEP: usize = 100;

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Step {
    circular: CircularId,
    behind: PersonId,
}

pub(super) async fn order(scribe: &mut Scribe<'_>, circular: CircularId) -> Result<()> {
    enqueue(scribe, Step { circular, behind: PersonId(0) }).await
}

/// Under a key of its own: its letters are called after the circular and their reader.
async fn enqueue(scribe: &mut Scribe<'_>, step: Step) -> Result<()> {
    let now = scribe.now;
    scribe.enqueue(CIRCULAR, &format!("{CIRCULAR}_step/{}/{}", step.circular, step.behind), &step, now).await
}

/// A step of it.
pub(crate) async fn step_circular(desk: &Desk, payload: &str) -> Result<Done> {
    let step: Step = serde_json::from_str(payload).map_err(Error::broken)?;
    let most = i64::try_from(STEP).map_err(Error::broken)?;
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let bug = store::circulars::get(&scribe.tx, step.circular).await?.bug;
    let copies = store::circulars::copies_behind(&scribe.tx, step.circular, step.behind, most).await?;
    if let Some(last) = copies.last().map(|it| it.person) {
        // Somebody was before us.
        if !store::circulars::go_on(&scribe.tx, step.circular, (step.behind, last), copies.len()).await? {
            scribe.settle().await?;
            return Ok(Done::Finished);
        }
        for copy in &copies {
            let told = CircularTold { circular: step.circular, to: copy.person };
            mail::order(&mut scribe, Order::Circular(told)).await?;
        }
        enqueue(&mut scribe, Step { behind: last, ..step }).await?;
    } else {
        store::circulars::end(&scribe.tx, step.circular, scribe.now).await?;
    }
    scribe.settle().await?;
    desk.bug_moved(bug).await;
    Ok(Done::Finished)
}
