//! When a clock begins, what it is pinned to, and what neither begins nor pauses one.

use super::stage::*;
use crate::{
    events::{Because, ClockFrom, State, TargetKind, TicketEvent},
    ids::{PersonId, PolicyVersionId},
    sla::{Origin, UnknownTerms, clocks},
};

#[test]
fn frt_1_the_clock_runs_from_filing_and_is_due_after_eight_working_hours() {
    for (filed, expected) in [
        ("mon 07:59:59", "mon 16:00"),
        ("mon 08:00", "mon 16:00"),
        ("mon 10:00", "mon 18:00"),
        ("mon 12:30", "tue 10:30"),
        ("mon 18:00", "tue 16:00"),
        ("fri 17:00", "+mon 15:00"),
        ("fri 18:00", "+mon 16:00"),
        ("sat 12:00", "+mon 16:00"),
    ] {
        let clock = Request::filed(filed).clock();
        assert_eq!((due(&clock).as_str(), clock.started, clock.terms), (expected, at(filed), FIRST), "{filed}");
    }
}

#[test]
fn frt_1_feature_requests_have_no_target_and_no_clock() {
    let request = Request::filed_as("mon 10:00", "feature", "low").dana_writes("mon 11:00").ines_answers("tue 09:00");
    assert_eq!(request.clocks(), []);
}

#[test]
fn frt_1_met_up_to_the_due_instant_and_late_after_it() {
    for (pressed, expected) in [
        ("mon 17:59:59", "met by 1 at mon 17:59"),
        ("mon 18:00", "met by 1 at mon 18:00"),
        ("mon 18:00:00.000001", "late from mon 18:00, answered by 1 at mon 18:00"),
        ("tue 09:00", "late from mon 18:00, answered by 1 at tue 09:00"),
    ] {
        assert_eq!(Request::filed("mon 10:00").ines_answers(pressed).stands(), expected, "{pressed}");
    }
}

#[test]
fn frt_4_no_status_pauses_the_clock() {
    let parked = Request::filed("mon 10:00")
        .state("mon 10:05", State::New, State::WaitingForCustomer, Because::StaffDecided)
        .state("mon 11:00", State::WaitingForCustomer, State::WithDevelopers, Because::StaffDecided);
    assert_eq!((due(&parked.clock()), parked.stands()), ("mon 18:00".to_owned(), "running".to_owned()));
    assert_eq!(parked.ines_answers("tue 09:00").stands(), "late from mon 18:00, answered by 1 at tue 09:00");
}

#[test]
fn frt_4_asked_by_phone_starts_at_the_call() {
    let opened = crate::events::Opened { clock_from: ClockFrom::At(at("mon 09:00")), ..opened() };
    let request = Request::opened("mon 10:00", opened);
    assert_eq!(due(&request.clock()), "mon 17:00");
}

#[test]
fn frt_4_what_staff_write_while_filing_is_the_request_and_no_answer() {
    let opened = crate::events::Opened { clock_from: ClockFrom::At(at("mon 09:00")), ..opened() };
    let request = Request::opened("mon 10:00", opened).ines_answers("mon 10:00");
    assert_eq!(request.stands(), "running");
}

#[test]
fn frt_4_staff_filing_starts_at_the_customers_first_message_under_the_policy_of_that_instant() {
    let opened = crate::events::Opened { clock_from: ClockFrom::FirstCustomerMessage, ..opened() };
    let request = Request::opened("mon 10:00", opened).ines_answers("mon 10:05");
    assert_eq!(request.clocks(), []);
    let clock = request.dana_writes("thu 09:00").dana_writes("thu 10:00").clock();
    assert_eq!((clock.origin, clock.started, clock.terms), (Origin::Filed, at("thu 09:00"), SECOND));
    assert_eq!(due(&clock), "fri 15:00");
}

#[test]
fn frt_4_the_desks_own_request_for_a_missing_detail_stops_the_clock_once() {
    let stopped = Request::filed("mon 10:00").desk_asks_for_logs("mon 12:00");
    assert_eq!(stopped.stands(), "stopped with 360 min left");
    assert_eq!(due(&stopped.clock()), "never");
    let again = stopped.dana_writes("wed 09:00").desk_asks_for_logs("wed 10:00");
    assert_eq!((again.stands(), due(&again.clock())), ("running".to_owned(), "wed 15:00".to_owned()));
    assert_eq!(
        told(&again.clock()),
        [
            "mon 10:00 started under 1, due mon 18:00",
            "mon 12:00 stopped by 1, 360 min left",
            "wed 09:00 resumed, due wed 15:00"
        ]
    );
}

#[test]
fn frt_4_the_given_detail_resumes_it_as_well_and_an_answer_meets_it() {
    let stopped = Request::filed("mon 10:00").desk_asks_for_logs("mon 12:00");
    let given =
        stopped.clone().then("tue 08:00", TicketEvent::DetailsGiven { details: vec!["logs".into()], message: None });
    assert_eq!(due(&given.clock()), "tue 14:00");
    assert_eq!(stopped.ines_answers("thu 12:00").stands(), "met by 2 at thu 12:00");
}

