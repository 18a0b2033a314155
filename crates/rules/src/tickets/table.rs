//! The state table as Markdown, generated into `docs/states.md` and diffed there.

use std::fmt::Write;

use super::{Mover, STATES, STEPS, Step, Timer};
use crate::events::{Because, State};

/// The table of REQ-9: one row per step, in the order of the states.
pub fn states_table() -> String {
    let mut table = String::from("| from | to | by | because | timer |\n|---|---|---|---|---|\n");
    for from in STATES {
        for step in STEPS.iter().filter(|step| step.from.contains(&from)) {
            row(&mut table, from, step);
        }
    }
    table
}

fn row(table: &mut String, from: State, step: &Step) {
    let by = match step.by {
        Mover::Customer => "customer",
        Mover::Staff => "staff",
        Mover::Desk => "the desk",
    };
    let timer = match step.timer {
        None => "",
        Some(Timer::Remind) => "remind",
        Some(Timer::Solve) => "waiting too long",
        Some(Timer::Close) => "solved long enough",
    };
    let (from, to, because) = (state(from), state(step.to), because(step.because));
    writeln!(table, "| {from} | {to} | {by} | {because} | {timer} |").expect("a string takes what is written");
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Open => "open",
        State::WaitingForCustomer => "waiting for customer",
        State::WithDevelopers => "with our developers",
        State::ToConfirm => "fixed to confirm",
        State::Solved => "solved",
        State::Closed => "closed",
    }
}

fn because(because: Because) -> &'static str {
    match because {
        Because::StaffReplied => "replied",
        Because::StaffDecided => "decided",
        Because::CustomerReplied => "wrote",
        Because::CustomerClosed => "closed it",
        Because::CustomerConfirmed => "confirmed the fix",
        Because::Bounced => "a message came back",
        Because::Ruled => "a lead ruled that it was no answer",
        Because::TimeRanOut => "time ran out",
        Because::FixShipped => "the fix was shipped",
        Because::FixWithdrawn => "the fix was withdrawn",
        Because::Merged => "merged, or unmerged",
    }
}
