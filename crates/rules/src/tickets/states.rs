//! The states of a request and every step between them, as data: who takes it, why, and by which timer
//! (REQ-9). `docs/states.md` is this table.

use super::Timer;
use crate::{
    events::{Because, Entry, Event, State, TicketEvent},
    instant::Instant,
    refusal::Refusal,
};

use State::{Closed, New, Open, Solved, ToConfirm, WaitingForCustomer, WithDevelopers};

/// All states, in the order in which a request passes them.
pub const STATES: [State; 7] = [New, Open, WaitingForCustomer, WithDevelopers, ToConfirm, Solved, Closed];

/// Who moves a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mover {
    Customer,
    Staff,
    /// The desk itself: a timer, a bounce, a release.
    Desk,
}

/// Steps that are alike but for where they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub from: &'static [State],
    pub to: State,
    pub by: Mover,
    pub because: Because,
    pub timer: Option<Timer>,
}

const fn step(from: &'static [State], to: State, by: Mover, because: Because) -> Step {
    Step { from, to, by, because, timer: None }
}

const fn timed(from: &'static [State], to: State, timer: Timer) -> Step {
    Step { from, to, by: Mover::Desk, because: Because::TimeRanOut, timer: Some(timer) }
}

/// Every step that there is.
pub const STEPS: &[Step] = &[
    step(&[New], Open, Mover::Staff, Because::StaffReplied),
    step(&[New, WaitingForCustomer, WithDevelopers, ToConfirm, Solved], Open, Mover::Staff, Because::StaffDecided),
    step(&[WaitingForCustomer, WithDevelopers, ToConfirm, Solved], Open, Mover::Customer, Because::CustomerReplied),
    step(&[WaitingForCustomer, ToConfirm, Solved], Open, Mover::Desk, Because::Bounced),
    step(&[WaitingForCustomer, Solved], Open, Mover::Desk, Because::Ruled),
    step(&[New, Open, WithDevelopers, ToConfirm, Solved], WaitingForCustomer, Mover::Staff, Because::StaffReplied),
    step(&[New, Open, WithDevelopers, ToConfirm], WaitingForCustomer, Mover::Staff, Because::StaffDecided),
    step(&[New, Open, WaitingForCustomer, ToConfirm], WithDevelopers, Mover::Staff, Because::StaffDecided),
    step(&[Open, WaitingForCustomer, WithDevelopers], ToConfirm, Mover::Desk, Because::FixShipped),
    // What was confirmed, or was to be, is gone (BUG-7); or the fix is in another release.
    step(&[ToConfirm, Solved], WithDevelopers, Mover::Desk, Because::FixWithdrawn),
    step(&[Solved], ToConfirm, Mover::Desk, Because::FixWithdrawn),
    step(&[ToConfirm], Solved, Mover::Customer, Because::CustomerConfirmed),
    step(&[New, Open, WaitingForCustomer, WithDevelopers, ToConfirm], Solved, Mover::Customer, Because::CustomerClosed),
    step(&[New, Open, WaitingForCustomer, WithDevelopers, ToConfirm], Solved, Mover::Staff, Because::StaffReplied),
    step(&[New, Open, WaitingForCustomer, WithDevelopers, ToConfirm], Solved, Mover::Staff, Because::StaffDecided),
    timed(&[WaitingForCustomer], Solved, Timer::Solve),
    timed(&[Solved], Closed, Timer::Close),
    step(&[Solved], Closed, Mover::Staff, Because::StaffDecided),
    step(&[New, Open, WaitingForCustomer, WithDevelopers, ToConfirm, Solved], Closed, Mover::Staff, Because::Merged),
    // A merge undone within its hold.
    step(&[Closed], Open, Mover::Staff, Because::Merged),
];

/// Whether a request may go from one state to another in this way.
pub fn may_step(from: State, to: State, by: Mover, because: Because) -> Result<(), Refusal> {
    let fits = |step: &&Step| step.from.contains(&from) && step.to == to && step.by == by && step.because == because;
    STEPS.iter().find(fits).map(|_| ()).ok_or(Refusal::StateStep { from, to })
}

/// Whether a step is told to those whose request it is: what the desk or its staff decided without a message, where it
/// is for them to know (REQ-9).
pub fn is_announced(to: State, because: Because) -> bool {
    matches!(
        (to, because),
        (Solved, Because::TimeRanOut) | (Solved | WaitingForCustomer | WithDevelopers, Because::StaffDecided)
    )
}

/// Whether somebody still has something to do: neither solved nor closed.
pub fn is_open(state: State) -> bool {
    !matches!(state, Solved | Closed)
}

/// The state of a request and since when; `reminded` is when the customer was reminded in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    pub since: Instant,
    pub reminded: Option<Instant>,
}

/// The state as the request's events tell it; `None` before it was opened.
pub fn standing(history: &[Entry]) -> Option<Standing> {
    history.iter().fold(None, |standing, entry| match &entry.event {
        Event::Ticket(_, TicketEvent::Opened(_)) => {
            Some(Standing { state: New, since: entry.occurred_at, reminded: None })
        }
        Event::Ticket(_, TicketEvent::StateChanged { to, .. }) => {
            Some(Standing { state: *to, since: entry.occurred_at, reminded: None })
        }
        Event::Ticket(_, TicketEvent::Reminded) => {
            standing.map(|standing| Standing { reminded: Some(entry.occurred_at), ..standing })
        }
        _ => standing,
    })
}
