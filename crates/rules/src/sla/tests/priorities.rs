//! FRT-9 and POL-3: what moves a due instant, and what no longer does.

use super::stage::*;
use crate::events::TicketEvent;

#[test]
fn frt_9_lowered_counts_from_the_start() {
    let request = Request::filed_as("mon 10:00", "bug", "urgent").decided("mon 11:00", "urgent", "medium");
    assert_eq!(due(&request.clock()), "mon 18:00");
    assert_eq!(
        told(&request.clock()),
        ["mon 10:00 started under 1, due mon 12:00", "mon 11:00 urgent -> medium, mon 12:00 -> mon 18:00"]
    );
}

#[test]
fn frt_9_raised_counts_from_the_change_and_never_later_than_before() {
    let filed = Request::filed("mon 10:00");
    for (when, expected) in [("mon 11:00", "mon 13:00"), ("mon 17:00", "mon 18:00")] {
        assert_eq!(due(&filed.clone().decided(when, "medium", "urgent").clock()), expected, "{when}");
    }
}

#[test]
fn frt_9_a_priority_that_was_in_force_before_keeps_the_due_it_had() {
    let request = Request::filed("mon 10:00").decided("mon 11:00", "medium", "urgent");
    let back = request.decided("mon 12:00", "urgent", "medium");
    assert_eq!(due(&back.clock()), "mon 18:00");
    let again = back.decided("mon 12:30", "medium", "urgent");
    assert_eq!(due(&again.clock()), "mon 13:00");
    let too_late = again.decided("mon 12:40", "urgent", "medium").decided("mon 14:00", "medium", "urgent");
    assert_eq!(
        crate::sla::judge(&too_late.clock(), at("mon 14:01")),
        crate::sla::Standing::Breached { due: at("mon 13:00"), answered: None }
    );
}

#[test]
fn frt_9_raised_to_what_a_recompute_had_moved_is_still_never_later_than_before() {
    let moved = Request::filed("mon 10:00").recomputed("mon 10:01", SECOND).recomputed("mon 10:02", FIRST);
    let lowered = moved.decided("mon 10:03", "medium", "low");
    assert_eq!(due(&lowered.clock()), "mon 18:00");
    assert_eq!(due(&lowered.decided("mon 10:04", "low", "medium").clock()), "mon 18:00");
}

#[test]
fn frt_9_from_the_due_instant_on_it_is_breached_whenever_the_sweep_notices() {
    let request = Request::filed("mon 10:00").decided("tue 08:00", "medium", "low").decided("tue 09:00", "low", "high");
    assert_eq!(due(&request.clock()), "mon 18:00");
    assert_eq!(request.ines_answers("tue 10:00").stands(), "late from mon 18:00, answered by 1 at tue 10:00");
}

#[test]
fn frt_9_a_raised_wish_moves_the_clock_by_the_decision_that_follows() {
    let wish = TicketEvent::WishRaised { from: "medium".into(), to: "urgent".into() };
    let request = Request::filed("mon 10:00").then("mon 11:00", wish);
    assert_eq!(due(&request.clock()), "mon 18:00");
    assert_eq!(due(&request.decided("mon 11:00", "medium", "high").clock()), "mon 15:00");
}

#[test]
fn frt_9_recorded_results_stay() {
    let met = Request::filed("mon 10:00").ines_answers("mon 17:00").decided("mon 17:30", "medium", "urgent");
    assert_eq!(met.stands(), "met by 1 at mon 17:00");
    assert_eq!(met.converted("mon 17:40", "bug", "feature").stands(), "met by 1 at mon 17:00");
    let late = Request::filed("mon 10:00").converted("tue 09:00", "bug", "feature");
    assert_eq!(
        crate::sla::judge(&late.clock(), at("tue 10:00")),
        crate::sla::Standing::Breached { due: at("mon 18:00"), answered: None }
    );
}

#[test]
fn frt_9_a_type_without_a_clock_suspends_and_back_start_and_due_are_as_before() {
    let away = Request::filed("mon 10:00").converted("mon 11:00", "bug", "feature");
    assert_eq!(away.stands(), "suspended");
    assert_eq!(crate::sla::judge(&away.clock(), at("fri 10:00")), crate::sla::Standing::Suspended);
    let back = away.clone().converted("mon 16:00", "feature", "bug");
    assert_eq!(
        (back.stands(), due(&back.clock()), back.clock().started),
        ("running".into(), "mon 18:00".into(), at("mon 10:00"))
    );
    assert_eq!(told(&back.clock())[1..], ["mon 11:00 suspended as feature", "mon 16:00 back as bug, due mon 18:00"]);
    let too_late = away.converted("tue 16:00", "feature", "bug");
    assert_eq!(due(&too_late.clock()), "mon 18:00");
}

#[test]
fn frt_9_an_answer_given_while_suspended_is_judged_on_return() {
    let away = Request::filed("mon 10:00").converted("mon 11:00", "bug", "feature").ines_answers("mon 12:00");
    assert_eq!(away.stands(), "suspended");
    assert_eq!(away.converted("tue 16:00", "feature", "bug").stands(), "met by 1 at mon 12:00");
}

#[test]
fn frt_9_a_request_that_first_gets_a_target_later_is_owed_all_of_it_from_then() {
    let request = Request::filed_as("mon 10:00", "feature", "medium").converted("thu 09:00", "feature", "bug");
    let clock = request.clock();
    assert_eq!((clock.started, due(&clock)), (at("mon 10:00"), "thu 17:00".to_owned()));
    assert_eq!(due(&request.decided("thu 10:00", "medium", "low").clock()), "thu 17:00");
}

