//! Timers of REQ-9: who lets us wait is reminded, what waited too long is solved, what was solved long enough is closed.

use rules::{
    events::{Because, State, TicketEvent},
    ids::TicketId,
    instant::Instant,
    tickets::Times,
};

use store::Upcoming;

use crate::{Actor, Desk, Result, scribe::Scribe};

const BATCH: i64 = 200;

/// Moves everything whose time has run out by now; how many requests were moved.
pub async fn time_out(desk: &Desk) -> Result<usize> {
    let times = desk.policy().await?.policy().timers.times();
    let mut moved = 0;
    // Solved first: nobody is reminded of what is over.
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
    moved += super::promise_word::overdue(desk).await? + super::advisory::remind(desk).await?;
    Ok(moved + remind(desk, &times).await?)
}

/// Reminds everybody who has let us wait for that long; how many were reminded.
async fn remind(desk: &Desk, times: &Times) -> Result<usize> {
    let mut reminded = 0;
    if times.remind >= times.solve {
        return Ok(0);
    }
    loop {
        let since = desk.now().plus(-times.remind);
        let waiting = store::ticket_lists::unreminded(desk.store.read(), since, BATCH).await?;
        if waiting.is_empty() {
            return Ok(reminded);
        }
        for id in waiting {
            let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
            let ticket = store::tickets::get(&scribe.tx, id).await?;
            let is_due = ticket.state == State::WaitingForCustomer && ticket.state_since <= since;
            if is_due && ticket.reminded_at.is_none() {
                scribe.ticket(id, TicketEvent::Reminded).await?;
                scribe.settle().await?;
                reminded += 1;
            }
        }
    }
}

/// When a request that waits for its customer will be solved without an answer; `None` when it waits no more.
pub(crate) async fn solved_at(desk: &Desk, id: TicketId) -> Result<Option<Instant>> {
    let ticket = store::tickets::get(desk.store.read(), id).await?;
    let times = desk.policy().await?.policy().timers.times();
    Ok((ticket.state == State::WaitingForCustomer).then(|| ticket.state_since.plus(times.solve)))
}

/// When the next time runs out.
pub async fn next_time_out(desk: &Desk, upcoming: &Upcoming) -> Result<Option<Instant>> {
    let times = desk.policy().await?.policy().timers.times();
    let waiting = upcoming.waiting_since.map(|since| since.plus(times.solve));
    let reminder =
        upcoming.unreminded_since.map(|since| since.plus(times.remind)).filter(|_| times.remind < times.solve);
    let solved = upcoming.solved_since.map(|since| since.plus(times.close));
    // At the due instant itself a word is still in time.
    let word = upcoming.next_word_at.map(|due| due.plus(jiff::SignedDuration::from_micros(1)));
    Ok(waiting.into_iter().chain(reminder).chain(solved).chain(word).chain(upcoming.embargo_remind_at).min())
}

async fn step(desk: &Desk, id: TicketId, from: State, to: State, since: Instant) -> Result<bool> {
    let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.state != from || ticket.state_since > since {
        return Ok(false);
    }
    scribe.ticket(id, TicketEvent::StateChanged { from, to, because: Because::TimeRanOut }).await?;
    scribe.settle().await?;
    Ok(true)
}
