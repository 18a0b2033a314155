//! Where a message moves a request (REQ-9).

use serde::{Deserialize, Serialize};

use super::Times;
use crate::{events::State, instant::Instant};

/// What a message does to the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Stay,
    To(State),
    /// The request is closed: the message opens a linked one with its own clock.
    FollowUp,
}

/// What the agent chose to happen with the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterReply {
    KeepState,
    Wait,
    Solve,
}

/// After a customer's message at `now`; `since` is when the request came into `state`. A solved request
/// whose time is over counts as closed, also before the timer has run.
pub fn after_customer_message(state: State, since: Instant, now: Instant, times: &Times) -> Move {
    match state {
        State::New | State::Open => Move::Stay,
        State::WaitingForCustomer | State::WithDevelopers | State::ToConfirm => Move::To(State::Open),
        State::Solved if now < since.plus(times.close) => Move::To(State::Open),
        State::Solved | State::Closed => Move::FollowUp,
    }
}

/// After a public reply of staff. A closed request stays closed: what is written there is read, and a
/// customer's answer opens a follow-up.
pub fn after_staff_reply(state: State, chosen: AfterReply) -> Move {
    let to = match (state, chosen) {
        (State::Closed, _) => return Move::Stay,
        (State::New, AfterReply::KeepState) => State::Open,
        (_, AfterReply::KeepState) => state,
        (_, AfterReply::Wait) => State::WaitingForCustomer,
        (_, AfterReply::Solve) => State::Solved,
    };
    if to == state { Move::Stay } else { Move::To(to) }
}

/// After a ruling that makes it our turn again (FRT-2): nobody waits for the customer, and nothing is solved by what was
/// no answer. `since` and `now` as in [`after_customer_message`]; closed stays closed.
pub fn after_ruling(state: State, since: Instant, now: Instant, times: &Times) -> Move {
    match state {
        State::WaitingForCustomer => Move::To(State::Open),
        State::Solved if now < since.plus(times.close) => Move::To(State::Open),
        State::New | State::Open | State::WithDevelopers | State::ToConfirm | State::Solved | State::Closed => {
            Move::Stay
        }
    }
}

/// After a hard bounce of a staff message: nobody heard us, so it is to be worked on again. `since` and
/// `now` as in [`after_customer_message`]; closed stays closed.
pub fn after_bounce(state: State, since: Instant, now: Instant, times: &Times) -> Move {
    match state {
        State::WaitingForCustomer | State::ToConfirm => Move::To(State::Open),
        State::Solved if now < since.plus(times.close) => Move::To(State::Open),
        State::New | State::Open | State::WithDevelopers | State::Solved | State::Closed => Move::Stay,
    }
}
