//! The table of states: every step that is listed, and none that is not (REQ-9).

use super::*;
use crate::{
    events::{Because, State, TicketEvent},
    refusal::Refusal,
    sla::stage::{Request, at},
};

fn standing_at(state: State) -> Standing {
    Standing { state, since: at("mon 10:00"), reminded: None }
}

#[test]
fn req_9_every_state_is_reached_and_every_open_one_is_left_by_staff_and_customer() {
    for state in STATES {
        assert!(state == State::New || STEPS.iter().any(|step| step.to == state), "{state:?} is reached by nothing");
        if is_open(state) {
            for by in [Mover::Staff, Mover::Customer] {
                assert!(STEPS.iter().any(|step| step.from.contains(&state) && step.by == by), "{state:?} {by:?}");
            }
        }
    }
}

#[test]
fn req_9_a_step_is_listed_once_and_leads_elsewhere() {
    for from in STATES {
        let mut seen = Vec::new();
        for step in STEPS.iter().filter(|step| step.from.contains(&from)) {
            assert_ne!(step.to, from);
            let known = format!("{:?} {:?} {:?}", step.to, step.by, step.because);
            assert!(!seen.contains(&known), "{from:?}: {known} twice");
            seen.push(known);
        }
    }
}

#[test]
fn req_9_only_the_listed_steps_may_be_taken() {
    assert_eq!(may_step(State::New, State::Solved, Mover::Customer, Because::CustomerClosed), Ok(()));
    assert_eq!(may_step(State::ToConfirm, State::Solved, Mover::Customer, Because::CustomerConfirmed), Ok(()));
    for (from, to, by, because) in [
        (State::Closed, State::Open, Mover::Customer, Because::CustomerReplied),
        (State::Open, State::New, Mover::Staff, Because::StaffDecided),
        (State::New, State::WithDevelopers, Mover::Customer, Because::StaffDecided),
        (State::Open, State::Solved, Mover::Desk, Because::TimeRanOut),
    ] {
        assert_eq!(may_step(from, to, by, because), Err(Refusal::StateStep { from, to }));
    }
}

#[test]
fn req_9_what_messages_and_timers_do_is_a_listed_step() {
    let (since, times) = (at("mon 10:00"), Times::default());
    for from in STATES {
        if let Move::To(to) = after_customer_message(from, since, since, &times) {
            assert_eq!(may_step(from, to, Mover::Customer, Because::CustomerReplied), Ok(()));
        }
        if let Move::To(to) = after_bounce(from, since, since, &times) {
            assert_eq!(may_step(from, to, Mover::Desk, Because::Bounced), Ok(()));
        }
        if let Move::To(to) = after_ruling(from, since, since, &times) {
            assert_eq!(may_step(from, to, Mover::Desk, Because::Ruled), Ok(()));
        }
        for chosen in [AfterReply::KeepState, AfterReply::Wait, AfterReply::Solve] {
            if let Move::To(to) = after_staff_reply(from, chosen) {
                assert_eq!(may_step(from, to, Mover::Staff, Because::StaffReplied), Ok(()), "{from:?} {chosen:?}");
            }
        }
    }
}

#[test]
fn req_9_a_customers_message_reopens_for_fourteen_days_and_then_opens_a_follow_up() {
    let (since, times) = (at("mon 10:00"), Times::default());
    let end = since.plus(times.close);
    let just_before = end.plus(jiff::SignedDuration::from_micros(-1));
    for (state, now, expected) in [
        (State::New, since, Move::Stay),
        (State::Open, since, Move::Stay),
        (State::WaitingForCustomer, since, Move::To(State::Open)),
        (State::WithDevelopers, since, Move::To(State::Open)),
        (State::ToConfirm, since, Move::To(State::Open)),
        (State::Solved, just_before, Move::To(State::Open)),
        (State::Solved, end, Move::FollowUp),
        (State::Closed, since, Move::FollowUp),
    ] {
        assert_eq!(after_customer_message(state, since, now, &times), expected, "{state:?}");
    }
    assert_eq!(after_bounce(State::Solved, since, just_before, &times), Move::To(State::Open));
    assert_eq!(after_bounce(State::Solved, since, end, &times), Move::Stay);
    assert_eq!(after_ruling(State::Solved, since, just_before, &times), Move::To(State::Open));
    assert_eq!(after_ruling(State::Solved, since, end, &times), Move::Stay);
}