#[test]
fn frt_9_a_priority_without_a_target_suspends_like_a_type() {
    let request = Request::filed("mon 10:00").decided("mon 11:00", "medium", "later");
    assert_eq!(request.stands(), "suspended");
    assert_eq!(due(&request.decided("mon 12:00", "later", "medium").clock()), "mon 18:00");
}

#[test]
fn frt_5_conversion_keeps_the_filing_instant() {
    let longer = Request::filed("mon 10:00").converted("mon 12:00", "bug", "migration");
    assert_eq!((longer.clock().started, due(&longer.clock())), (at("mon 10:00"), "tue 16:00".to_owned()));
    let shorter = Request::filed_as("mon 10:00", "migration", "medium").converted("mon 12:00", "migration", "bug");
    assert_eq!(due(&shorter.clock()), "tue 10:00");
    assert_eq!(due(&longer.converted("mon 13:00", "migration", "bug").clock()), "mon 18:00");
}

#[test]
fn frt_9_priorities_change_while_the_clock_stands_still() {
    let stopped = Request::filed("mon 10:00").desk_asks_for_logs("mon 12:00");
    let raised = stopped.clone().decided("mon 13:00", "medium", "urgent");
    assert_eq!(raised.stands(), "stopped with 120 min left");
    assert_eq!(due(&raised.dana_writes("wed 09:00").clock()), "wed 11:00");
    let resumed = stopped.dana_writes("wed 09:00");
    let lowered = resumed.clone().decided("wed 09:30", "medium", "low");
    assert_eq!(due(&lowered.clock()), "wed 15:00");
    let raised = resumed.decided("wed 09:30", "medium", "high");
    assert_eq!(due(&raised.decided("wed 10:00", "high", "medium").clock()), "wed 15:00");
}

#[test]
fn pln_1_best_effort_is_never_late() {
    let request = Request::on_plan("mon 10:00", "partner");
    assert_eq!(due(&request.clock()), "mon 18:00");
    assert_eq!(crate::sla::judge(&request.clock(), at("fri 10:00")), crate::sla::Standing::Running);
    assert_eq!(crate::sla::next_mark(&request.clock(), None), None);
    assert_eq!(request.ines_answers("fri 10:00").stands(), "met by 1 at fri 10:00");
}

#[test]
fn pol_3_recomputing_moves_running_clocks_later_only_and_says_so() {
    let request = Request::filed("mon 10:00").recomputed("mon 12:00", SECOND);
    assert_eq!((due(&request.clock()), request.clock().terms), ("tue 16:00".to_owned(), SECOND));
    assert_eq!(told(&request.clock())[1..], ["mon 12:00 under 2, mon 18:00 -> tue 16:00"]);
    let back = request.recomputed("mon 13:00", FIRST);
    assert_eq!((due(&back.clock()), back.clock().terms), ("tue 16:00".to_owned(), FIRST));
}

#[test]
fn frt_5_a_recompute_takes_back_a_breach_without_an_answer_but_no_answered_one() {
    let late = Request::filed("mon 10:00");
    assert_eq!(
        late.clone().recomputed("tue 09:00", SECOND).ines_answers("tue 10:00").stands(),
        "met by 1 at tue 10:00"
    );
    let answered = late.ines_answers("tue 08:30").recomputed("tue 09:00", SECOND);
    assert_eq!(answered.stands(), "late from mon 18:00, answered by 1 at tue 08:30");
}

#[test]
fn pol_3_a_version_without_the_target_suspends_what_ran() {
    let request = Request::filed("mon 10:00").recomputed("mon 12:00", SILENT);
    assert_eq!(request.stands(), "suspended");
    assert_eq!(due(&request.recomputed("tue 12:00", SECOND).clock()), "tue 16:00");
}

#[test]
fn pol_3_recomputing_moves_what_an_earlier_priority_or_type_is_owed_too() {
    let raised = Request::filed("mon 10:00").decided("mon 11:00", "medium", "urgent").recomputed("mon 11:30", SECOND);
    assert_eq!(due(&raised.clock()), "mon 14:00");
    assert_eq!(due(&raised.decided("mon 12:00", "urgent", "medium").clock()), "tue 16:00");
    let longer = Request::filed("mon 10:00").converted("mon 11:00", "bug", "migration").recomputed("mon 12:00", SECOND);
    assert_eq!(due(&longer.clock()), "thu 12:00");
    assert_eq!(due(&longer.converted("mon 13:00", "migration", "bug").clock()), "tue 16:00");
}

#[test]
fn pol_3_what_began_as_best_effort_is_not_made_late_by_another_version() {
    let request = Request::on_plan("mon 10:00", "early");
    assert_eq!(crate::sla::judge(&request.clock(), at("fri 10:00")), crate::sla::Standing::Running);
    let recomputed = request.recomputed("mon 12:00", SECOND);
    assert_eq!(crate::sla::judge(&recomputed.clock(), at("fri 10:00")), crate::sla::Standing::Running);
    assert_eq!(crate::sla::next_mark(&recomputed.clock(), None), None);
}

#[test]
fn frt_9_back_with_another_target_it_follows_that_unless_it_was_late_by_then() {
    let away = Request::filed("mon 10:00").converted("mon 11:00", "bug", "feature");
    assert_eq!(due(&away.clone().converted("mon 12:00", "feature", "migration").clock()), "tue 16:00");
    assert_eq!(due(&away.converted("tue 09:00", "feature", "migration").clock()), "mon 18:00");
}
