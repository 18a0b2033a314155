//! Brings what is kept of a request's clocks, turn and place in the queue up to its events.

use rules::{
    events::{Entry, Event, TicketEvent},
    ids::TicketId,
    instant::Instant,
    reports::{Fact, facts},
    sla::{Clock, Mark, Standing, next_mark, worked},
    tickets::{QueuePlace, Turn, next_word, overdue_place, queue_place, turn},
};
use store::{Handle, Tx, sla::ClockRow, tickets::ReadOff};

use crate::{Error, Policies, Result};

/// The events of a request, in order.
pub async fn history(conn: &Handle, ticket: TicketId) -> Result<Vec<Entry>> {
    Ok(store::events::of_ticket(conn, ticket).await?)
}

/// The clocks that a history tells.
pub fn clocks(history: &[Entry], policies: &Policies) -> Result<Vec<Clock>> {
    rules::sla::clocks(history, policies).map_err(Error::broken)
}

/// What a history tells of a request, as its rows hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub clocks: Vec<ClockRow>,
    pub turn: Turn,
    pub queue: Option<QueuePlace>,
    /// What reports count of it.
    pub facts: Vec<Fact>,
}

/// What there is to keep of a history. Reads nothing else, so that whole worlds can be told without a database.
pub fn told(history: &[Entry], policies: &Policies) -> Result<Told> {
    let clocks = clocks(history, policies)?;
    let state = rules::tickets::standing(history).ok_or(Error::NotFound)?.state;
    let turn = turn(history, &clocks).ok_or(Error::NotFound)?;
    let queue = queue_place(state, turn, &clocks).or_else(|| overdue_place(next_word(history)));
    let facts = facts(history, &clocks, policies);
    Ok(Told { clocks: clocks.iter().map(|clock| row(clock, history, policies)).collect(), turn, queue, facts })
}

/// Writes clocks, turn and place in the queue of a request.
pub(crate) async fn tell(tx: &Tx, policies: &Policies, ticket: TicketId, now: Instant) -> Result<()> {
    let history = history(tx, ticket).await?;
    write(tx, (ticket, &history), policies, now).await
}

/// The same of a history that was read; `now` stands as the last change of the request.
pub(crate) async fn write(
    tx: &Tx,
    (ticket, history): (TicketId, &[Entry]),
    policies: &Policies,
    now: Instant,
) -> Result<()> {
    let Told { clocks, turn, queue, facts } = told(history, policies)?;
    store::sla::replace(tx, ticket, &clocks).await?;
    store::reports::replace(tx, ticket, &facts).await?;
    let next_word_at = next_word(history).filter(|word| !word.is_overdue).map(|word| word.due);
    store::tickets::set_read_off(tx, ticket, ReadOff { turn, queue, next_word_at }, now).await?;
    Ok(())
}

fn row(clock: &Clock, history: &[Entry], policies: &Policies) -> ClockRow {
    let (standing, ended_at) = match &clock.standing {
        Standing::Running => ("running", None),
        Standing::Stopped { .. } => ("stopped", None),
        Standing::UnderWay { .. } => ("under_way", None),
        Standing::Met(answer) => ("met", Some(answer.at)),
        Standing::Breached { answered, .. } => ("breached", answered.map(|answer| answer.at)),
        Standing::Suspended => ("suspended", None),
        Standing::EndedLate { .. } => ("breached", None),
        Standing::EndedWithoutResult { at } => ("ended", Some(*at)),
        Standing::MovedTo { .. } => ("moved", None),
    };
    ClockRow {
        target: clock.kind,
        cycle: clock.cycle,
        started_at: clock.started,
        due_at: clock.due,
        standing: standing.to_owned(),
        ended_at,
        worked: worked(clock, policies).and_then(|worked| i64::try_from(worked.as_micros()).ok()),
        mark_at: next_mark(clock, warned(clock, history)).map(|(at, mark)| sweep_at(at, mark)),
    }
}

/// When the sweep finds the mark passed: at the due instant itself an answer still counts (FRT-1), so a breach is
/// told one microsecond after it.
pub(crate) fn sweep_at(at: Instant, mark: Mark) -> Instant {
    match mark {
        Mark::Warn(_) => at,
        Mark::Breach => at.plus(jiff::SignedDuration::from_micros(1)),
    }
}

/// The highest warning that was told of a clock.
pub(crate) fn warned(clock: &Clock, history: &[Entry]) -> Option<u8> {
    history
        .iter()
        .filter_map(|entry| match &entry.event {
            Event::Ticket(_, TicketEvent::Warned { target, cycle, percent })
                if *target == clock.kind && *cycle == clock.cycle =>
            {
                Some(*percent)
            }
            _ => None,
        })
        .max()
}