#[test]
fn frt_2_what_was_ruled_no_answer_waits_for_nobody_and_solves_nothing() {
    let (since, times) = (at("mon 10:00"), Times::default());
    for from in STATES {
        let opens = matches!(from, State::WaitingForCustomer | State::Solved);
        let expected = if opens { Move::To(State::Open) } else { Move::Stay };
        assert_eq!(after_ruling(from, since, since, &times), expected, "{from:?}");
    }
}

#[test]
fn req_9_a_reply_keeps_waits_or_solves_as_the_agent_chose() {
    assert_eq!(after_staff_reply(State::New, AfterReply::KeepState), Move::To(State::Open));
    assert_eq!(after_staff_reply(State::WithDevelopers, AfterReply::KeepState), Move::Stay);
    assert_eq!(after_staff_reply(State::Open, AfterReply::Wait), Move::To(State::WaitingForCustomer));
    assert_eq!(after_staff_reply(State::WaitingForCustomer, AfterReply::Wait), Move::Stay);
    assert_eq!(after_staff_reply(State::Open, AfterReply::Solve), Move::To(State::Solved));
    assert_eq!(after_staff_reply(State::Closed, AfterReply::Solve), Move::Stay);
}

#[test]
fn req_9_waiting_reminds_after_seven_days_and_solves_after_fourteen_and_solved_closes() {
    let times = Times::default();
    let waiting = standing_at(State::WaitingForCustomer);
    assert_eq!(next_timer(&waiting, &times), Some((at("+mon 10:00"), Timer::Remind)));
    let reminded = Standing { reminded: Some(at("+mon 10:00")), ..waiting };
    let end = at("mon 10:00").plus(times.solve);
    assert_eq!(next_timer(&reminded, &times), Some((end, Timer::Solve)));
    assert_eq!(next_timer(&standing_at(State::Solved), &times), Some((end, Timer::Close)));
    let without_reminder = Times { remind: times.solve, ..times };
    assert_eq!(next_timer(&waiting, &without_reminder), Some((end, Timer::Solve)));
    for state in [State::New, State::Open, State::WithDevelopers, State::ToConfirm, State::Closed] {
        assert_eq!(next_timer(&standing_at(state), &times), None);
    }
}

#[test]
fn req_9_the_state_is_read_off_the_events() {
    assert_eq!(standing(&[]), None);
    let request = Request::filed("mon 10:00");
    assert_eq!(standing(&request.history), Some(standing_at(State::New)));
    let waiting = request
        .state("mon 11:00", State::New, State::WaitingForCustomer, Because::StaffReplied)
        .then("+mon 11:00", TicketEvent::Reminded);
    let expected =
        Standing { state: State::WaitingForCustomer, since: at("mon 11:00"), reminded: Some(at("+mon 11:00")) };
    assert_eq!(standing(&waiting.history), Some(expected));
    let open = waiting.state("+mon 12:00", State::WaitingForCustomer, State::Open, Because::CustomerReplied);
    assert_eq!(standing(&open.history).and_then(|it| it.reminded), None);
}

#[test]
fn req_9_the_table_names_each_step_in_words() {
    let table = states_table();
    assert!(table.starts_with("| from | to | by | because | timer |\n|---|---|---|---|---|\n| new | open |"));
    assert!(table.contains("| waiting for customer | solved | the desk | time ran out | waiting too long |\n"));
    assert!(table.contains("| solved | closed | the desk | time ran out | solved long enough |\n"));
    assert!(table.contains("| solved | open | customer | wrote |  |\n"));
    let steps: usize = STEPS.iter().map(|step| step.from.len()).sum();
    assert_eq!(table.lines().count(), steps + 2);
}

#[test]
fn req_9_told_is_what_the_desk_decides_without_a_message_and_what_is_for_customers_to_know() {
    let told = |because| STATES.into_iter().filter(|to| is_announced(*to, because)).collect::<Vec<_>>();
    assert_eq!(told(Because::StaffDecided), [State::WaitingForCustomer, State::WithDevelopers, State::Solved]);
    assert_eq!(told(Because::TimeRanOut), [State::Solved]);
    for silent in [Because::CustomerReplied, Because::StaffReplied, Because::CustomerClosed, Because::CustomerConfirmed]
    {
        assert_eq!(told(silent), [], "{silent:?}");
    }
}

#[test]
fn a_request_is_open_until_it_is_solved_or_closed() {
    let open: Vec<_> = STATES.into_iter().filter(|state| is_open(*state)).collect();
    let all = [State::New, State::Open, State::WaitingForCustomer, State::WithDevelopers, State::ToConfirm];
    assert_eq!(open, all);
}
