//! The report of each month by mail: at the first opening of the next month, to who chose it and may still read reports. Each
//! mail counts what its reader sees.

use jiff::{ToSpan as _, civil::Date};
use rules::{
    access::{Action, may},
    instant::Instant,
    reports::Period,
};
use serde::{Deserialize, Serialize};

use super::show::{count, today};
use crate::{
    Actor, Desk, Error, Result,
    actor::Signed,
    jobs::Done,
    mail::{MonthReport, Order, order},
    scribe::Scribe,
};

/// The kind of job that sends them.
pub const MONTHLY: &str = "monthly_report";

#[derive(Debug, Deserialize, Serialize)]
struct Step {
    /// The first day of the month at whose first opening it is sent.
    month: Date,
}

/// Whether somebody gets it.
pub async fn is_chosen(desk: &Desk, actor: &Actor) -> Result<bool> {
    let signed = actor.staff(Action::ReadReports)?;
    Ok(store::reports::is_reader(desk.store.read(), signed.person).await?)
}

/// Chooses it, or chooses it no more.
pub async fn choose(desk: &Desk, actor: &Actor, wanted: bool) -> Result<()> {
    let signed = actor.staff(Action::ReadReports)?;
    let next = today(desk).await?.first_of_month().saturating_add(1.month());
    let mut scribe = Scribe::begin(desk, actor).await?;
    if wanted {
        store::reports::want(&scribe.tx, signed.person, scribe.now).await?;
        owe(&mut scribe, next).await?;
    } else {
        store::reports::want_no_more(&scribe.tx, signed.person).await?;
    }
    scribe.settle().await
}

async fn owe(scribe: &mut Scribe<'_>, month: Date) -> Result<()> {
    let at = first_opening(scribe.desk, month).await?;
    // Holidays may move it after it was ordered.
    scribe.enqueue(MONTHLY, &format!("{MONTHLY}/{month}/{}", at.micros()), &Step { month }, at).await
}

/// When the desk opens first in a month.
async fn first_opening(desk: &Desk, month: Date) -> Result<Instant> {
    let policy = desk.policy().await?;
    let midnight = month.to_zoned(policy.hours().zone().clone()).map_err(Error::broken)?;
    policy.hours().next_open(Instant::from(midnight.timestamp())).map_err(Error::broken)
}

/// Sends those of the month before to everybody who chose it, and orders the next.
pub(crate) async fn send(desk: &Desk, payload: &str) -> Result<Done> {
    let Step { month } = serde_json::from_str(payload).map_err(Error::broken)?;
    let opens = first_opening(desk, month).await?;
    let days = Period::LastMonth.days(month);
    let mut owed = vec![];
    let readers = store::reports::readers(desk.store.read()).await?;
    if opens <= desk.now() {
        for to in &readers {
            let signed = Signed::read(desk.store.read(), *to).await?;
            if signed.waiting.is_none() && may(signed.grants, Action::ReadReports) {
                let summary = count(desk, &signed, days).await?.whole.summary();
                owed.push(MonthReport { to: *to, days, summary });
            }
        }
    }
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    for mail in owed {
        order(&mut scribe, Order::MonthReport(mail)).await?;
    }
    if opens > scribe.now {
        owe(&mut scribe, month).await?;
    } else if !readers.is_empty() {
        owe(&mut scribe, month.saturating_add(1.month())).await?;
    }
    scribe.settle().await?;
    Ok(Done::Finished)
}
