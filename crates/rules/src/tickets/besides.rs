//! What happens to a request besides its steps, as Markdown for `docs/states.md`: what the desk does by itself and when, and
//! what a message of the customer's leads to. Read off the rules that decide it.

use std::fmt::Write;

use super::{Move, STATES, Standing, Timer, Times, after_customer_message, next_timer, table::state};
use crate::{events::State, instant::Instant};

/// A row for each state.
pub fn besides_table() -> String {
    let times = Times::default();
    let mut table = String::from("| state | by itself | a customer’s message |\n|---|---|---|\n");
    for of in STATES {
        let (itself, message) = (by_itself(of, &times), message(of, &times));
        writeln!(table, "| {} | {itself} | {message} |", state(of)).expect("a string takes what is written");
    }
    table
}

/// The timers that run in a state, one after the other.
fn by_itself(of: State, times: &Times) -> String {
    let since = epoch();
    let first = next_timer(&Standing { state: of, since, reminded: None }, times);
    let then =
        next_timer(&Standing { state: of, since, reminded: Some(since) }, times).filter(|then| Some(*then) != first);
    let said = first.into_iter().chain(then).map(|(at, timer)| {
        let days = at.since(since).as_hours() / 24;
        match timer {
            Timer::Remind => format!("a reminder to the customer after {days} days"),
            Timer::Solve => format!("solved after {days} days, announced"),
            Timer::Close => format!("closed after {days} days"),
        }
    });
    let mut said: Vec<String> = said.collect();
    if of == State::WithDevelopers {
        said.push("the next word that was promised is overdue: the desk is told, and it counts as late".to_owned());
    }
    said.join("; ")
}

fn message(of: State, times: &Times) -> String {
    match after_customer_message(of, epoch(), epoch(), times) {
        Move::Stay => "stays".to_owned(),
        Move::To(to) => state(to).to_owned(),
        Move::FollowUp => "a request of its own that goes on with this one, with its own clock".to_owned(),
    }
}

/// Any instant: lengths are what counts here.
fn epoch() -> Instant {
    Instant::from_micros(0).expect("the epoch can be counted")
}
