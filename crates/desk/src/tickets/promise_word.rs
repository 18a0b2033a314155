//! Staff promise when the customer hears next of what is with the developers (FRT-7), and the sweep notices what is late.

use rules::{
    access::Action,
    calendar::{Length, Until},
    events::{State, TicketEvent},
    ids::TicketId,
    instant::Instant,
    refusal::Refusal,
    tickets::next_word,
};

use super::seen;
use crate::{Actor, Desk, Error, Result, clocks::history, scribe::Scribe};

const BATCH: i64 = 200;

/// Promises it within that many working days of the desk's hours; until when that is.
pub async fn promise_word(desk: &Desk, actor: &Actor, id: TicketId, working_days: u16) -> Result<Instant> {
    let signed = actor.staff(Action::ChangeState)?;
    seen(desk.store.read(), signed, id).await?;
    let compiled = desk.policy().await?;
    let mut scribe = Scribe::begin(desk, actor).await?;
    let ticket = store::tickets::get(&scribe.tx, id).await?;
    if ticket.state != State::WithDevelopers || working_days == 0 {
        return Err(Refusal::NothingToPromise.into());
    }
    let length = Length::WorkingDays { days: working_days, until: Until::default() };
    let due = compiled.hours().due_by(scribe.now, &length).map_err(Error::broken)?;
    scribe.ticket(id, TicketEvent::NextWordPromised { due }).await?;
    scribe.settle().await?;
    Ok(due)
}

/// Writes down every promised word whose instant has passed; how many there were.
pub(super) async fn overdue(desk: &Desk) -> Result<usize> {
    let mut found = 0;
    loop {
        let late = store::ticket_lists::overdue_words(desk.store.read(), desk.now(), BATCH).await?;
        if late.is_empty() {
            return Ok(found);
        }
        for id in late {
            let mut scribe = Scribe::begin(desk, &Actor::JOB).await?;
            // Inside the transaction: another node may have been faster, or a word have been given.
            let word = next_word(&history(&scribe.tx, id).await?);
            if let Some(word) = word.filter(|word| !word.is_overdue && word.due < scribe.now) {
                scribe.ticket(id, TicketEvent::NextWordOverdue { due: word.due }).await?;
                found += 1;
            }
            scribe.touch(id);
            scribe.settle().await?;
        }
    }
}
