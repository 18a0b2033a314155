//! A world of many: thousands to millions of requests, written as rows in large transactions instead of acted out by
//! verbs. Rows are what the verbs leave (a test lives a thousand both ways), but for three things: people did not sign
//! up, mails are kept without their bytes, and no request has files.

mod course;
mod crowd;
mod firms;
mod ledger;
mod numbers;
mod words;

use std::sync::Arc;

use desk::{Desk, Error, Policies, Result};
use jiff::SignedDuration;
use rules::instant::Instant;
use store::bulk::Whole;

pub use course::{Course, Script, Step};
pub use crowd::{Crowd, Customer};
pub use firms::Firms;
use ledger::{House, Lived};
pub use words::RARE;

/// When a world of many begins that ends at `until`; the policy is applied then.
pub fn beginning(until: Instant) -> Instant {
    until.plus(-SignedDuration::from_hours(24 * (course::DAYS + 1)))
}

/// Fills a desk with so many requests up to `until`; `written` hears how many there are after each batch.
pub async fn fill(desk: &Desk, until: Instant, requests: usize, mut written: impl FnMut(usize)) -> Result<Arc<Script>> {
    let script = Arc::new(Script::write(desk, until, requests).await?);
    let policies = desk.policies().await?;
    let mut numbers = store::bulk::numbers(desk.store.read()).await?;
    let mut count = 0;
    let mut next = lived(&script, &policies, 0);
    for batch in 0..script.batches() {
        let done = next.await.map_err(Error::broken)??;
        // The next batch is lived while this one is written.
        next = lived(&script, &policies, batch + 1);
        let requests = numbers::number(done, &script.crowd, &mut numbers)?;
        write(desk, &requests).await?;
        count += requests.len();
        written(count);
    }
    let tx = desk.store.begin().await?;
    store::bulk::count_on(&tx).await?;
    tx.commit().await?;
    Ok(script)
}

fn lived(script: &Arc<Script>, policies: &Arc<Policies>, batch: usize) -> tokio::task::JoinHandle<Result<Vec<Lived>>> {
    let (script, policies) = (Arc::clone(script), Arc::clone(policies));
    tokio::task::spawn_blocking(move || {
        let house = House { script: &script, policies: &policies };
        script.courses(batch).iter().map(|course| ledger::live(house, course)).collect()
    })
}

async fn write(desk: &Desk, requests: &[Whole]) -> Result<()> {
    let tx = desk.store.begin().await?;
    store::bulk::write(&tx, requests).await?;
    Ok(tx.commit().await?)
}
