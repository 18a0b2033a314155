//! A clock runs out: warnings and breaches are written down when their instant has come. Touches only what is due.

use rules::{
    events::{Entry, TicketEvent},
    ids::TicketId,
    instant::Instant,
    sla::{Clock, Mark, next_mark},
};

use crate::clocks::{clocks, history, sweep_at, warned};
use crate::{Actor, Desk, Policies, Result, scribe::Scribe};

/// Requests looked at in one go.
const BATCH: i64 = 200;

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Requests that were looked at.
    pub looked_at: usize,
    pub warned: usize,
    pub breached: usize,
}

/// Tells every mark that has come by now.
pub async fn sweep(desk: &Desk) -> Result<Swept> {
    let mut swept = Swept::default();
    loop {
        let due = store::sla::due(desk.store.read(), desk.now(), BATCH).await?;
        if due.is_empty() {
            return Ok(swept);
        }
        for ticket in due {
            sweep_ticket(desk, ticket, &mut swept).await?;
        }
    }
}

async fn sweep_ticket(desk: &Desk, ticket: TicketId, swept: &mut Swept) -> Result<()> {
    let policies = desk.policies().await?;
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    // Read inside the transaction: another node may have told it, or an answer may have come, since it was found due.
    let history = history(&scribe.tx, ticket).await?;
    let before = *swept;
    swept.looked_at += 1;
    for event in marks(&history, &policies, scribe.now)? {
        match event {
            TicketEvent::Warned { .. } => swept.warned += 1,
            _ => swept.breached += 1,
        }
        scribe.ticket(ticket, event).await?;
    }
    scribe.touch(ticket);
    scribe.settle().await?;
    for (mark, count) in [("warned", swept.warned - before.warned), ("breached", swept.breached - before.breached)] {
        metrics::counter!("firstline_clock_marks_total", "mark" => mark).increment(count as u64);
    }
    Ok(())
}

/// What there is to tell of a request's clocks by `now`.
pub fn marks(history: &[Entry], policies: &Policies, now: Instant) -> Result<Vec<TicketEvent>> {
    Ok(clocks(history, policies)?.iter().filter_map(|clock| mark(clock, history, now)).collect())
}

/// What there is to tell of a clock by `now`. Where several marks have passed, the last one is told.
fn mark(clock: &Clock, history: &[Entry], now: Instant) -> Option<TicketEvent> {
    let mut told = warned(clock, history);
    let mut last = None;
    while let Some((at, mark)) = next_mark(clock, told).filter(|(at, mark)| sweep_at(*at, *mark) <= now) {
        let (target, cycle) = (clock.kind, clock.cycle);
        match mark {
            Mark::Warn(percent) => {
                last = Some(TicketEvent::Warned { target, cycle, percent });
                told = Some(percent);
            }
            Mark::Breach => return Some(TicketEvent::Breached { target, cycle, due: at }),
        }
    }
    last
}
