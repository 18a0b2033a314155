//! Timers of REQ-9: what waited too long for the customer is solved, what was solved long enough is closed.

use rules::{
    events::{Because, State, TicketEvent},
    ids::TicketId,
    instant::Instant,
};

use store::Upcoming;

use super::reply::times;
use crate::{Actor, Desk, Result, scribe::Scribe};

const BATCH: i64 = 200;

/// Moves everything whose time has run out by now; how many requests were moved.
pub async fn time_out(desk: &Desk) -> Result<usize> {
    let times = times(desk.policy().await?.policy());
    let mut moved = 0;
    for (from, to, after) in
        [(State::WaitingForCustomer, State::Solved, times.solve), (State::Solved, State::Closed, times.close)]
    {
        loop {
            let since = desk.now().plus(-after);
            let over = store::ticket_lists::lasting(desk.store.read(), from, since, BATCH).await?;
            if over.is_empty() {
                break;
            }
            for id in over {
                moved += usize::from(step(desk, id, from, to, since).await?);
            }
        }
    }
    Ok(moved)
}

/// When the next time runs out.
pub async fn next_time_out(desk: &Desk, upcoming: &Upcoming) -> Result<Option<Instant>> {
    let times = times(desk.policy().await?.policy());
    let waiting = upcoming.waiting_since.map(|since| since.plus(times.solve));
    let solved = upcoming.solved_since.map(|since| since.plus(times.close));
    Ok(waiting.into_iter().chain(solved).min())
}

async fn step(desk: &Desk, id: TicketId, from: State, to: State, since: Instant) -> Result<bool> {
    let mut scribe = Scribe::begin(desk, &Actor::Desk).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.state != from || ticket.state_since > since {
        return Ok(false);
    }
    scribe.ticket(id, TicketEvent::StateChanged { from, to, because: Because::TimeRanOut }).await?;
    scribe.settle().await?;
    Ok(true)
}
