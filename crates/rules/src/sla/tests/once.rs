//! What happens once, to whom it concerns, and not to what is over: lines are told where something changed.

use super::stage::*;
use crate::{
    events::{Because, State, TargetKind, TicketEvent, Via},
    ids::{MessageId, TicketId},
};

fn late(due: &str) -> TicketEvent {
    TicketEvent::Breached { target: TargetKind::FirstResponse, cycle: 0, due: at(due) }
}

fn to_omar(message: i64) -> TicketEvent {
    TicketEvent::Delivered { message: MessageId(message), to: OMAR, via: Via::Smtp }
}

/// How it stands, and the lines after the first.
fn tale(request: &Request) -> (String, Vec<String>) {
    let clock = request.clock();
    (stands(&clock.standing), told(&clock).split_off(1))
}

#[test]
fn frt_9_a_recorded_breach_counts_for_the_due_instant_that_the_clock_has_and_without_an_answer() {
    let in_time = Request::filed("mon 10:00").ines_answers("mon 11:00");
    let before = tale(&in_time);
    assert_eq!(tale(&in_time.then("mon 18:01", late("mon 18:00"))), before, "it was answered in time");
    let elsewhere = Request::filed("mon 10:00").then("mon 17:01", late("mon 17:00"));
    assert_eq!(tale(&elsewhere), ("running".to_owned(), vec![]), "it is due at another instant");
    let closed = Request::filed("mon 10:00")
        .state("mon 12:00", State::New, State::Closed, Because::CustomerClosed)
        .then("mon 18:01", late("mon 18:00"));
    assert_eq!(tale(&closed), ("ended at mon 12:00".to_owned(), vec!["mon 12:00 withdrawn".to_owned()]));
}

#[test]
fn frt_5_a_merge_moves_what_is_owed_and_leaves_what_is_over() {
    let merged = || TicketEvent::MergedInto { survivor: TicketId(1) };
    let met = Request::filed("mon 10:00").ines_answers("mon 11:00").then("mon 15:00", merged());
    assert_eq!(met.stands(), "met by 1 at mon 11:00");
    let closed = Request::filed("mon 10:00")
        .state("mon 12:00", State::New, State::Closed, Because::CustomerClosed)
        .then("mon 15:00", merged());
    assert_eq!(tale(&closed), ("ended at mon 12:00".to_owned(), vec!["mon 12:00 withdrawn".to_owned()]));
}

#[test]
fn frt_4_a_clock_stops_once_and_only_while_it_runs() {
    let twice = Request::filed("mon 10:00").desk_asks_for_logs("mon 11:00").desk_asks_for_logs("mon 12:00");
    assert_eq!(tale(&twice).1, ["mon 11:00 stopped by 1, 420 min left"]);
    let answered = Request::filed("mon 10:00").ines_answers("mon 11:00").desk_asks_for_logs("mon 12:00");
    assert_eq!(tale(&answered).0, "met by 1 at mon 11:00");
    assert!(!tale(&answered).1.iter().any(|line| line.contains("stopped")), "{:?}", tale(&answered));
}

#[test]
fn frt_3_a_message_that_failed_and_is_seen_later_answers_then_and_once() {
    let seen =
        Request::filed("mon 10:00").ines_sends("mon 11:00").refused("mon 11:01", 1).seen_in_portal("mon 12:00", 1);
    let (standing, lines) = tale(&seen);
    assert_eq!(standing, "met by 1 at mon 12:00");
    let answers: Vec<_> = lines.iter().filter(|line| line.contains("answered")).collect();
    assert_eq!(answers, ["mon 12:00 answered by 1"], "{lines:?}");
}

#[test]
fn frt_3_what_reaches_or_misses_somebody_else_is_nothing_to_this_clock() {
    let failed = || Request::filed("mon 10:00").ines_sends("mon 11:00").refused("mon 11:01", 1);
    let before = tale(&failed());
    assert_eq!(tale(&failed().then("mon 12:00", to_omar(1))), before, "Omar has read it, Dana has not");
    let sent = || Request::filed("mon 10:00").ines_sends("mon 11:00");
    let missed = TicketEvent::DeliveryRefused { message: MessageId(1), to: OMAR };
    assert_eq!(tale(&sent().then("mon 11:01", missed)), tale(&sent()), "it is still under way to Dana");
}

#[test]
fn frt_3_after_an_answer_no_other_message_wins_or_loses_anything() {
    let answered = Request::filed("mon 10:00").ines_answers("mon 11:00");
    let before = tale(&answered);
    let failed = answered.ines_sends("mon 12:00").refused("mon 12:01", 2);
    assert_eq!(tale(&failed), before, "the second one failed");
    assert_eq!(tale(&failed.seen_in_portal("mon 13:00", 2)), before, "and was seen later");
}

#[test]
fn frt_4_what_is_sent_with_the_filing_never_answers_it_however_it_fares() {
    let filed = || Request::filed("mon 10:00");
    let with_filing = filed().ines_sends("mon 10:00");
    assert_eq!(tale(&with_filing), tale(&filed()));
    assert_eq!(tale(&with_filing.clone().refused("mon 10:01", 1)), tale(&filed()), "its failing is no loss");
    let seen = with_filing.refused("mon 10:01", 1).seen_in_portal("mon 12:00", 1);
    assert_eq!(tale(&seen), tale(&filed()), "its being seen is no answer");
}

#[test]
fn frt_5_a_reopened_cycle_stays_one_when_the_request_is_converted() {
    let reopened = Request::filed("mon 10:00")
        .ines_answers("mon 11:00")
        .state("mon 11:01", State::Open, State::Solved, Because::StaffDecided)
        .dana_writes("tue 09:00")
        .converted("tue 10:00", "bug", "question");
    let about: Vec<_> = reopened.clocks().iter().map(|clock| clock.about.reopened).collect();
    assert_eq!(about, [false, true]);
    assert_eq!(reopened.clocks()[1].about.request_type.as_str(), "question");
}