#[test]
fn frt_4_a_stopped_clock_keeps_wall_clock_time_too() {
    let request = Request::on_plan("mon 10:00", "wall").desk_asks_for_logs("mon 17:00").dana_writes("sat 10:00");
    assert_eq!(due(&request.clock()), "sat 11:00");
}

#[test]
fn frt_4_a_request_for_details_that_never_arrived_stops_nothing() {
    let request = Request::filed("mon 10:00").desk_asks_for_logs("mon 12:00").bounces("mon 12:05", 1);
    assert_eq!((request.stands(), due(&request.clock())), ("running".to_owned(), "mon 18:00".to_owned()));
}

#[test]
fn frt_4_a_request_for_details_that_arrived_after_it_had_failed_stops_from_then_on() {
    let failed = Request::filed("mon 10:00").desk_asks_for_logs("mon 12:00").bounces("mon 12:05", 1);
    let heard = failed.clone().arrives("mon 14:00", 1);
    assert_eq!(due(&heard.dana_writes("tue 08:00").clock()), "tue 12:00");
    let answered = failed.ines_answers("mon 13:00");
    let (before, after) = (answered.clock(), answered.clone().arrives("mon 14:00", 1).clock());
    assert_eq!((after.due, after.standing), (before.due, before.standing));
}

#[test]
fn frt_5_a_message_on_a_solved_request_starts_a_cycle_of_its_own() {
    let request = Request::filed("mon 10:00")
        .ines_answers("mon 11:00")
        .state("mon 11:00", State::New, State::Solved, Because::StaffReplied)
        .dana_writes("thu 09:00")
        .state("thu 09:00", State::Solved, State::Open, Because::CustomerReplied)
        .dana_writes("thu 09:30")
        .ines_answers("fri 16:00");
    let [first, second] = <[_; 2]>::try_from(request.clocks()).expect("two clocks");
    assert_eq!(stands(&first.standing), "met by 1 at mon 11:00");
    assert_eq!((second.kind, second.cycle, second.origin), (TargetKind::FirstResponse, 1, Origin::Reopened));
    assert_eq!((second.terms, second.about.reopened), (SECOND, true));
    assert_eq!(stands(&second.standing), "late from fri 15:00, answered by 4 at fri 16:00");
}

#[test]
fn frt_5_reopening_an_unanswered_request_goes_on_with_its_first_clock() {
    let request = Request::filed("mon 10:00")
        .state("mon 11:00", State::New, State::Solved, Because::StaffDecided)
        .dana_writes("mon 12:00");
    assert_eq!((request.clock().cycle, due(&request.clock())), (0, "mon 18:00".to_owned()));
}

#[test]
fn frt_5_the_customer_closing_before_any_answer_ends_the_clock_and_staff_closing_does_not() {
    let filed = Request::filed("mon 10:00");
    let withdrawn = filed.clone().state("mon 12:00", State::New, State::Solved, Because::CustomerClosed);
    assert_eq!(withdrawn.stands(), "ended at mon 12:00");
    assert_eq!(withdrawn.clone().ines_answers("tue 09:00").stands(), "ended at mon 12:00");
    let late = filed.clone().state("tue 12:00", State::New, State::Solved, Because::CustomerClosed);
    assert_eq!(late.stands(), "late from mon 18:00, ended at tue 12:00");
    let by_staff = filed.state("mon 12:00", State::New, State::Solved, Because::StaffDecided);
    assert_eq!(by_staff.stands(), "running");
    let again = withdrawn.dana_writes("tue 09:00").clocks();
    assert_eq!((again.len(), again[1].origin), (2, Origin::Reopened));
}

#[test]
fn frt_7_next_response_starts_at_the_first_unanswered_customer_message() {
    let request = Request::on_plan("mon 08:00", "vip")
        .dana_writes("mon 08:30")
        .ines_answers("mon 09:00")
        .dana_writes("mon 10:00")
        .dana_writes("mon 11:00")
        .ines_answers("mon 13:00")
        .dana_writes("tue 08:00");
    let next: Vec<_> = request.clocks().into_iter().filter(|it| it.kind == TargetKind::NextResponse).collect();
    let seen: Vec<_> = next.iter().map(|it| (it.cycle, shown(it.started), stands(&it.standing))).collect();
    assert_eq!(
        seen,
        [
            (0, "mon 10:00".to_owned(), "met by 5 at mon 13:00".to_owned()),
            (1, "tue 08:00".to_owned(), "running".to_owned())
        ]
    );
    assert_eq!(due(&next[1]), "tue 12:00");
    let without = Request::filed("mon 08:00").ines_answers("mon 09:00").dana_writes("mon 10:00");
    assert_eq!(without.clocks().len(), 1);
}

#[test]
fn pol_3_a_version_that_is_not_kept_is_named() {
    let lost = crate::events::Opened { terms: PolicyVersionId(9), requester: PersonId(1), ..opened() };
    let history = Request::opened("mon 10:00", lost).history;
    assert_eq!(clocks(&history, &Book), Err(UnknownTerms(PolicyVersionId(9))));
}
